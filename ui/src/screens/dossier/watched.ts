import { useEffect } from "react";
import { useBackend } from "../../backend/context";

/** Tells Rust while that dossier is in view and the window has the focus, so that nobody is called back to what they see. */
export function useWatched(id: string): void {
  const backend = useBackend();
  useEffect(() => {
    // Refused while the desk is locked, where nobody watches.
    const tell = (watching: boolean) => void backend.watchDossier(id, watching).catch(() => undefined);
    const seen = () => tell(true);
    const left = () => tell(false);
    if (document.hasFocus()) seen();
    window.addEventListener("focus", seen);
    window.addEventListener("blur", left);
    return () => {
      window.removeEventListener("focus", seen);
      window.removeEventListener("blur", left);
      left();
    };
  }, [backend, id]);
}
