import type { Backend } from "../backend";
import type { ChainState } from "../generated/ChainState";
import type { ChainView } from "../generated/ChainView";
import type { JournalEntry } from "../generated/JournalEntry";
import type { JournalQuery } from "../generated/JournalQuery";
import type { Stage } from "./stage";

const MINUTE = 60_000;
const PEOPLE = ["agence-12", "conformite@exemple.test", null];

/** Word, detail, and whether a dossier is concerned. */
const ACTS: [string, string, boolean][] = [
  ["viewed", "document 7f3a page 1", true],
  ["saved", "Recto", true],
  ["status_changed", "KO", true],
  ["report_kept", "final", true],
  ["signed_in", "sandbox, application", false],
  ["created", "900003", true],
  ["exported", "rows=24 format=csv personal=false columns=reference status", false],
  ["treated", "", true],
  ["sign_in_refused", "sandbox, user, credentials_refused", false],
  ["opened", "", true],
  ["unlocked", "", false],
  ["policy_changed", "sandbox/ 5/7/60", false],
  ["backed_up", "register-2026-02-03.db", false],
  ["brand_new_act", "quelque chose", true],
  ["warned", "sandbox documents day=5 dossiers=2", true],
  ["tagged", "", true],
];

function entries(stage: Stage): JournalEntry[] {
  const rows = stage.dossiers().map(({ row }) => row);
  const count = stage.scenario.entries;
  return Array.from({ length: count }, (_, index) => {
    const [act, detail, about] = ACTS[index % ACTS.length] ?? ["viewed", "", true];
    const row = about && rows.length > 0 ? rows[(index * 3) % rows.length] : undefined;
    return {
      position: String(count - index),
      at: new Date(stage.now() - index * 17 * MINUTE).toISOString(),
      actor: act === "warned" || act === "backed_up" || act === "status_changed" ? null : (PEOPLE[index % 2] ?? null),
      act,
      dossier_id: row?.id ?? null,
      dossier_label: row?.reference ?? null,
      detail,
    };
  });
}

/** The person's own calendar day of an instant. */
function dayOf(at: string): string {
  const moment = new Date(at);
  return [moment.getFullYear(), String(moment.getMonth() + 1).padStart(2, "0"), String(moment.getDate()).padStart(2, "0")].join("-");
}

function matches(entry: JournalEntry, { acts, dossier_id, actor, by_desk, from, to }: JournalQuery): boolean {
  const day = dayOf(entry.at);
  return (
    (acts.length === 0 || acts.includes(entry.act)) &&
    (dossier_id === null || entry.dossier_id === dossier_id) &&
    (by_desk ? entry.actor === null : actor === null || entry.actor === actor) &&
    (from === null || day >= from) &&
    (to === null || day <= to)
  );
}

export function journalCommands(stage: Stage): Pick<Backend, "listJournal" | "getChain" | "verifyJournal" | "exportJournal"> {
  // Made when first asked for: a large register is not to be filled before its first page.
  let made: JournalEntry[] | null = null;
  const journal = () => (made ??= entries(stage));
  let verifiedAt = stage.now() - 3 * MINUTE;

  const chain = (): ChainView => {
    const kind = stage.scenario.chain;
    const state: ChainState = kind === "broken" ? { kind, position: "12", sound_until: journal().at(-12)?.at ?? null } : { kind };
    const verified = kind === "intact" || kind === "broken";
    return { state, entries: stage.scenario.entries, verified_at: verified ? new Date(verifiedAt).toISOString() : null, head: "4c1f9e07a2d85b36", kept_since: null };
  };
  return {
    listJournal: (query, offset, limit) =>
      stage.answer("listJournal", [query, offset, limit], () => {
        const found = journal().filter((entry) => matches(entry, query));
        const actors = Array.from(new Set(journal().flatMap(({ actor }) => actor ?? []))).sort();
        return { entries: found.slice(offset, offset + limit), total: found.length, exact: true, actors };
      }),
    getChain: () => stage.answer("getChain", [], chain),
    verifyJournal: (intentId) =>
      stage.long("verifyJournal", intentId, [], stage.scenario.entries, () => {
        verifiedAt = stage.now();
        if (stage.scenario.chain === "unverified") stage.scenario.chain = "intact";
        return chain();
      }),
    exportJournal: (intentId, query) =>
      stage.long("exportJournal", intentId, [query], stage.scenario.entries, () => ({
        file_name: "journal.csv",
        folder: "Téléchargements",
        rows: journal().filter((entry) => matches(entry, query)).length,
      })),
  };
}
