import type { ReactNode } from "react";
import type { Backend, Unsubscribe } from "../../backend/backend";
import type { Progress } from "../../backend/generated/Progress";
import type { WireError } from "../../backend/generated/WireError";
import { newIntentId } from "../../backend/intent";
import { wireError } from "../../backend/wire-error";

/** What is said of a long act. Sentences are made when they are shown, in the language of that moment. */
export interface LongActWords<Answer> {
  title: () => string;
  /** One sentence about how it ended; `null` leaves nothing behind, as when a dialog was closed. */
  outcome: (answer: Answer) => string | null;
  /** More about the outcome, under the sentence. */
  detail?: (answer: Answer) => ReactNode;
}

export interface LongAct {
  id: string;
  title: () => string;
  /** `null` until the first word from Rust. */
  progress: Progress | null;
  state: "running" | "stopping" | "done" | "stopped" | "failed";
  sentence: (() => string | null) | null;
  detail: (() => ReactNode) | null;
  error: WireError | null;
}

/** Finished acts beyond that many leave by themselves, oldest first. */
const KEPT = 3;

/** Everything long that was started in this window, from the press of the button to the word that it ended. */
export class LongActs {
  private acts: readonly LongAct[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(private readonly backend: Backend) {}

  readonly all = (): readonly LongAct[] => this.acts;

  readonly subscribe = (listener: () => void): Unsubscribe => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Listens to Rust until the returned function is called. */
  readonly listen = (): Unsubscribe =>
    this.backend.onProgress((progress) => {
      if (this.acts.some(({ id }) => id === progress.intent_id)) this.change(progress.intent_id, { progress });
    });

  readonly run = async <Answer>(words: LongActWords<Answer>, request: (intentId: string) => Promise<Answer>): Promise<Answer | undefined> => {
    const id = newIntentId();
    this.set([...this.acts, { id, title: words.title, progress: null, state: "running", sentence: null, detail: null, error: null }]);
    try {
      const answer = await request(id);
      if (words.outcome(answer) === null) this.dismiss(id);
      else this.end(id, { state: "done", sentence: () => words.outcome(answer), detail: words.detail ? () => words.detail?.(answer) : null });
      return answer;
    } catch (reason) {
      const error = wireError(reason);
      this.end(id, error.code === "cancelled" ? { state: "stopped" } : { state: "failed", error });
      return undefined;
    }
  };

  readonly stop = (id: string): void => {
    this.change(id, { state: "stopping" });
    // An act that ended meanwhile cannot be stopped; its own answer tells how it ended.
    this.backend.cancel(id).catch(() => undefined);
  };

  readonly dismiss = (id: string): void => this.set(this.acts.filter((act) => act.id !== id));

  /** What has ended names dossiers and files: it does not wait behind a lock. */
  readonly dismissEnded = (): void => this.set(this.acts.filter((act) => !isOver(act)));

  /** Another person may sit down here: what still goes on is not told to them. */
  readonly forget = (): void => this.set([]);

  private end(id: string, how: Partial<LongAct>): void {
    this.change(id, how);
    const over = this.acts.filter(isOver).slice(0, -KEPT);
    if (over.length > 0) this.set(this.acts.filter((act) => !over.includes(act)));
  }

  private change(id: string, how: Partial<LongAct>): void {
    this.set(this.acts.map((act) => (act.id === id ? { ...act, ...how } : act)));
  }

  private set(acts: readonly LongAct[]): void {
    this.acts = acts;
    for (const listener of this.listeners) listener();
  }
}

export function isOver({ state }: LongAct): boolean {
  return state !== "running" && state !== "stopping";
}
