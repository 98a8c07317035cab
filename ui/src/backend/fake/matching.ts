import type { DossierRow } from "../generated/DossierRow";
import type { DossierView } from "../generated/DossierView";
import type { ListColumn } from "../generated/ListColumn";
import type { ListFilter } from "../generated/ListFilter";
import type { ListQuery } from "../generated/ListQuery";
import type { Stretch } from "../generated/Stretch";

const DAY = 86_400_000;

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function statusWord(row: DossierRow): string {
  if (row.creation !== "created") return row.creation.toUpperCase();
  return row.status?.word ?? "CREATED";
}

function within(at: string | null, stretch: Stretch, now: number): boolean {
  if (stretch.kind === "never") return at === null;
  if (at === null) return false;
  const time = new Date(at).getTime();
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  switch (stretch.kind) {
    case "today": return time >= midnight && time < midnight + DAY;
    case "yesterday": return time >= midnight - DAY && time < midnight;
    case "last_days": return time >= midnight - (stretch.days - 1) * DAY && time < midnight + DAY;
    case "next_hours": return time > now && time <= now + stretch.hours * 3_600_000;
    case "within_hours": return time <= now + stretch.hours * 3_600_000;
    case "past": return time <= now;
    case "between":
      return (!stretch.from || time >= new Date(`${stretch.from}T00:00:00`).getTime()) && (!stretch.to || time < new Date(`${stretch.to}T00:00:00`).getTime() + DAY);
  }
}

function toTreat({ status, treated }: DossierRow): boolean {
  return status?.known === "KO" && !treated;
}

function holds({ row, report }: DossierView, filter: ListFilter, who: string | null, now: number): boolean {
  switch (filter.field) {
    case "status": return filter.words.includes(statusWord(row));
    case "process": return filter.ids.some((id) => (id === "" ? row.process_name === "" : (id.endsWith("1") || id.endsWith("3")) === (row.process_name === "Entrée en relation à distance")));
    case "environment": return filter.ids.includes(row.environment_id);
    case "created": return within(row.created_at, filter.stretch, now);
    case "finished": return within(row.finished_at, filter.stretch, now);
    case "deadline": return within(row.deadline?.at ?? null, filter.stretch, now);
    case "evidence": return filter.states.includes(row.evidence);
    case "decision": return filter.choices.includes(row.decision);
    case "tag": return filter.tags.some((tag) => row.tags.includes(tag));
    case "mine": return row.operator === who;
    case "in_progress": return row.creation === "created" && !(row.status?.is_final ?? false) && report === null;
    case "treated": return row.treated;
    case "to_treat": return toTreat(row);
    case "troubled": return row.trouble !== null;
    case "lost": return row.evidence === "lost" && row.deadline !== null && now - Date.parse(row.deadline.at) < 30 * DAY;
  }
}

function found(view: DossierView, search: string): boolean {
  const { reference, enrollment_id, last_name, first_name } = view.row;
  const texts = [reference, enrollment_id, last_name, first_name, view.email].map((text) => plain(text ?? ""));
  const digits = (view.phone_number ?? "").replace(/\D/g, "");
  return plain(search).split(/\s+/).filter(Boolean).every((word) => texts.some((text) => text.split(/[\s'-]/).some((part) => part.startsWith(word)) || text.startsWith(word)) || digits.endsWith(word));
}

export function matches(view: DossierView, query: ListQuery, who: string | null, now: number): boolean {
  return found(view, query.search) && query.filters.every((filter) => holds(view, filter, who, now) !== filter.not);
}

function sortKey(row: DossierRow, column: ListColumn): string {
  switch (column) {
    case "status": return statusWord(row);
    case "reference": return row.reference ?? "";
    case "name": return plain(`${row.last_name ?? ""} ${row.first_name ?? ""}`);
    case "process": return plain(row.process_name);
    case "created_at": return row.created_at;
    case "finished_at": return row.finished_at ?? "";
    case "deadline": return row.deadline?.at ?? "9999";
    case "evidence": return row.evidence;
    case "enrollment_id": return row.enrollment_id ?? "";
    case "operator": return row.operator;
    case "environment": return row.environment_kind;
    case "level": return row.level ?? "";
    case "tags": return row.tags.join(" ");
    case "changed_at": return row.changed_at;
    case "email": return row.email ?? "";
    case "phone": return row.phone_number ?? "";
    case "decision": return row.decision ?? "~";
  }
}

/** The order of a query, newest first behind its keys. */
export function inOrder(sort: ListQuery["sort"]): (one: DossierRow, other: DossierRow) => number {
  return (one, other) => {
    for (const { column, descending } of sort) {
      const order = sortKey(one, column).localeCompare(sortKey(other, column)) * (descending ? -1 : 1);
      if (order !== 0) return order;
    }
    return other.created_at.localeCompare(one.created_at);
  };
}
