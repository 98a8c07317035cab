import type { Category } from "../backend/generated/Category";
import type { FindingView } from "../backend/generated/FindingView";
import type { NextStep } from "../backend/generated/NextStep";
import type { Saying } from "../backend/generated/Saying";
import type { Statement } from "../backend/generated/Statement";
import { m } from "../paraglide/messages";
import { whereWord } from "./report-words";

/** What compliance reads (product.md §8.6); which of them it is, Rust decides. */
const STATEMENT: Record<Statement, (where: string, finding: FindingView) => string> = {
  injection_detected: () => m.finding_SEC_DATA_INJECTION(),
  method_security: (where) => m.finding_EIM_SECURITY_FAILED({ where }),
  screen_photographed: () => m.finding_screen(),
  photo_forged: () => m.finding_forged(),
  document_expired: () => m.finding_rule_expired(),
  document_refused: () => m.finding_VLD_ID_INVALID(),
  document_incoherent: () => m.finding_rule_mrz(),
  issued_in_the_future: () => m.finding_rule_future(),
  document_below_threshold: (where) => m.finding_MDL_CHALLENGE_NOT_MET({ where }),
  name_differs: () => m.finding_rule_name(),
  first_name_differs: () => m.finding_rule_first_name(),
  birth_date_differs: () => m.finding_rule_birth_date(),
  siren_differs: () => m.finding_rule_siren(),
  values_differ: () => m.finding_values(),
  method_refused: (where) => m.finding_EIM_RESPONSE_KO({ where }),
  face_differs: () => m.finding_face(),
  liveness_missed: () => m.finding_liveness(),
  supporting_refused: () => m.finding_VLD_DOCUMENT_INVALID(),
  constraints_not_met: () => m.finding_COV_FAILED(),
  rule_failed: (_, { code }) => m.finding_rule_other({ code }),
  check_failed: () => m.finding_check(),
  rules_not_met: () => m.finding_VLD_VALIDATION_KO(),
  rule_broken: () => m.finding_VLD_RULE_ERROR(),
  image_unusable: () => m.finding_MDL_INPUT_INVALID(),
  below_threshold: (where) => m.finding_MDL_CHALLENGE_NOT_MET({ where }),
  model_answer_unusable: () => m.finding_MDL_RESPONSE_INVALID(),
  method_credentials: () => m.finding_EIM_WRONG_CREDENTIAL(),
  method_exchange: () => m.finding_EIM_WRONG_REQUEST(),
  method_silent: () => m.finding_EIM_TIMEOUT(),
  method_failed: (where) => m.finding_method({ where }),
  time_exceeded: () => m.finding_ERL_TIMEOUT(),
  dossier_deleted: () => m.finding_ERL_DELETE(),
  service_answer: () => m.finding_SVC_RESPONSE_INVALID(),
  email_missing: () => m.finding_ACCOUNT_MISSING_EMAIL(),
  step_failed: (where) => m.finding_step({ where }),
  document_set_aside: (where) => m.finding_document({ where }),
  reason_given: (_, { message }) => m.finding_reason({ message: message ?? "" }),
  unspecified: (_, finding) => undocumentedWords(finding),
  undocumented: (_, finding) => undocumentedWords(finding),
};

/** What the customer may hear: nothing in it warns a fraudster. */
export const SAYING: Record<Saying, () => string> = {
  other_way: m.say_fraud,
  expired: m.say_expired,
  other_document: m.say_document,
  photo: m.say_photo,
  mandate_document: m.say_mandate_document,
  name: m.say_name,
  first_name: m.say_first_name,
  birth_date: m.say_birth_date,
  siren: m.say_siren,
  information: m.say_from_rule,
  electronic_refused: m.say_eim,
  electronic_silent: m.say_eim_timeout,
  face: m.say_face,
  supporting: m.say_supporting,
  missing_piece: m.say_missing_piece,
  email: m.say_email,
  time_over: m.say_timeout,
  incident: m.say_incident,
  incident_retry: m.say_incident_retry,
};

export const NEXT_STEP: Record<NextStep, () => string> = {
  alert_compliance: m.next_alert_compliance,
  review_documents: m.next_review_documents,
  other_document: m.next_other_document,
  better_photos: m.next_better_photos,
  compare_and_correct: m.next_compare_and_correct,
  other_method: m.next_other_method,
  other_supporting: m.next_other_supporting,
  one_device_all_pieces: m.next_one_device_all_pieces,
  add_email: m.next_add_email,
  start_again: m.next_start_again,
  tell_administrator: m.next_tell_administrator,
  copy_for_support: m.next_copy_for_support,
};

export const CATEGORY: Record<Category, () => string> = {
  security: m.category_security,
  document_validity: m.category_document_validity,
  identity_mismatch: m.category_identity_mismatch,
  face: m.category_face,
  supporting_document: m.category_supporting_document,
  technical: m.category_technical,
  unknown: m.category_unknown,
};

/** The sentence of a cause, for compliance. */
export function statementWords(finding: FindingView): string {
  const where = finding.where_ ? whereWord(finding.where_) : m.where_unknown();
  const told = STATEMENT[finding.statement](where, finding);
  const sentence = finding.of_another_document ? m.finding_at({ sentence: told, where }) : told;
  return finding.description === null ? sentence : m.finding_described({ sentence, description: finding.description });
}

/** Code, ID360's own words and the place: nothing more is known of it, and none of it may be missed. */
function undocumentedWords({ code, message, where_ }: FindingView): string {
  return m.finding_other({ cause: [code, message && bare(message), where_ && whereWord(where_)].filter(Boolean).join(", ") });
}

/** Our sentence of these does not say what failed. */
const VAGUE: ReadonlySet<Statement> = new Set<Statement>(["rule_failed", "check_failed", "step_failed", "rules_not_met"]);

/** ID360's own words and the place, where our sentence says too little. */
export function saidWords({ statement, message, where_ }: FindingView): string | null {
  if (!VAGUE.has(statement)) return null;
  // The sentence of a step names it.
  const where = where_ && statement !== "step_failed" ? whereWord(where_) : null;
  if (message) return where ? m.why_said_at({ message: bare(message), where }) : m.why_said({ message: bare(message) });
  return where && m.why_at({ where });
}

const bare = (message: string): string => message.replace(/[\s.]+$/, "");

/** Since when a document is past its date; `null` where that is not known. */
export function expiredWords({ expired_on: on, document_type: type }: FindingView, day: (text: string) => string): string | null {
  if (!on) return null;
  const date = day(on);
  if (type === "ID") return m.finding_expired_id({ date });
  return type === "P" || type === "PP" ? m.finding_expired_passport({ date }) : m.finding_expired_document({ date });
}

/** Is ID360's support asked about it, now or once it happens again? */
export function isForSupport(step: NextStep | null): boolean {
  return step === "copy_for_support" || step === "start_again";
}

/** No public list has this code or rule: it is shown verbatim. */
export function isUndocumented({ statement }: FindingView): boolean {
  return statement === "undocumented" || statement === "rule_failed";
}
