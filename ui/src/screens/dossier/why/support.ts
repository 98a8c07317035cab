import type { ExplanationView } from "../../../backend/generated/ExplanationView";
import type { FindingView } from "../../../backend/generated/FindingView";
import type { ReportView } from "../../../backend/generated/ReportView";

/** The cause as it is sent to support: ID360's words and the place, no sentence of ours, no value of the person. */
export function causeForSupport({ code, where_, message, json_path }: FindingView): string {
  return [code, where_, message, json_path].filter(Boolean).join("\n");
}

/** Every cause; where there is none, only the report itself can be looked into. */
export function reportForSupport({ explanation, masked_json }: ReportView): string {
  return isBare(explanation) ? masked_json : explanation.findings.map(causeForSupport).join("\n\n");
}

/** The report names no cause. */
export const isBare = ({ findings }: ExplanationView): boolean => findings.length === 0;
