import { useEffect } from "react";
import { useBackend } from "../backend/context";

/** Milliseconds between two tellings: Rust counts minutes. */
const BETWEEN = 10_000;
export const INPUT = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** Tells Rust that somebody is there, and nothing of what they press; Rust decides when nobody has been. */
export function usePresence(watched: boolean): void {
  const backend = useBackend();
  useEffect(() => {
    if (!watched) return undefined;
    let told = -Infinity;
    const tell = () => {
      const now = performance.now();
      if (now - told < BETWEEN) return;
      told = now;
      backend.noteInput().catch(() => undefined);
    };
    for (const kind of INPUT) window.addEventListener(kind, tell, { capture: true, passive: true });
    return () => {
      for (const kind of INPUT) window.removeEventListener(kind, tell, { capture: true });
    };
  }, [backend, watched]);
}
