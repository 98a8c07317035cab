import type { ReactElement } from "react";
import type { EvidenceState } from "../../backend/generated/EvidenceState";
import { EVIDENCE_WORD } from "../../i18n/list-words";
import { useMessages } from "../../i18n/language";
import "./EvidenceMark.css";

/** How full the box is says how much is kept; a word says it too. */
const SHAPES: Record<EvidenceState, { path: string; filled?: boolean }> = {
  none: { path: "M3 6h6" },
  due: { path: "M1.5 1.5h9v9h-9z" },
  kept: { path: "M1.5 1.5h9v9h-9z M3.6 6.1l1.8 1.8 3.2-3.6" },
  partial: { path: "M1.5 1.5h9v9h-9z M1.5 10.5v-9H6v9z", filled: true },
  lost: { path: "M1.5 1.5h9v9h-9z M3.7 3.7l4.6 4.6 M8.3 3.7 3.7 8.3" },
};

/** Drawn once: rows of a long list come and go at every step. */
const DRAWN = Object.fromEntries(
  Object.entries(SHAPES).map(([state, { path, filled }]) => [
    state,
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
      <path d={path} fill={filled ? "currentColor" : "none"} fillRule="evenodd" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>,
  ]),
) as Record<EvidenceState, ReactElement>;

export function EvidenceMark({ state }: { state: EvidenceState }) {
  useMessages();
  return evidenceMark(state);
}

/** The same inside a component that redraws by itself on a change of language. */
export function evidenceMark(state: EvidenceState) {
  return (
    <span className={`evidence evidence-${state}`} data-evidence={state}>
      {DRAWN[state]}
      {EVIDENCE_WORD[state]()}
    </span>
  );
}
