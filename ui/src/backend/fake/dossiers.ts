import type { CreationState } from "../generated/CreationState";
import type { DeadlineView } from "../generated/DeadlineView";
import type { DecisionChoice } from "../generated/DecisionChoice";
import type { DossierActs } from "../generated/DossierActs";
import type { DossierRow } from "../generated/DossierRow";
import type { DossierView } from "../generated/DossierView";
import type { EvidenceState } from "../generated/EvidenceState";
import type { EnvironmentKind } from "../generated/EnvironmentKind";
import type { KnownStatus } from "../generated/KnownStatus";
import type { StatusView } from "../generated/StatusView";
import { person } from "./people";
import { report } from "./report";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FINAL: KnownStatus[] = ["OK", "KO", "FAILED", "CANCELED", "DISCONTINUED", "DELETED"];

/** By the last digit. */
const DECIDED: Partial<Record<number, DecisionChoice>> = { 3: "accepted", 5: "refused", 7: "more_wanted" };

export function statusView(known: KnownStatus, word: string = known): StatusView {
  return { known, word, is_final: FINAL.includes(known) };
}

export interface Recipe {
  index: number;
  creation: CreationState;
  status: KnownStatus | null;
  word?: string;
  environment_id: string;
  environment_kind: EnvironmentKind;
  age_hours: number;
  now: number;
}

function deadlines(finished: number | null, now: number): DeadlineView[] {
  if (finished === null) return [];
  const windows = [
    ["documents", 7],
    ["report_application", 7],
    ["report_user", 60],
  ] as const;
  return windows.map(([subject, days]) => {
    const at = finished + days * DAY;
    const left = Math.max(0, Math.min(100, Math.round(((at - now) / (days * DAY)) * 100)));
    const moment = new Date(at).toISOString();
    return { subject, at: moment, here: moment, passed: at <= now, left_percent: left };
  });
}

export function acts(creation: CreationState, status: StatusView | null, hasReport: boolean): DossierActs {
  const created = creation === "created";
  const final = status?.is_final ?? false;
  return {
    open_link: created && !final,
    refresh: created && !final,
    interrupt: created && !final,
    push_data: created && !final,
    save_documents: hasReport,
    save_idclaim: status?.known === "OK",
    save_report: hasReport,
    save_pdf: status?.known === "OK",
    read_archived_report: false,
    read_draft_report: created && (status?.known === "NEW" || status?.known === "CANCELED"),
    settle_unknown: creation === "outcome_unknown",
    send_again: creation === "ready" || creation === "refused",
    again: creation === "closed" || (created && final && status?.known !== "OK"),
    make_pack: created && (final || hasReport),
    decide: created,
  };
}

function evidence(index: number, lines: DeadlineView[], read: boolean): EvidenceState {
  const closest = read ? lines[0] : lines.at(-1);
  if (!closest) return "none";
  if (index % 4 === 3) return "kept";
  return closest.passed ? "lost" : index % 4 === 2 && read ? "partial" : "due";
}

/** One whole dossier, the same for the same recipe. */
export function dossier(recipe: Recipe): DossierView {
  const { index, creation, now } = recipe;
  const who = person(index);
  const status = recipe.status ? statusView(recipe.status, recipe.word) : null;
  const created = now - recipe.age_hours * HOUR;
  const finished = status?.is_final ? created + 12 * 60_000 : null;
  const known = status?.known;
  const full = known === "OK" || known === "KO" ? report(known, who, created, finished) : null;
  const lines = deadlines(finished, now);
  const decided = (full && DECIDED[index % 10]) ?? null;
  const row: DossierRow = {
    id: `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`,
    enrollment_id: creation === "created" ? String(900_000 + index) : null,
    reference: `REF-${1000 + index}`,
    last_name: who.last_name,
    first_name: who.first_name,
    process_name: index % 3 === 0 ? "Ouverture de compte" : "Entrée en relation à distance",
    environment_id: recipe.environment_id,
    environment_kind: recipe.environment_kind,
    creation,
    status,
    created_at: new Date(created).toISOString(),
    finished_at: finished === null ? null : new Date(finished).toISOString(),
    deadline: lines.find((line) => !line.passed) ?? lines.at(-1) ?? null,
    evidence: evidence(index, lines, full !== null),
    operator: index % 3 === 0 ? "conformite@exemple.test" : "agence-12",
    changed_at: new Date(finished ?? created + 60_000).toISOString(),
    level: full ? "LOW" : null,
    tags: index % 5 === 0 ? ["urgent"] : index % 7 === 0 ? ["rappeler", "agence Lyon"] : [],
    email: `${who.first_name.toLowerCase()}@exemple.test`,
    phone_number: "+33 6 39 98 12 34",
    treated: index % 6 === 0 && index > 0,
    decision: decided,
    trouble: index % 8 === 6 ? "provider_incident" : null,
  };
  return {
    row,
    last_name: row.last_name,
    first_name: row.first_name,
    typed_last_name: row.last_name,
    typed_first_name: row.first_name,
    client_reference: `desk-${row.id.slice(-6)}-${row.reference ?? ""}`,
    process_uuid: "00000000-0000-4000-8000-000000000992",
    reachable: true,
    email: row.email,
    phone_number: row.phone_number,
    expected: [
      { name: "name", value: who.last_name, locked: true, outcome: "accepted" },
      { name: "birth_date", value: "1978-02-14", locked: false, outcome: index % 2 ? "accepted" : "refused" },
    ],
    link_hint: creation === "created" ? "••••4f2a" : null,
    lang: "fr",
    opened_at: null,
    mode: "this_pc",
    link_uses: { shown_at: null, mailed_at: null, copied_at: null },
    link_until: null,
    // The nineteenth one's browser came back, and ID360 takes its time.
    returned_at: index === 18 ? new Date(created + 9 * 60_000).toISOString() : null,
    next_reading: creation === "created" && !status?.is_final ? { state: "planned", at: new Date(Date.now() + 8_500).toISOString() } : null,
    shown_link: null,
    return_heard: true,
    enrollment_pages: "browser",
    enrollment_window: null,
    read_at: full?.read_at ?? null,
    report: full,
    deadlines: lines,
    acts: acts(creation, status, full !== null),
    idclaim_expected: known === "OK",
    never_archived: known === "CANCELED" || known === "FAILED" ? statusView(known) : null,
    decisions: decided ? [{ choice: decided, note: "", at: row.changed_at, by: row.operator }] : [],
  };
}
