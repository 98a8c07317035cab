import { createContext, useContext, useSyncExternalStore } from "react";
import type { Backend, Unsubscribe } from "../backend/backend";
import type { FileCheck } from "../backend/generated/FileCheck";
import { verifyRunning } from "../i18n/check-words";
import type { LongActs, LongActWords } from "./long-acts/LongActs";

const WORDS: LongActWords<FileCheck | null> = {
  title: verifyRunning,
  // The screen shows how it ended.
  outcome: () => null,
};

/** The file that is being checked and the last one that was, wherever the person goes meanwhile. */
export class FileChecks {
  private state: { check: FileCheck | null; running: boolean } = { check: null, running: false };
  private readonly listeners = new Set<() => void>();
  private cleared = 0;
  /** A file was dropped while another one was being checked. */
  private waits = false;
  /** Trust changed while a file was being checked. */
  private stale = false;

  constructor(
    private readonly backend: Backend,
    private readonly acts: LongActs,
  ) {}

  readonly now = () => this.state;

  readonly subscribe = (listener: () => void): Unsubscribe => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly choose = (): Promise<void> => this.run((intentId) => this.backend.checkFile(intentId));

  /** After what is under way, whose verdict must not pass for that of the file just dropped. */
  readonly dropped = (): Promise<void> => {
    this.waits = this.state.running;
    return this.run((intentId) => this.backend.checkDroppedFile(intentId));
  };

  /** After trust has changed, on which the verdict on a container hangs; what is under way may have begun before. */
  readonly again = (): Promise<void> => {
    const { check, running } = this.state;
    this.stale = running;
    if (check?.found.kind !== "container") return Promise.resolve();
    return this.run((intentId) => this.backend.checkAgain(intentId, check.check_id));
  };

  /** Also what is on its way: whoever asked for it has left. */
  readonly clear = (): void => {
    this.cleared++;
    this.waits = false;
    this.stale = false;
    this.set({ ...this.state, check: null });
  };

  private async run(request: (intentId: string) => Promise<FileCheck | null>): Promise<void> {
    if (this.state.running) return;
    this.set({ ...this.state, running: true });
    const { cleared } = this;
    const check = await this.acts.run(WORDS, request);
    this.set({ check: (cleared === this.cleared && check) || this.state.check, running: false });
    if (this.waits) await this.dropped();
    else if (this.stale) await this.again();
  }

  private set(state: { check: FileCheck | null; running: boolean }): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export const FileChecksContext = createContext<FileChecks | null>(null);

export function useFileChecks(): FileChecks {
  const checks = useContext(FileChecksContext);
  if (!checks) throw new Error("no file checks above this component");
  return checks;
}

export function useFileCheck(): { check: FileCheck | null; running: boolean } {
  const checks = useFileChecks();
  return useSyncExternalStore(checks.subscribe, checks.now);
}
