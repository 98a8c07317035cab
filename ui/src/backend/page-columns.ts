import type { DeadlineColumns } from "./generated/DeadlineColumns";
import type { DeadlineView } from "./generated/DeadlineView";
import type { DossierRow } from "./generated/DossierRow";
import type { ListPage } from "./generated/ListPage";
import type { PageColumns } from "./generated/PageColumns";
import type { Repeated } from "./generated/Repeated";

/** The rows of a page, which cross by columns to take fewer bytes. What many rows share, they share here too. */
export function listPage(columns: PageColumns): ListPage {
  const { total, exact, all } = columns;
  const times: Times = {
    created: moments(columns.created_at),
    finished: moments(columns.finished_at),
    changed: moments(columns.changed_at),
    until: moments(columns.deadline.at),
  };
  return { rows: columns.id.map((_, row) => dossierRow(columns, times, row)), total, exact, all };
}

type Times = Record<"created" | "finished" | "changed" | "until", (string | null)[]>;

/** Each is told by the milliseconds after the one above. */
function moments(steps: PageColumns["created_at"]): (string | null)[] {
  let at = 0;
  return steps.map((step) => (typeof step === "number" ? new Date((at += step)).toISOString() : step));
}

/** All fields at once and in one order: rows of one shape are quick to make and to read. */
function dossierRow(columns: PageColumns, times: Times, row: number): DossierRow {
  return {
    id: at(columns.id, row),
    enrollment_id: at(columns.enrollment_id, row),
    reference: at(columns.reference, row),
    last_name: at(columns.last_name, row),
    first_name: at(columns.first_name, row),
    process_name: said(columns.process_name, row),
    environment_id: said(columns.environment_id, row),
    environment_kind: said(columns.environment_kind, row),
    creation: said(columns.creation, row),
    status: said(columns.status, row),
    created_at: at(times.created, row) ?? "",
    finished_at: at(times.finished, row),
    deadline: deadline(columns.deadline, at(times.until, row), row),
    evidence: said(columns.evidence, row),
    operator: said(columns.operator, row),
    changed_at: at(times.changed, row) ?? "",
    level: said(columns.level, row),
    tags: said(columns.tags, row),
    email: at(columns.email, row),
    phone_number: at(columns.phone_number, row),
    treated: said(columns.treated, row),
    decision: said(columns.decision, row),
    trouble: said(columns.trouble, row),
  };
}

function deadline(columns: DeadlineColumns, moment: string | null, row: number): DeadlineView | null {
  const subject = said(columns.subject, row);
  if (subject === null || moment === null) return null;
  return {
    subject,
    at: moment,
    here: said(columns.here, row) ?? moment,
    passed: said(columns.passed, row),
    left_percent: at(columns.left_percent, row),
  };
}

/** Rust gives each column a value for every row. */
function at<T>(column: T[], row: number): T {
  return column[row] as T;
}

function said<T>({ values, places }: Repeated<T>, row: number): T {
  return at(values, places[row] ?? 0);
}
