import type { EvidenceState } from "../../../backend/generated/EvidenceState";
import type { ListFilter } from "../../../backend/generated/ListFilter";
import type { Stretch } from "../../../backend/generated/Stretch";

export type Field = ListFilter["field"];

export const FIELDS: Field[] = ["status", "process", "environment", "created", "finished", "deadline", "evidence", "decision", "tag", "mine", "in_progress", "to_treat", "treated", "troubled", "lost"];

/** ID360's words, then those of what it has no status of, or none that was read. */
export const STATUSES = ["NEW", "STARTED", "OK", "KO", "CANCELED", "FAILED", "DISCONTINUED", "DELETED", "CREATED", "SENT", "OUTCOME_UNKNOWN", "REFUSED", "READY", "CLOSED"];
export const EVIDENCE: EvidenceState[] = ["due", "partial", "kept", "lost", "none"];

/** `null`, in an address and a query, is none yet. */
export const DECISIONS = ["accepted", "refused", "more_wanted", "none"] as const;

export type DateField = "created" | "finished" | "deadline";
export type ManyField = "status" | "process" | "environment" | "evidence" | "decision" | "tag";

export const isDate = (field: Field): field is DateField => field === "created" || field === "finished" || field === "deadline";
export const isMany = (field: Field): field is ManyField => ["status", "process", "environment", "evidence", "decision", "tag"].includes(field);

/** The stretches that make sense for each date. */
export const STRETCHES: Record<DateField, Stretch[]> = {
  created: [{ kind: "today" }, { kind: "yesterday" }, { kind: "last_days", days: 7 }, { kind: "last_days", days: 30 }],
  finished: [{ kind: "today" }, { kind: "yesterday" }, { kind: "last_days", days: 7 }, { kind: "last_days", days: 30 }, { kind: "never" }],
  deadline: [{ kind: "next_hours", hours: 24 }, { kind: "next_hours", hours: 48 }, { kind: "within_hours", hours: 48 }, { kind: "next_hours", hours: 168 }, { kind: "past" }, { kind: "never" }],
};

/** Values of a chip that takes several. */
export function valuesOf(filter: ListFilter): string[] {
  switch (filter.field) {
    case "status": return filter.words;
    case "process":
    case "environment": return filter.ids;
    case "evidence": return filter.states;
    case "decision": return filter.choices.map((choice) => choice ?? "none");
    case "tag": return filter.tags;
    default: return [];
  }
}

export function manyFilter(field: ManyField, not: boolean, values: string[]): ListFilter {
  switch (field) {
    case "status": return { field, not, words: values };
    case "process":
    case "environment": return { field, not, ids: values };
    case "evidence": return { field, not, states: EVIDENCE.filter((state) => values.includes(state)) };
    case "decision": return { field, not, choices: DECISIONS.filter((choice) => values.includes(choice)).map((choice) => (choice === "none" ? null : choice)) };
    case "tag": return { field, not, tags: values };
  }
}
