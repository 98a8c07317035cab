import type { FindingView } from "../backend/generated/FindingView";
import { m } from "../paraglide/messages";
import { stepWord } from "./report-words";

/** The two wordings of one cause: for compliance, and for the customer (`null`: nothing to say). */
export interface FindingWords {
  internal: string;
  customer: string | null;
  /** False for a code that no public list has: it is shown verbatim. */
  documented: boolean;
}

type Entry = [internal: (where: string) => string, customer: ((finding: FindingView) => string) | null];

/** Signs of a screen photographed or a forged picture: nothing that could warn a fraudster is said. */
const FORGERY = /phone_detection|fake|forger/;

const challenge = (finding: FindingView): string => (/face|liveness|selfie/.test(finding.where_ ?? "") && !FORGERY.test(finding.where_ ?? "") ? m.say_face() : m.say_fraud());

/** Codes of product.md §8.6. */
const CODES: Partial<Record<string, Entry>> = {
  VLD_VALIDATION_KO: [() => m.finding_VLD_VALIDATION_KO(), () => m.say_from_rule()],
  VLD_ID_INVALID: [() => m.finding_VLD_ID_INVALID(), () => m.say_document()],
  VLD_DOCUMENT_INVALID: [() => m.finding_VLD_DOCUMENT_INVALID(), () => m.say_supporting()],
  VLD_SYNTAX_ERROR: [() => m.finding_VLD_RULE_ERROR(), () => m.say_incident()],
  VLD_SCRIPT_ERROR: [() => m.finding_VLD_RULE_ERROR(), () => m.say_incident()],
  MDL_INPUT_INVALID: [() => m.finding_MDL_INPUT_INVALID(), () => m.say_photo()],
  MDL_CHALLENGE_NOT_MET: [(where) => m.finding_MDL_CHALLENGE_NOT_MET({ where }), challenge],
  MDL_RESPONSE_INVALID: [() => m.finding_MDL_RESPONSE_INVALID(), () => m.say_incident_retry()],
  EIM_RESPONSE_KO: [(where) => m.finding_EIM_RESPONSE_KO({ where }), () => m.say_eim()],
  EIM_WRONG_CREDENTIAL: [() => m.finding_EIM_WRONG_CREDENTIAL(), () => m.say_incident()],
  EIM_WRONG_REQUEST: [() => m.finding_EIM_WRONG_REQUEST(), () => m.say_incident()],
  EIM_SECURITY_FAILED: [(where) => m.finding_EIM_SECURITY_FAILED({ where }), () => m.say_fraud()],
  EIM_TIMEOUT: [() => m.finding_EIM_TIMEOUT(), () => m.say_eim_timeout()],
  ERL_TIMEOUT: [() => m.finding_ERL_TIMEOUT(), () => m.say_timeout()],
  ERL_DELETE: [() => m.finding_ERL_DELETE(), null],
  SEC_DATA_INJECTION: [() => m.finding_SEC_DATA_INJECTION(), () => m.say_fraud()],
  SVC_RESPONSE_INVALID: [() => m.finding_SVC_RESPONSE_INVALID(), () => m.say_incident()],
  COV_FAILED: [() => m.finding_COV_FAILED(), () => m.say_missing_piece()],
  ACCOUNT_MISSING_EMAIL: [() => m.finding_ACCOUNT_MISSING_EMAIL(), () => m.say_email()],
  UNKNOWN_ERROR: [() => m.finding_UNKNOWN_ERROR(), () => m.say_incident()],

  "IDENTITY_DOCUMENT.expired": [() => m.finding_rule_expired(), () => m.say_expired()],
  "IDENTITY_DOCUMENT.mrz": [() => m.finding_rule_mrz(), () => m.say_photo()],
  "IDENTITY.NAME.name": [() => m.finding_rule_name(), () => m.say_name()],
  "IDENTITY.FIRST_NAME.first_name": [() => m.finding_rule_first_name(), () => m.say_name()],
  "IDENTITY.BIRTH_DATE.birth_date": [() => m.finding_rule_birth_date(), () => m.say_birth_date()],
  "KBIS.SIREN.siren": [() => m.finding_rule_siren(), () => m.say_supporting()],
};

export const PUBLISHED_CODES = Object.keys(CODES);

function bySource(finding: FindingView, where: string): FindingWords {
  switch (finding.source) {
    case "validation":
    case "comparison":
    case "custom":
      return { internal: m.finding_rule_other({ code: finding.code }), customer: m.say_from_rule(), documented: false };
    case "step":
      return { internal: m.finding_step({ where }), customer: m.say_incident(), documented: true };
    case "document":
      return { internal: m.finding_document({ where }), customer: m.say_supporting(), documented: true };
    case "external_method":
      return { internal: m.finding_method({ where }), customer: m.say_eim(), documented: true };
    case "status_code":
      return { internal: m.finding_other({ code: finding.code }), customer: m.say_incident(), documented: false };
  }
}

export function findingWords(finding: FindingView): FindingWords {
  const where = finding.where_ ? stepWord(finding.where_) : m.where_unknown();
  const entry = Object.hasOwn(CODES, finding.code) ? CODES[finding.code] : undefined;
  if (!entry) return bySource(finding, where);
  return { internal: entry[0](where), customer: entry[1]?.(finding) ?? null, documented: true };
}
