import type { ReactElement } from "react";
import type { CreationState } from "../../backend/generated/CreationState";
import type { KnownStatus } from "../../backend/generated/KnownStatus";
import type { StatusView } from "../../backend/generated/StatusView";
import { CREATION_WORD, STATUS_WORD } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";
import "./StatusPill.css";

type Shape = KnownStatus | "unknown" | "waiting" | "closed";

/** One shape for each status, so that none is told by colour alone. */
const SHAPES: Record<Shape, { tone: string; path: string; filled?: boolean }> = {
  NEW: { tone: "info", path: "M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z" },
  STARTED: { tone: "info", path: "M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z M6 1.5v9a4.5 4.5 0 0 0 0-9z", filled: true },
  OK: { tone: "good", path: "M1.5 1.5h9v9h-9z M3.6 6.1l1.8 1.8 3.2-3.6" },
  KO: { tone: "bad", path: "M6 1.2 11.2 10.5H.8z M6 4.6v2.6 M6 8.8v.1" },
  FAILED: { tone: "warn", path: "M4 1h4l3 3v4l-3 3H4L1 8V4z M4.4 4.4l3.2 3.2 M7.6 4.4 4.4 7.6" },
  CANCELED: { tone: "quiet", path: "M2.5 1.5h7 M2.5 10.5h7 M3.3 1.5C3.3 5 8.7 7 8.7 10.5 M8.7 1.5C8.7 5 3.3 7 3.3 10.5" },
  DISCONTINUED: { tone: "quiet", path: "M2 2h8v8H2z M4.6 4.2v3.6 M7.4 4.2v3.6" },
  DELETED: { tone: "quiet", path: "M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z M2.9 9.1l6.2-6.2" },
  OTHER: { tone: "quiet", path: "M6 .9 11.1 6 6 11.1.9 6z" },
  unknown: { tone: "odd", path: "M6 .9 11.1 6 6 11.1.9 6z M4.9 4.7a1.1 1.1 0 1 1 1.6 1c-.4.2-.5.5-.5.9 M6 8.1v.1" },
  waiting: { tone: "quiet", path: "M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z M6 3.6V6l1.6 1.1" },
  closed: { tone: "quiet", path: "M2 6h8" },
};

/** Drawn once: rows of a long list come and go at every step. */
const DRAWN = Object.fromEntries(
  Object.entries(SHAPES).map(([shape, { path, filled }]) => [
    shape,
    <svg className="pill-shape" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
      <path d={path} fill={filled ? "currentColor" : "none"} fillRule="evenodd" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>,
  ]),
) as Record<Shape, ReactElement>;

function shapeOf(creation: CreationState, status: StatusView | null): Shape {
  if (creation === "outcome_unknown") return "unknown";
  if (creation === "refused") return "FAILED";
  if (creation === "closed") return "closed";
  return creation === "created" && status ? status.known : "waiting";
}

interface StatusPillProps {
  creation?: CreationState;
  status: StatusView | null;
  testId?: string;
}

export function StatusPill(props: StatusPillProps) {
  useMessages();
  return statusPill(props);
}

/** The same inside a component that redraws by itself on a change of language, as the rows of a long list do. */
export function statusPill({ creation = "created", status, testId }: StatusPillProps) {
  const shape = shapeOf(creation, status);
  const settled = creation === "created" && status;
  const word = settled ? (status.known === "OTHER" ? status.word : STATUS_WORD[status.known]()) : CREATION_WORD[creation]();
  return (
    <span className={`pill pill-${SHAPES[shape].tone}`} data-testid={testId} data-status={settled ? status.word : creation}>
      {DRAWN[shape]}
      {word}
    </span>
  );
}
