import { useEffect, useRef, type FocusEvent as ReactFocusEvent } from "react";
import { useLatest } from "./latest";

/** An element that can have the focus: it is there, and not disabled. */
function holds(element: Element | null): element is Element {
  return element !== null && element !== document.body && element.isConnected && !element.matches(":disabled");
}

/** After what is drawn now, which may take it: where nothing has the focus, `home` gets it. What covers `home` holds the focus itself. */
export function catchFocus(home: () => HTMLElement | null | undefined): () => void {
  const frame = requestAnimationFrame(() => {
    const target = holds(document.activeElement) ? null : home();
    if (target && !target.closest("[inert], [aria-hidden=true]")) target.focus();
  });
  return () => cancelAnimationFrame(frame);
}

/** Where the focus goes once `part` is gone: back to `before`, else to what is around it, else to the content. */
function focusAfter(part: Element, before: HTMLElement | null): void {
  const around: HTMLElement[] = [];
  for (let outer = part.parentElement; outer; outer = outer.parentElement) {
    if (outer.hasAttribute("tabindex")) around.push(outer);
  }
  catchFocus(() => [before, ...around, document.getElementById("content")].find((one) => holds(one)));
}

export interface Leaving {
  /** Of the whole part, which notes where the focus came into it from. */
  onFocus: (event: ReactFocusEvent<HTMLElement>) => void;
  /** Before the press that takes the part away. */
  leave: () => void;
}

/** For a part of the screen that goes with a press on a button of its own, wherever it stands. */
export function useLeavingFocus(): Leaving {
  const part = useRef<HTMLElement | null>(null);
  const before = useRef<HTMLElement | null>(null);
  return {
    onFocus: ({ currentTarget, relatedTarget }) => {
      part.current = currentTarget;
      if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)) before.current = relatedTarget;
    },
    leave: () => {
      if (part.current) focusAfter(part.current, before.current);
    },
  };
}

/** Runs once a dialog that closes now has given the focus back, so that what opens next gives it back there in its turn. */
export function afterFocusReturned(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}

/** Gives the focus to `home` where what had it went away, or was disabled, with a change of `what`; never takes it from a person who put it nowhere. */
export function useFallenFocus(home: () => HTMLElement | null | undefined, what: unknown): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    last.current = document.activeElement;
    const note = ({ target }: FocusEvent) => {
      last.current = target instanceof Element ? target : null;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  const newest = useLatest(home);
  const before = useRef(what);
  useEffect(() => {
    if (Object.is(before.current, what)) return undefined;
    before.current = what;
    return catchFocus(() => (holds(last.current) ? null : newest()));
  }, [what, newest]);
}
