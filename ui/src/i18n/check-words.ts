import type { CheckHeadline } from "../backend/generated/CheckHeadline";
import type { CheckState } from "../backend/generated/CheckState";
import type { ClaimNames } from "../backend/generated/ClaimNames";
import type { ClaimSigner } from "../backend/generated/ClaimSigner";
import type { ContainedState } from "../backend/generated/ContainedState";
import type { PackFileState } from "../backend/generated/PackFileState";
import type { PackState } from "../backend/generated/PackState";
import type { PackTroubleCode } from "../backend/generated/PackTroubleCode";
import type { PackVerdictView } from "../backend/generated/PackVerdictView";
import type { RevocationRule } from "../backend/generated/RevocationRule";
import type { Tone } from "../design/components/Callout";
import type { IconName } from "../design/components/Icon";
import { m } from "../paraglide/messages";

export interface Worded {
  tone: Tone;
  word: () => string;
}

/** Never green over a file that nobody signed. */
export const HEADLINE: Record<CheckHeadline, Worded> = {
  passed: { tone: "good", word: m.check_passed },
  partly_signed: { tone: "attention", word: m.check_partly_signed },
  sound_untrusted: { tone: "attention", word: m.check_sound_untrusted },
  sound_open: { tone: "attention", word: m.check_sound_open },
  altered: { tone: "critical", word: m.check_altered },
  failed: { tone: "error", word: m.check_failed },
  malformed: { tone: "error", word: m.check_malformed },
  not_verified: { tone: "attention", word: m.check_not_verified },
  not_signed: { tone: "attention", word: m.check_not_signed },
};

export const STATE: Record<CheckState, { icon: IconName; word: () => string }> = {
  good: { icon: "check", word: m.check_state_good },
  warning: { icon: "warning", word: m.check_state_warning },
  unknown: { icon: "info", word: m.check_state_unknown },
  bad: { icon: "stop", word: m.check_state_bad },
  absent: { icon: "close", word: m.check_state_absent },
};

export const CONTAINED: Record<ContainedState, { state: CheckState; word: () => string }> = {
  signed: { state: "good", word: m.contained_signed },
  not_signed: { state: "warning", word: m.contained_not_signed },
  altered: { state: "bad", word: m.contained_altered },
  missing: { state: "bad", word: m.contained_missing },
  damaged: { state: "bad", word: m.contained_damaged },
};

/** Green by ID360's number alone: any equal text is «the reference», a name among them. */
export const NAMED: Record<ClaimNames, { state: CheckState; word: () => string }> = {
  number: { state: "good", word: m.claim_named_number },
  reference: { state: "unknown", word: m.claim_named_reference },
  unsigned: { state: "warning", word: m.claim_named_unsigned },
  nowhere: { state: "bad", word: m.claim_named_nowhere },
};

export const SIGNER: Record<ClaimSigner, { state: CheckState; word: () => string }> = {
  expected: { state: "good", word: m.claim_signer_expected },
  under_expected_authority: { state: "good", word: m.claim_signer_under },
  unknown: { state: "unknown", word: m.claim_signer_unknown },
  unproven: { state: "bad", word: m.claim_signer_unproven },
};

export const REVOCATION: Record<RevocationRule, () => string> = {
  required: m.revocation_required,
  embedded: m.revocation_embedded,
  not_checked: m.revocation_not_checked,
};

const PACK: Record<PackState, Worded> = {
  whole: { tone: "good", word: m.pack_whole },
  incomplete: { tone: "attention", word: m.pack_incomplete },
  repacked: { tone: "attention", word: m.pack_repacked },
  altered: { tone: "critical", word: m.pack_altered },
  unreadable: { tone: "error", word: m.pack_unreadable },
};

const UNKNOWN_KEY: Partial<Record<PackState, () => string>> = {
  whole: m.pack_whole_unknown_key,
  incomplete: m.pack_incomplete_unknown_key,
  repacked: m.pack_repacked_unknown_key,
};

/** Whole says that nobody changed it since it was sealed; green wants to know by whom. */
export function packWorded({ state, own_key }: Pick<PackVerdictView, "state" | "own_key">): Worded {
  const worded = own_key === true ? undefined : UNKNOWN_KEY[state];
  return worded ? { tone: "attention", word: worded } : PACK[state];
}

export const PACK_FILE: Record<PackFileState, { state: CheckState; word: () => string }> = {
  whole: { state: "good", word: m.pack_file_whole },
  altered: { state: "bad", word: m.pack_file_altered },
  missing: { state: "bad", word: m.pack_file_missing },
  unlisted: { state: "bad", word: m.pack_file_unlisted },
};

export const TROUBLE: Record<PackTroubleCode, (values: { path: string }) => string> = {
  not_an_archive: m.trouble_not_an_archive,
  read_failed: m.trouble_read_failed,
  over_limits: m.trouble_over_limits,
  duplicate_names: m.trouble_duplicate_names,
  overlapping_entries: m.trouble_overlapping_entries,
  inconsistent_headers: m.trouble_inconsistent_headers,
  no_manifest: m.trouble_no_manifest,
  manifest_unreadable: m.trouble_manifest_unreadable,
  newer_version: m.trouble_newer_version,
  manifest_contradicts: m.trouble_manifest_contradicts,
  key_unreadable: m.trouble_key_unreadable,
  manifest_signature: m.trouble_manifest_signature,
  sums_signature: m.trouble_sums_signature,
  sums_differ: m.trouble_sums_differ,
  unsafe_name: m.trouble_unsafe_name,
  file_missing: m.trouble_file_missing,
  file_altered: m.trouble_file_altered,
  file_unlisted: m.trouble_file_unlisted,
};

export const verifyRunning: () => string = m.verify_running;
