import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Unsubscribe } from "../../backend/backend";
import type { DecisionChoice } from "../../backend/generated/DecisionChoice";
import type { ExpectedRow } from "../new-dossier/draft";

/** What was typed about one dossier and not sent. */
export interface BegunOnDossier {
  choice: DecisionChoice | null;
  note: string;
  /** Data to compare. */
  rows: ExpectedRow[];
}

const NOTHING: BegunOnDossier = { choice: null, note: "", rows: [] };

/** What was typed about dossiers: outlives a closed dialog, a change of screen and a lock, never the window nor the person. */
export class Begun {
  private readonly kept = new Map<string, BegunOnDossier>();
  private accounts: readonly string[] = [];
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): Unsubscribe => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly read = (id: string): BegunOnDossier => this.kept.get(id) ?? NOTHING;

  readonly write = (id: string, change: Partial<BegunOnDossier>): void => {
    this.kept.set(id, { ...this.read(id), ...change });
    this.tell();
  };

  /** The accounts that are open now. Where none of them was open before, another person sits here. */
  readonly seat = (accounts: readonly string[]): void => {
    const stays = accounts.some((account) => this.accounts.includes(account));
    this.accounts = accounts;
    if (stays || this.kept.size === 0) return;
    this.kept.clear();
    this.tell();
  };

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export const BegunContext = createContext(new Begun());

/** What was begun on that dossier, and how to go on with it. */
export function useBegun(id: string): [BegunOnDossier, (change: Partial<BegunOnDossier>) => void] {
  const begun = useContext(BegunContext);
  const typed = useSyncExternalStore(begun.subscribe, () => begun.read(id));
  return [typed, useCallback((change) => begun.write(id, change), [begun, id])];
}
