import type { ReportView } from "../generated/ReportView";
import type { StepView } from "../generated/StepView";
import { comparisons, EXTRACTED, MRZ } from "./comparison";
import { explanation } from "./explanation";
import type { Person } from "./people";

function step(name: string, ok: boolean, at: number, codes: string[] = []): StepView {
  const known = ok ? ("OK" as const) : ("KO" as const);
  return {
    name,
    family: name.replace(/\$\d+$/, ""),
    status: { word: known, known, is_final: true },
    started_at: new Date(at).toISOString(),
    finished_at: new Date(at + 9_000).toISOString(),
    codes,
  };
}

/** A read report with pictures, findings when KO, and a JSON already masked. */
export function report(known: "OK" | "KO", who: Person, created: number, finished: number | null): ReportView {
  const ok = known === "OK";
  const end = finished ?? created;
  const masked = {
    version: 2,
    status: known,
    identity: { name: who.last_name, first_name: who.first_name, birth_date: "1978-02-14" },
    enrollment: { callback_headers: [{ name: "api-key", value: "••••" }] },
  };
  return {
    kind: "final",
    read_at: new Date(end + 60_000).toISOString(),
    version: 2,
    status: { word: known, known, is_final: true },
    identity_status: known,
    identity_contradicts: false,
    reason: ok ? null : "1 validations failed: IDENTITY_DOCUMENT.expired. max allowed: 0",
    level: "LOW",
    id_verification_service: "SVID_ID360",
    started_at: new Date(created + 120_000).toISOString(),
    finished_at: new Date(end).toISOString(),
    identity: [
      { key: "name", value: who.last_name, doubtful: false },
      { key: "first_name", value: who.first_name, doubtful: false },
      { key: "birth_date", value: ok ? "1978-02-14" : "2063-02-14", doubtful: !ok },
      { key: "gender", value: "F", doubtful: false },
      { key: "birth_place", value: "VILLE-EXEMPLE", doubtful: false },
      { key: "address", value: "12 RUE DES ESSAIS", doubtful: false },
    ],
    steps: [
      step("id_document", ok, created + 130_000, ok ? [] : ["VLD_ID_INVALID"]),
      step("facecomparison", true, created + 140_000),
      step("liveness$0", true, created + 150_000),
      step("liveness$1", ok, created + 160_000, ok ? [] : ["MDL_CHALLENGE_NOT_MET"]),
    ],
    extracted: EXTRACTED,
    comparisons: comparisons(who, ok),
    mrz: MRZ,
    explanation: explanation(ok),
    documents: [
      {
        name: "id_document_image",
        family: "identity",
        status: ok ? "VALID" : "INVALID",
        pages: [
          { document_id: "900101", page_number: 0, side: "recto", hash_stated: true },
          { document_id: "900101", page_number: 1, side: "verso", hash_stated: true },
        ],
      },
      { name: "selfie_image", family: "selfie", status: "COLLECTED", pages: [{ document_id: "900103", page_number: 0, side: "other", hash_stated: true }] },
      { name: "proof_of_address_image", family: "proof_of_address", status: "VALID", pages: [{ document_id: "900110", page_number: 0, side: "other", hash_stated: false }] },
      { name: "liveness_video$0", family: "liveness", status: "COLLECTED", pages: [{ document_id: "900104", page_number: 0, side: "other", hash_stated: true }] },
    ],
    has_signature: false,
    masked_json: JSON.stringify(masked, null, 2),
  };
}
