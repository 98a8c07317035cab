import { createContext, useContext, useEffect, useLayoutEffect, useState, useSyncExternalStore } from "react";
import type { Unsubscribe } from "../../backend/backend";
import type { IconName } from "../../design/components/Icon";
import { chordOf, dialogOpen, isBare, isTakenBy, OURS_EVERYWHERE, type Chord } from "./chord";

/** What somebody can do now: the palette, the sheet of shortcuts and the keys know it from here, and from nowhere else. */
export interface DeskAct {
  id: string;
  /** The words of its button. */
  label: string;
  keys?: readonly Chord[];
  icon?: IconName | undefined;
  /** Absent where the focused part of the screen answers to its keys itself. */
  run?: (() => void) | undefined;
  /** False while its button cannot be pressed; its keys may still say why. */
  available?: boolean;
  /** A place to go to, rather than something to do. */
  place?: boolean;
  /** A key held down does it again. */
  repeats?: boolean;
  /** Its keys work over a dialog too. */
  always?: boolean;
  /** Worth a line among the shortcuts only: a palette cannot move a picture step by step. */
  keysOnly?: boolean;
}

/** Of the whole desk, of the screen in view, or of what covers that screen: then the screen's own acts are asleep. */
export type Layer = "desk" | "screen" | "cover";

export interface KnownAct extends DeskAct {
  layer: Layer;
}

const FIRST_FIRST: Layer[] = ["cover", "screen", "desk"];

export class ActRegistry {
  private readonly groups = new Map<symbol, { layer: Layer; acts: readonly DeskAct[]; told: string }>();
  private known: KnownAct[] = [];
  private readonly listeners = new Set<() => void>();
  private letters = true;

  readonly subscribe = (listener: () => void): Unsubscribe => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Those that are awake, of the nearest layer first. A new list only when what it says has changed. */
  readonly snapshot = (): readonly KnownAct[] => this.known;

  /** Keys of one letter may be turned off (WCAG 2.1.4). */
  allowLetters(allowed: boolean): void {
    this.letters = allowed;
  }

  put(group: symbol, layer: Layer, acts: readonly DeskAct[]): void {
    const told = JSON.stringify(acts.map(({ run, ...said }) => ({ ...said, runs: run !== undefined })));
    const before = this.groups.get(group);
    this.groups.set(group, { layer, acts, told });
    if (before?.told !== told) this.tell();
  }

  remove(group: symbol): void {
    if (this.groups.delete(group)) this.tell();
  }

  /** By its newest meaning, whenever it was shown; `false` when it is gone or cannot be done now. */
  run(id: string): boolean {
    const act = this.awake().find((one) => one.id === id);
    if (!act?.run || act.available === false) return false;
    act.run();
    return true;
  }

  /** Does what that key is for; `false` for one that is not ours, which is left alone. */
  press(event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing) return false;
    const chord = chordOf(event);
    if ((isBare(chord) && !this.letters) || isTakenBy(chord, event.target)) return false;
    const act = this.awake().find(({ keys, run }) => run && keys?.includes(chord));
    if (!act?.run || (dialogOpen() && !act.always)) return false;
    event.preventDefault();
    if (!event.repeat || act.repeats) act.run();
    return true;
  }

  private awake(): KnownAct[] {
    const groups = [...this.groups.values()];
    const covered = groups.some(({ layer, acts }) => layer === "cover" && acts.length > 0);
    return FIRST_FIRST.filter((layer) => layer !== "screen" || !covered).flatMap((layer) =>
      groups.filter((group) => group.layer === layer).flatMap(({ acts }) => acts.map((act) => ({ ...act, layer }))),
    );
  }

  private tell(): void {
    this.known = this.awake();
    for (const listener of this.listeners) listener();
  }
}

export const ActRegistryContext = createContext(new ActRegistry());

/** Tells what can be done for as long as the calling component is shown. */
export function useDeskActs(layer: Layer, acts: readonly DeskAct[]): void {
  const registry = useContext(ActRegistryContext);
  const [group] = useState(() => Symbol("acts"));
  // The acts of this drawing; nothing is told anew when they say the same.
  useLayoutEffect(() => registry.put(group, layer, acts));
  useLayoutEffect(() => () => registry.remove(group), [registry, group]);
}

export function useKnownActs(): readonly KnownAct[] {
  const registry = useContext(ActRegistryContext);
  return useSyncExternalStore(registry.subscribe, registry.snapshot);
}

/** The one listener for every key of the desk. */
export function useDeskKeys(letters: boolean): void {
  const registry = useContext(ActRegistryContext);
  useEffect(() => registry.allowLetters(letters), [registry, letters]);
  useEffect(() => {
    const isOurs = (event: KeyboardEvent) => OURS_EVERYWHERE.test(chordOf(event));
    // Ahead of the focused button or radio, which would take the Enter of Ctrl+Enter for a press of itself.
    const first = (event: KeyboardEvent) => {
      if (isOurs(event) && registry.press(event)) event.stopPropagation();
    };
    const last = (event: KeyboardEvent) => {
      if (!isOurs(event)) registry.press(event);
    };
    window.addEventListener("keydown", first, true);
    window.addEventListener("keydown", last);
    return () => {
      window.removeEventListener("keydown", first, true);
      window.removeEventListener("keydown", last);
    };
  }, [registry]);
}
