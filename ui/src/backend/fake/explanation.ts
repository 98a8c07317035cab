import { FIRST_NAME_DIFFERS } from "./comparison";
import type { ExplanationView } from "../generated/ExplanationView";
import type { FindingView } from "../generated/FindingView";

const ROOT = "$.finalizer_reports.validator_report";

const EXPIRED: FindingView = {
  code: "VLD_ID_INVALID",
  source: "status_code",
  category: "document_validity",
  statement: "document_expired",
  saying: "expired",
  next: "other_document",
  message: "the ID document id_document_result of type CIF is expired",
  description: null,
  where_: "validation",
  of_another_document: false,
  rule: "IDENTITY_DOCUMENT.expired",
  values: ["expiration_date: 2023-03-10"],
  expired_on: "2023-03-10",
  document_type: "ID",
  compared: null,
  json_path: "$.all_status_codes[0]",
  also_at: [`${ROOT}.validations[2]`, "$.documents.identity[0].status"],
};

const FINDINGS: FindingView[] = [
  EXPIRED,
  {
    ...EXPIRED,
    code: "IDENTITY.FIRST_NAME.first_name",
    source: "comparison",
    category: "identity_mismatch",
    statement: "first_name_differs",
    saying: "first_name",
    next: "compare_and_correct",
    message: null,
    rule: null,
    values: ["first_name: Jéan Marc", "first_name: JEAN-MARC"],
    expired_on: null,
    document_type: null,
    compared: FIRST_NAME_DIFFERS,
    json_path: `${ROOT}.comparisons[0]`,
    also_at: [],
  },
  {
    ...EXPIRED,
    code: "MDL_CHALLENGE_NOT_MET",
    source: "step",
    category: "face",
    statement: "liveness_missed",
    saying: "face",
    next: "better_photos",
    message: "liveness challenge not met",
    where_: "liveness$1",
    rule: null,
    values: [],
    expired_on: null,
    document_type: null,
    json_path: "$.steps['liveness$1'].status_codes[0]",
    also_at: [],
  },
  {
    ...EXPIRED,
    code: "XYZ_NEW_CODE",
    category: "unknown",
    statement: "undocumented",
    saying: "incident",
    next: "copy_for_support",
    message: "Some new wording",
    where_: "ID360",
    rule: null,
    values: [],
    expired_on: null,
    document_type: null,
    json_path: "$.all_status_codes[1]",
    also_at: [],
  },
];

/** A KO with causes of each kind and with parts that nobody knows; an OK with nothing but what passed. */
export function explanation(ok: boolean): ExplanationView {
  return {
    findings: ok ? [] : FINDINGS,
    sayings: ok ? [] : ["expired", "first_name", "face"],
    next_steps: ok ? [] : ["other_document", "compare_and_correct", "better_photos", "copy_for_support"],
    passed: [
      { rule: "IDENTITY_DOCUMENT.mrz", description: "Checks MRZ validity", json_path: `${ROOT}.validations[0]` },
      { rule: "IDENTITY.NAME.name", description: "Checks the expected last name (used name)", json_path: `${ROOT}.validations[1]` },
    ],
    previous: ok ? [] : [{ ...EXPIRED, code: "IDENTITY_DOCUMENT.expired", source: "validation", rule: null, expired_on: null, document_type: null, json_path: "$.previous_reports.validator_report.validations[0]", also_at: [] }],
    unexplained: ok ? [] : [{ json_path: "$.device_report.checks[0].is_single_device", value: "false", count: 2 }],
    unknown: ok ? [] : [{ json_path: "$.device_report", value: '{"checks":[{"is_single_device":false},{"is_single_device":false}]}', count: 1 }],
  };
}
