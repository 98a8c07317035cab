import type { ErrorCode } from "../../backend/generated/ErrorCode";
import type { JournalEntry } from "../../backend/generated/JournalEntry";
import { ERRORS } from "../../errors/catalogue";
import { m } from "../../paraglide/messages";
import { ACCOUNT_NAME, LANE_WORD } from "../domain-words";
import { INTEGRITY, PIECE_KIND } from "../evidence-words";
import { DECISION } from "../decision-words";
import type { Formats } from "../format";
import { COLUMN_WORD, statusFilterWord } from "../list-words";
import { captureRuleWords, organisationWords, policyWords, settingsWords, windowWords, type Names } from "./settings";

export type { Names } from "./settings";

type Sentence = () => string;
type Words = Partial<Record<string, Sentence>>;
type Say = (detail: string, f: Formats, names: Names) => string | null;

const LANGUAGE: Words = { fr: m.lang_fr, en: m.lang_en, it: m.lang_it, ar: m.lang_ar, ko: m.lang_ko };
const REPORT: Words = { draft: m.detail_report_draft, archived: m.detail_report_archived, final: m.detail_report_final };
const PUSHED: Words = { ACCEPTED: m.detail_pushed_accepted, NOT_PROCESSED: m.detail_pushed_not_processed, REFUSED: m.detail_pushed_refused, OUTCOME_UNKNOWN: m.detail_pushed_unknown };
const SAVED: Words = {
  Recto: m.save_recto,
  Verso: m.save_verso,
  AllDocuments: m.save_all,
  IdClaim: m.save_idclaim,
  ReportRaw: m.save_report_raw,
  ReportMasked: m.save_report_masked,
  ReportPdf: m.save_report_pdf,
};
const LOCKED: Words = { idle: m.detail_locked_idle, asked: m.detail_locked_asked, suspend: m.detail_locked_suspend, system: m.detail_locked_system };
const OPENED_BY: Words = { keychain: m.detail_opened_by_keychain, passphrase: m.detail_opened_by_passphrase };
const RETURN_REFUSED: Words = { unknown_address: m.detail_return_unknown_address, foreign_host: m.detail_return_foreign_host, method: m.detail_return_method };
const PACK: Words = { whole: m.detail_pack_whole, incomplete: m.detail_pack_incomplete, repacked: m.detail_pack_repacked, altered: m.detail_pack_altered, unreadable: m.detail_pack_unreadable };
const TRUSTED_FOR: Words = { signatures: m.detail_trust_signatures, time_stamps: m.detail_trust_time_stamps };
const REVOCATION: Words = { required: m.revocation_required, embedded: m.revocation_embedded, not_checked: m.revocation_not_checked };
const HASH_SHOWN = 16;

const wordOf = (words: Partial<Record<string, Sentence>>, word: string | undefined): string | null => (word === undefined ? null : (words[word]?.() ?? null));
const errorWord = (code: string): string | null => (code in ERRORS ? ERRORS[code as ErrorCode].sentence({}) : null);
const counted = (pattern: RegExp, words: (count: { count: number; n: string }) => string): Say => (detail, f) => {
  const [, n] = pattern.exec(detail) ?? [];
  return n === undefined ? null : words({ count: Number(n), n: f.number(Number(n)) });
};

/** The register counts pages from 0, people from 1. */
const pageNumber = (counted: string): string => String(Number(counted) + 1);

/** `kind` or `kind document page n`. */
function place(text: string): string | null {
  const [, kind, document, page] = /^(\w+?)(?: (\S+) page (\d+))?$/.exec(text) ?? [];
  const word = wordOf(PIECE_KIND, kind);
  if (word === null) return null;
  return document && page ? m.detail_piece_page({ kind: word, document, page: pageNumber(page) }) : word;
}

const account: Say = (detail, _f, names) => {
  const [, environment = "", kind = "", code] = /^([^,]+), (application|user)(?:, (\w+))?$/.exec(detail) ?? [];
  const word = wordOf(ACCOUNT_NAME, kind);
  if (word === null) return null;
  const said = m.detail_account({ environment: names.environment(environment), account: word });
  return code ? `${said} ${errorWord(code) ?? code}` : said;
};

const number: Say = (detail) => (/^\d+$/.test(detail) ? m.detail_number({ n: detail }) : null);
const many: Say = counted(/^(\d+)$/, m.detail_many);

const language: Say = (detail) => {
  const word = wordOf(LANGUAGE, detail);
  return word && m.detail_language({ language: word });
};

/** A file of a checked container; the register counts them from 0 too. */
const contained = (detail: string): string | null => {
  const [, entry] = /^container sha256=[0-9a-f]+ entry=(\d+)$/.exec(detail) ?? [];
  return entry ? m.detail_saved_contained({ n: pageNumber(entry) }) : null;
};

const saved: Say = (detail) => {
  const subject = wordOf(SAVED, detail);
  if (subject !== null) return subject;
  const [, document, page] = /^document (\S+) page (\d+)$/.exec(detail) ?? [];
  if (document && page) return m.detail_page({ document, page: pageNumber(page) });
  if (/^captured /.test(detail)) return m.detail_saved_captured();
  const inside = contained(detail);
  if (inside !== null) return inside;
  const [, form] = / verification=(\w+)$/.exec(detail) ?? [];
  return form ? m.detail_saved_check({ form: form.toUpperCase() }) : null;
};

const viewed: Say = (detail) => {
  const [, document, page, sheet, as] = /^document (\S+) page (\d+)(?: sheet (\d+))?(?: (thumbnail|video))?$/.exec(detail) ?? [];
  if (!document || !page) return contained(detail);
  const said = [m.detail_page({ document, page: pageNumber(page) }), sheet && m.detail_sheet({ n: String(Number(sheet) + 1) }), as === "thumbnail" && m.detail_thumbnail(), as === "video" && m.detail_video()];
  return said.filter(Boolean).join(", ");
};

const exported: Say = (detail, f) => {
  const [, rows, format = "", personal, columns = ""] = /^rows=(\d+) format=(\w+) personal=(true|false) columns=(.*)$/.exec(detail) ?? [];
  if (rows === undefined) return null;
  const known: Words = COLUMN_WORD;
  return [
    m.detail_exported({ count: Number(rows), n: f.number(Number(rows)), format: format.toUpperCase() }),
    personal === "true" ? m.detail_exported_personal() : m.detail_exported_impersonal(),
    m.detail_exported_columns({ columns: columns.split(" ").map((column) => known[column]?.() ?? column).join(", ") }),
  ].join(" · ");
};

const imported: Say = (detail, f, names) => {
  if (detail === "api_key") return m.detail_imported_key();
  const [, environment, added, completed, from, to] = /^(\S+) added=(\d+) completed=(\d+) numbers=(-?\d+)-(-?\d+)$/.exec(detail) ?? [];
  if (!environment || !added || !completed || !from || !to) return null;
  return m.detail_imported({ environment: names.environment(environment), added: f.number(Number(added)), completed: f.number(Number(completed)), from, to });
};

const captured: Say = (detail, f) => {
  const [, piece = "", size, hash] = /^(.+), (\d+) bytes, SHA-256 ([0-9a-f]+)$/.exec(detail) ?? [];
  const said = place(piece);
  return said !== null && size && hash ? m.detail_captured({ piece: said, size: f.bytes(size), hash: hash.slice(0, HASH_SHOWN) }) : null;
};

const captureEnded: Say = (detail) => {
  if (detail === "complete") return m.detail_capture_complete();
  const [, list] = /^incomplete; (.+)$/.exec(detail) ?? [];
  const missing = list?.split("; ").map((part) => {
    const [piece = "", reason = ""] = part.split(": ");
    const said = place(piece);
    return said && m.detail_missing({ piece: said, reason: errorWord(reason) ?? reason });
  });
  return missing && !missing.includes(null) ? m.detail_capture_incomplete({ pieces: missing.join(" · ") }) : null;
};

const verified: Say = (detail) => {
  const [, container, hash = ""] = /^container (.+) sha256=([0-9a-f]+)$/.exec(detail) ?? [];
  if (container) return m.detail_container({ verdict: container, hash: hash.slice(0, HASH_SHOWN) });
  const [, state, key] = /^pack (\w+) key=(\w*)$/.exec(detail) ?? [];
  const word = wordOf(PACK, state);
  return word && key ? m.detail_pack_key({ verdict: word, key }) : word;
};

const journalVerified: Say = (detail, f, names) => {
  const [, position] = /^broken at (\d+)$/.exec(detail) ?? [];
  return position ? m.detail_journal_broken({ n: position }) : counted(/^intact, (\d+) entries$/, m.detail_journal_intact)(detail, f, names);
};

const pruned: Say = (detail, f) => {
  const [, dropped, until, bad] = /^(\d+) (\S+)(?: !(\d+))?$/.exec(detail) ?? [];
  if (!dropped || !until) return null;
  const said = m.detail_pruned({ count: Number(dropped), n: f.number(Number(dropped)), date: f.date(until) });
  return bad ? `${said} ${m.detail_journal_broken({ n: bad })}` : said;
};

const head: Say = (detail) => {
  const [, position, , bad] = /^(\d+) ([0-9a-f]{64})(?: !(\d+))?$/.exec(detail) ?? [];
  if (!position) return null;
  return bad ? `${m.detail_head({ n: position })} ${m.detail_journal_broken({ n: bad })}` : m.detail_head({ n: position });
};

const restoredBackup: Say = (detail) => {
  const [, name, position] = /^(\S+) (\d+) [0-9a-f]{64}$/.exec(detail) ?? [];
  return name && position ? m.detail_restored_backup({ name, n: position }) : null;
};

const warned: Say = (detail, f, names) => {
  const [, environment, lane = "", day, dossiers] = /^(\S+) (\w+) day=(\d+) dossiers=(\d+)$/.exec(detail) ?? [];
  const word = wordOf(LANE_WORD, lane);
  if (!environment || word === null || !day || !dossiers) return null;
  return m.detail_warned({ count: Number(dossiers), n: f.number(Number(dossiers)), environment: names.environment(environment), lane: word, day });
};

const trust: Say = (detail) => {
  const rule = wordOf(REVOCATION, /^revocation (\w+)$/.exec(detail)?.[1]);
  if (rule !== null) return m.detail_revocation({ rule });
  const [, what, role, hash] = /^(added|removed) (\w+) sha256=([0-9a-f]+)$/.exec(detail) ?? [];
  const word = wordOf(TRUSTED_FOR, role);
  if (word === null || !hash) return null;
  return (what === "added" ? m.detail_trust_added : m.detail_trust_removed)({ what: word, hash: hash.slice(0, HASH_SHOWN) });
};

/** How the detail of an act is said; an act that is not here has none, or one that says it all. */
const SAY: Partial<Record<string, Say>> = {
  created: number,
  attached: number,
  link_shown: language,
  link_mailed: language,
  link_copied: (detail) => {
    const [, what, lang] = /^(link|sms), (\w+)$/.exec(detail) ?? [];
    const word = wordOf(LANGUAGE, lang);
    return word && (what === "link" ? m.detail_copied_link : m.detail_copied_sms)({ language: word });
  },
  expected_added: (detail) => m.detail_datum({ name: detail }),
  expected_pushed: (detail) => {
    const [, name, outcome] = /^(.+) (\w+)$/.exec(detail) ?? [];
    const word = wordOf(PUSHED, outcome);
    return name && word ? m.detail_pushed({ name, outcome: word }) : null;
  },
  status_changed: statusFilterWord,
  report_asked: (detail) => wordOf(REPORT, detail),
  report_kept: (detail) => wordOf(REPORT, detail),
  restored: counted(/^(\d+)$/, m.detail_restored),
  tagged: many,
  treated: many,
  untreated: many,
  capture_asked: many,
  saved,
  viewed,
  revealed: (detail) => (detail === "list" ? m.detail_revealed_list() : null),
  exported,
  imported,
  signed_in: account,
  signed_out: account,
  account_changed: account,
  sign_in_refused: account,
  locked: (detail) => wordOf(LOCKED, detail),
  lock_opened: (detail) => wordOf(OPENED_BY, detail),
  policy_changed: (detail, _f, names) => organisationWords(detail) ?? policyWords(detail, names, windowWords),
  capture_policy_changed: (detail, _f, names) => policyWords(detail, names, captureRuleWords),
  settings_changed: (detail, _f, names) => settingsWords(detail, names),
  journal_pruned: pruned,
  journal_exported: (detail) => wordOf({ whole: m.detail_exported_whole, filtered: m.detail_exported_filtered }, detail),
  journal_verified: journalVerified,
  journal_restarted: head,
  rekeyed: head,
  restored_backup: restoredBackup,
  warned,
  captured,
  capture_ended: captureEnded,
  evidence_verified: (detail, f) => {
    const [, checked, damaged] = /^(\d+) checked, (\d+) not whole$/.exec(detail) ?? [];
    return checked && damaged ? m.detail_evidence_verified({ checked: f.number(Number(checked)), damaged: f.number(Number(damaged)) }) : null;
  },
  evidence_damaged: (detail) => {
    const [, piece = "", state] = /^(.+): (\w+)$/.exec(detail) ?? [];
    const [said, word] = [place(piece), wordOf(INTEGRITY, state)];
    return said !== null && word !== null ? m.detail_missing({ piece: said, reason: word }) : null;
  },
  decided: (detail) => wordOf(DECISION, detail),
  pack_made: (detail, f) => {
    const [, dossiers, missing, key = ""] = /^dossiers=(\d+) missing=(\d+) key=(\w*)$/.exec(detail) ?? [];
    return dossiers && missing ? m.detail_pack_made({ dossiers: f.number(Number(dossiers)), missing: f.number(Number(missing)), key }) : null;
  },
  file_verified: verified,
  return_refused: (detail, f) => {
    const [, reason, times] = /^(\w+), (\d+)$/.exec(detail) ?? [];
    const word = wordOf(RETURN_REFUSED, reason);
    return word && times ? m.detail_return_refused({ count: Number(times), n: f.number(Number(times)), reason: word }) : null;
  },
  trust_changed: trust,
  backed_up: (detail) => (/^\S+$/.test(detail) ? m.detail_backed_up({ name: detail }) : null),
};

/** What an entry says more, as a person reads it; `null` where only its own text can say it. That text is what the chain vouches for. */
export function detailWords({ act, detail }: Pick<JournalEntry, "act" | "detail">, f: Formats, names: Names): string | null {
  return detail === "" ? null : (SAY[act]?.(detail, f, names) ?? null);
}
