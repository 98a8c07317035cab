import { useKeeping } from "../backend/act";
import { useBackend } from "../backend/context";
import type { Language } from "../backend/generated/Language";
import { useRemember } from "../backend/queries";
import type { WireError } from "../backend/generated/WireError";
import { speak } from "../i18n/language";

/** A preference of the window that could not be kept. */
export interface Refusable {
  error: WireError | null;
  clear: () => void;
}

export interface Speaking extends Refusable {
  choose: (language: Language) => void;
}

/** Changes the language at once; the preference is kept by Rust behind. */
export function useSpeaking(): Speaking {
  const backend = useBackend();
  const remember = useRemember();
  const { keep, error, clear } = useKeeping(async (language: Language) => remember.settings(await backend.setLanguage(language)));
  return {
    choose: (language) => {
      speak(language);
      keep(language);
    },
    error,
    clear,
  };
}
