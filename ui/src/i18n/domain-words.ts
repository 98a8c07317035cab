import type { AccountKind } from "../backend/generated/AccountKind";
import type { CreationState } from "../backend/generated/CreationState";
import type { DeadlineSubject } from "../backend/generated/DeadlineSubject";
import type { EnvironmentKind } from "../backend/generated/EnvironmentKind";
import type { KnownStatus } from "../backend/generated/KnownStatus";
import type { Lane } from "../backend/generated/Lane";
import { m } from "../paraglide/messages";

type Sentence = () => string;

export const ENVIRONMENT_NAME: Record<EnvironmentKind, Sentence> = {
  production: m.environment_production,
  pre_production: m.environment_pre_production,
  sandbox: m.environment_sandbox,
};

export const ENVIRONMENT_WORD: Record<EnvironmentKind, Sentence> = {
  production: m.environment_word_production,
  pre_production: m.environment_word_pre_production,
  sandbox: m.environment_word_sandbox,
};

/** Where there is no room for the word; never without it nearby. */
export const ENVIRONMENT_LETTER: Record<EnvironmentKind, Sentence> = {
  production: m.environment_letter_production,
  pre_production: m.environment_letter_pre_production,
  sandbox: m.environment_letter_sandbox,
};

export const ENVIRONMENT_NOTE: Record<EnvironmentKind, Sentence> = {
  production: m.environment_note_production,
  pre_production: m.environment_note_pre_production,
  sandbox: m.environment_note_sandbox,
};

export const ACCOUNT_NAME: Record<AccountKind, Sentence> = {
  application: m.account_application,
  user: m.account_user,
};

export const ACCOUNT_REACH: Record<AccountKind, Sentence> = {
  application: m.account_application_reach,
  user: m.account_user_reach,
};

export const ACCOUNT_REACH_SHORT: Record<AccountKind, Sentence> = {
  application: m.account_application_reach_short,
  user: m.account_user_reach_short,
};

export const STATUS_WORD: Record<KnownStatus, Sentence> = {
  NEW: m.status_NEW,
  STARTED: m.status_STARTED,
  OK: m.status_OK,
  KO: m.status_KO,
  FAILED: m.status_FAILED,
  CANCELED: m.status_CANCELED,
  DISCONTINUED: m.status_DISCONTINUED,
  DELETED: m.status_DELETED,
  OTHER: m.status_OTHER,
};

export const STATUS_MEANING: Record<KnownStatus, Sentence> = {
  NEW: m.status_meaning_NEW,
  STARTED: m.status_meaning_STARTED,
  OK: m.status_meaning_OK,
  KO: m.status_meaning_KO,
  FAILED: m.status_meaning_FAILED,
  CANCELED: m.status_meaning_CANCELED,
  DISCONTINUED: m.status_meaning_DISCONTINUED,
  DELETED: m.status_meaning_DELETED,
  OTHER: m.status_meaning_OTHER,
};

export const CREATION_WORD: Record<CreationState, Sentence> = {
  ready: m.creation_ready,
  sent: m.creation_sent,
  created: m.creation_created,
  refused: m.creation_refused,
  outcome_unknown: m.creation_outcome_unknown,
  closed: m.creation_closed,
};

export const CREATION_MEANING: Record<CreationState, Sentence> = {
  ready: m.creation_meaning_ready,
  sent: m.creation_meaning_sent,
  created: m.creation_meaning_created,
  refused: m.creation_meaning_refused,
  outcome_unknown: m.creation_meaning_outcome_unknown,
  closed: m.creation_meaning_closed,
};

export const DEADLINE_WORD: Record<DeadlineSubject, Sentence> = {
  documents: m.deadline_documents,
  report_application: m.deadline_report_application,
  report_user: m.deadline_report_user,
};

export const LANE_WORD: Record<Lane, Sentence> = {
  documents: m.radar_lane_documents,
  report: m.radar_lane_report,
  no_archive: m.radar_lane_no_archive,
};

export const LANE_NOTE: Record<Lane, Sentence> = {
  documents: m.radar_lane_documents_note,
  report: m.radar_lane_report_note,
  no_archive: m.radar_lane_no_archive_note,
};
