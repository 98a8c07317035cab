import type { DeadlineColumns } from "./generated/DeadlineColumns";
import type { DeadlineView } from "./generated/DeadlineView";
import type { DossierRow } from "./generated/DossierRow";
import type { ListPage } from "./generated/ListPage";
import type { PageColumns } from "./generated/PageColumns";
import type { Repeated } from "./generated/Repeated";

/** The rows of a page, which cross by columns to take fewer bytes. What many rows share, they share here too. */
export function listPage(columns: PageColumns): ListPage {
  const { total, exact, all } = columns;
  return { rows: columns.id.map((_, row) => dossierRow(columns, row)), total, exact, all };
}

/** All fields at once and in one order: rows of one shape are quick to make and to read. */
function dossierRow(columns: PageColumns, row: number): DossierRow {
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
    created_at: at(columns.created_at, row),
    finished_at: at(columns.finished_at, row),
    deadline: deadline(columns.deadline, row),
    evidence: said(columns.evidence, row),
    operator: said(columns.operator, row),
    changed_at: said(columns.changed_at, row),
    level: said(columns.level, row),
    tags: said(columns.tags, row),
    email: at(columns.email, row),
    phone_number: at(columns.phone_number, row),
    treated: said(columns.treated, row),
    decision: said(columns.decision, row),
    trouble: said(columns.trouble, row),
  };
}

function deadline(columns: DeadlineColumns, row: number): DeadlineView | null {
  const subject = said(columns.subject, row);
  const moment = at(columns.at, row);
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
  return at(values, at(places, row));
}
