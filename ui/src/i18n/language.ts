import { useSyncExternalStore } from "react";
import type { Language } from "../backend/generated/Language";
import { m } from "../paraglide/messages";
import { getLocale, setLocale } from "../paraglide/runtime";

const listeners = new Set<() => void>();

/** Changes every sentence of the window at once; nothing is reloaded, nothing typed is lost. */
export function speak(language: Language): void {
  void setLocale(language, { reload: false });
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language in use; the calling component redraws when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, getLocale);
}

export type Messages = typeof m;

/** All sentences. Only through this hook, so that no component keeps the former language. */
export function useMessages(): Messages {
  useLanguage();
  return m;
}
