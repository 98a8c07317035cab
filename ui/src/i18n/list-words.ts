import type { EvidenceState } from "../backend/generated/EvidenceState";
import type { ImportRule } from "../backend/generated/ImportRule";
import type { ListColumn } from "../backend/generated/ListColumn";
import type { ListFilter } from "../backend/generated/ListFilter";
import type { ListView } from "../backend/generated/ListView";
import type { Stretch } from "../backend/generated/Stretch";
import { m } from "../paraglide/messages";
import { STATUS_WORD } from "./domain-words";
import type { Formats } from "./format";

type Sentence = () => string;

export const COLUMN_WORD: Record<ListColumn, Sentence> = {
  status: m.column_status,
  reference: m.column_reference,
  name: m.column_name,
  process: m.column_process,
  created_at: m.column_created_at,
  finished_at: m.column_finished_at,
  deadline: m.column_deadline,
  evidence: m.column_evidence,
  enrollment_id: m.column_enrollment_id,
  operator: m.column_operator,
  environment: m.column_environment,
  level: m.column_level,
  tags: m.column_tags,
  changed_at: m.column_changed_at,
  email: m.column_email,
  phone: m.column_phone,
  decision: m.column_decision,
};

export const EVIDENCE_WORD: Record<EvidenceState, Sentence> = {
  none: m.evidence_none,
  due: m.evidence_due,
  kept: m.evidence_kept,
  partial: m.evidence_partial,
  lost: m.evidence_lost,
};

export const FIELD_WORD: Record<ListFilter["field"], Sentence> = {
  status: m.filter_field_status,
  process: m.filter_field_process,
  environment: m.filter_field_environment,
  created: m.filter_field_created,
  finished: m.filter_field_finished,
  deadline: m.filter_field_deadline,
  evidence: m.filter_field_evidence,
  decision: m.filter_field_decision,
  tag: m.filter_field_tag,
  mine: m.filter_field_mine,
  in_progress: m.filter_field_in_progress,
  treated: m.filter_field_treated,
  to_treat: m.filter_field_to_treat,
  troubled: m.filter_field_troubled,
  lost: m.filter_field_lost,
};

/** What a yes-or-no chip says of the others. */
export const NOT_WORD: Partial<Record<ListFilter["field"], Sentence>> = {
  mine: m.filter_not_mine,
  in_progress: m.filter_not_in_progress,
  treated: m.filter_not_treated,
  to_treat: m.filter_not_to_treat,
  troubled: m.filter_not_troubled,
  lost: m.filter_not_lost,
};

const VIEW_WORD: Partial<Record<string, Sentence>> = {
  all: m.view_all,
  to_treat: m.view_to_treat,
  in_progress: m.view_in_progress,
  deadlines: m.view_deadlines,
  mine: m.view_mine,
  unknown: m.view_unknown,
};

export function viewName(view: ListView): string {
  return view.name ?? VIEW_WORD[view.id]?.() ?? view.id;
}

/** Words of a status filter: ID360's own, and those of the creation. */
const CREATION_STATUS: Partial<Record<string, Sentence>> = {
  READY: m.creation_ready,
  SENT: m.creation_sent,
  CREATED: m.creation_created,
  REFUSED: m.creation_refused,
  OUTCOME_UNKNOWN: m.creation_outcome_unknown,
  CLOSED: m.creation_closed,
};

export function statusFilterWord(word: string): string {
  const known: Partial<Record<string, Sentence>> = STATUS_WORD;
  return (known[word] ?? CREATION_STATUS[word])?.() ?? word;
}

const LAST_DAYS: Partial<Record<number, Sentence>> = { 7: m.stretch_last_7, 30: m.stretch_last_30 };
const NEXT_HOURS: Partial<Record<number, Sentence>> = { 24: m.stretch_next_24, 48: m.stretch_next_48, 168: m.stretch_next_168 };

export function stretchWords(stretch: Stretch, f: Formats, deadline = false): string {
  switch (stretch.kind) {
    case "today": return m.stretch_today();
    case "yesterday": return m.stretch_yesterday();
    case "last_days": return LAST_DAYS[stretch.days]?.() ?? m.stretch_last_days({ days: stretch.days });
    case "next_hours": return NEXT_HOURS[stretch.hours]?.() ?? m.stretch_next_hours({ hours: stretch.hours });
    case "within_hours": return m.stretch_within_hours({ hours: stretch.hours });
    case "past": return m.stretch_past();
    case "never": return deadline ? m.stretch_never_deadline() : m.stretch_never();
    case "between": {
      const [from, to] = [stretch.from && f.day(stretch.from), stretch.to && f.day(stretch.to)];
      if (from && to) return m.stretch_between({ from, to });
      if (from) return m.stretch_from({ from });
      return to ? m.stretch_to({ to }) : m.stretch_choose();
    }
  }
}

export const IMPORT_RULE_WORD: Record<ImportRule, Sentence> = {
  no_id: m.import_rule_no_id,
  id_not_a_number: m.import_rule_id_not_a_number,
  api_key: m.import_rule_api_key,
  reference_too_long: m.import_rule_reference_too_long,
  unreadable: m.import_rule_unreadable,
  other_api_key: m.import_rule_other_api_key,
};
