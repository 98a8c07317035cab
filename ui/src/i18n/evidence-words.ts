import type { CaptureFilter } from "../backend/generated/CaptureFilter";
import type { CaptureRule } from "../backend/generated/CaptureRule";
import type { CaptureState } from "../backend/generated/CaptureState";
import type { HashAgreement } from "../backend/generated/HashAgreement";
import type { Integrity } from "../backend/generated/Integrity";
import type { PackMissingReason } from "../backend/generated/PackMissingReason";
import type { PieceKind } from "../backend/generated/PieceKind";
import { m } from "../paraglide/messages";

type Sentence = () => string;

export const PIECE_KIND: Record<PieceKind, Sentence> = {
  document: m.proofs_kind_document,
  id_claim: m.proofs_kind_id_claim,
  report_pdf: m.proofs_kind_report_pdf,
  report: m.proofs_kind_report,
  archived_report: m.proofs_kind_archived_report,
};

export const INTEGRITY: Record<Integrity, Sentence> = {
  whole: m.proofs_whole,
  missing: m.proofs_missing_file,
  altered: m.proofs_altered,
  unreadable: m.proofs_unreadable,
};

export const MD5_AGREEMENT: Record<HashAgreement, Sentence> = {
  agrees: m.proofs_md5_agrees,
  differs: m.proofs_md5_differs,
  not_stated: m.proofs_md5_not_stated,
};

export const PACK_MISSING_REASON: Record<PackMissingReason, Sentence> = {
  not_captured: m.proofs_pack_reason_not_captured,
  gone: m.proofs_pack_reason_gone,
  refused: m.proofs_pack_reason_refused,
  lost: m.proofs_pack_reason_lost,
  altered: m.proofs_pack_reason_altered,
  unreadable: m.proofs_pack_reason_unreadable,
};

export const CAPTURE_STATE: Record<CaptureState, Sentence> = {
  waiting: m.proofs_state_waiting,
  running: m.proofs_state_running,
  complete: m.proofs_state_complete,
  incomplete: m.proofs_state_incomplete,
  lost: m.proofs_state_lost,
  archived: m.proofs_state_archived,
  not_wanted: m.proofs_state_not_wanted,
};

export const CAPTURE_FILTER: Record<CaptureFilter, Sentence> = {
  all: m.proofs_state_all,
  waiting: m.proofs_state_waiting,
  troubled: m.proofs_state_troubled,
  complete: m.proofs_state_complete,
  incomplete: m.proofs_state_incomplete,
  lost: m.proofs_state_lost,
  archived: m.proofs_state_archived,
  not_wanted: m.proofs_state_not_wanted,
  damaged: m.proofs_state_damaged,
};

/** What a rule keeps, in a sentence. */
export function ruleWords({ policy, video }: CaptureRule): string {
  switch (policy) {
    case "full": return video ? m.proofs_rule_full_video() : m.proofs_rule_full();
    case "report_only": return m.proofs_rule_report_only();
    case "references_only": return m.proofs_rule_references_only();
  }
}
