import type { Backend } from "../backend";
import type { CertificateView } from "../generated/CertificateView";
import type { CheckHeadline } from "../generated/CheckHeadline";
import type { CheckLine } from "../generated/CheckLine";
import type { ClaimTie } from "../generated/ClaimTie";
import type { FileCheck } from "../generated/FileCheck";
import type { TrustView } from "../generated/TrustView";
import { fakeCheck } from "./packs";
import { picture } from "./pictures";
import type { Stage } from "./stage";

const good: CheckLine = { state: "good", findings: [] };

function certificate(name: string, isAuthority: boolean): CertificateView {
  return {
    name,
    organisation: "Docaposte (exemple)",
    subject: `CN=${name}, O=Docaposte (exemple), C=FR`,
    issuer: "CN=Autorité d’exemple, C=FR",
    issuer_name: "Autorité d’exemple",
    serial: "7b31f0",
    not_before: "2026-01-01T00:00:00.000Z",
    not_after: "2029-01-01T00:00:00.000Z",
    key: "P-256",
    is_authority: isAuthority,
    states_qualified: false,
    states_secure_device: false,
    sha256: (isAuthority ? "5e" : "4d").repeat(32),
  };
}

const ANCHOR = certificate("Autorité d’exemple", true);

/** A container with one of the outcomes that a check can have. */
export function fakeContainer(headline: CheckHeadline, checkedAt: number, tie: ClaimTie | null = null): FileCheck {
  const trusted = headline === "passed";
  const altered = headline === "altered";
  const partly = headline === "partly_signed";
  const failed = headline === "failed";
  const etsi = trusted ? "TOTAL-PASSED" : altered ? "TOTAL-FAILED / HASH_FAILURE" : failed ? "TOTAL-FAILED / NOT_YET_VALID" : "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND";
  const at = "2026-11-20T09:14:00.000Z";
  const changed: CheckLine = {
    state: "bad",
    findings: [{ code: "file_altered", state: "bad", sentence: { fr: "Le contenu de identity-claim.json ne correspond pas à la signature.", en: "The content of identity-claim.json does not match the signature." } }],
  };
  const bare: CheckLine = {
    state: "warning",
    findings: [{ code: "file_not_signed", state: "warning", sentence: { fr: "Aucune signature ne couvre photo.jpg.", en: "No signature covers photo.jpg." } }],
  };
  const early: CheckLine = {
    state: "bad",
    findings: [{ code: "certificate_not_yet_valid", state: "bad", sentence: { fr: "Le certificat du signataire n’est valable qu’à partir du 01/01/2026 00:00:00 UTC.", en: "The signer’s certificate is valid only from 1 Jan 2026 00:00:00 UTC." } }],
  };
  const unknown: CheckLine = {
    state: "unknown",
    findings: [{ code: "trust_store_empty", state: "unknown", sentence: { fr: "Aucun certificat de confiance n’est configuré\u202f: ajoutez celui de l’autorité que vous attendez.", en: "No trusted certificate is configured: add the one of the authority you expect." } }],
  };
  return {
    check_id: `container ${headline} ${trusted}`,
    file_name: "REF-1042_idclaim.asice",
    size: "18231",
    checked_at: new Date(checkedAt).toISOString(),
    found: {
      kind: "container",
      verdict: {
        headline,
        etsi,
        reason: trusted ? null : failed ? { fr: "le certificat n’était pas encore valable", en: "the certificate was not valid yet" } : { fr: "aucune autorité de confiance configurée ne mène au signataire", en: "no configured trusted authority leads to the signer" },
        container: good,
        integrity: altered ? changed : partly ? bare : good,
        signature: good,
        trust: trusted ? good : failed ? early : unknown,
        coverage: partly ? "partial" : altered ? "none" : "full",
        files: [
          { name: "identity-claim.json", size: "1204", sha256: "d4".repeat(32), media_type: "application/json", state: altered ? "altered" : "signed", signed_by: altered ? [] : [0], preview: "text" },
          ...(partly ? [{ name: "photo.jpg", size: "48120", sha256: "e5".repeat(32), media_type: null, state: "not_signed" as const, signed_by: [], preview: "picture" as const }] : []),
        ],
        signatures: [
          {
            etsi,
            state: trusted ? "good" : altered || failed ? "bad" : "unknown",
            file: "META-INF/signatures0.xml",
            form: "XAdES baseline T",
            algorithm: "ECDSA, SHA-256",
            signer: certificate("Cachet ID360 (exemple)", false),
            chain: [certificate("Cachet ID360 (exemple)", false), ANCHOR],
            anchor: trusted ? { name: ANCHOR.name, source: "autorite.pem", added_at: "2026-11-22T10:00:00.000Z", added_by: "conformite@exemple.test" } : null,
            claimed_at: at,
            proven_at: trusted ? "2026-11-20T09:14:03.000Z" : null,
            time_stamps: [{ at: "2026-11-20T09:14:03.000Z", is_proven: trusted, authority: certificate("Horodatage d’exemple", false), findings: [] }],
            findings: trusted ? [] : altered ? changed.findings : failed ? early.findings : unknown.findings,
            roles: [],
            place: [],
            value_sha256: "f6".repeat(32),
          },
        ],
        sha256: "c7".repeat(32),
        revocation: "required",
        trust_store: { is_open: true, signers: trusted ? 1 : 0, time_stamp_authorities: trusted ? 1 : 0, changed_at: trusted ? "2026-11-22T10:00:00.000Z" : null },
        tie,
      },
    },
  };
}

type Commands =
  | "checkFile"
  | "checkDroppedFile"
  | "checkAgain"
  | "judgeClaim"
  | "readCheckedText"
  | "saveCheckedFile"
  | "saveCheckReport"
  | "getTrust"
  | "addTrusted"
  | "removeTrusted"
  | "setRevocationRule"
  | "checkedPictureUrl";

export function checkingCommands(stage: Stage): Pick<Backend, Commands> {
  let trust: TrustView = { certificates: [], revocation: "required" };
  const headline = (): CheckHeadline => (trust.certificates.length > 0 ? "passed" : "sound_untrusted");
  const saved = (name: string) => ({ folder: "Documents", files: [{ name, size: "1204", sha256: "d4".repeat(32), hash: "not_stated" as const }], failed: [] });
  const pack = () => fakeCheck(stage.scenario.pack.state, stage.scenario.pack.own_key, stage.now());
  return {
    checkFile: (intentId) => stage.long("checkFile", intentId, [], 1, () => (stage.scenario.check === "pack" ? pack() : fakeContainer(stage.scenario.check, stage.now()))),
    checkDroppedFile: (intentId) => stage.long("checkDroppedFile", intentId, [], 1, pack),
    checkAgain: (intentId, checkId) => stage.long("checkAgain", intentId, [checkId], 1, () => fakeContainer(headline(), stage.now())),
    judgeClaim: (intentId, id) =>
      stage.long("judgeClaim", intentId, [id], 1, () => fakeContainer(headline(), stage.now(), { dossier_id: id, environment_kind: "sandbox", named: "number", file: "identity-claim.json", signer: trust.certificates.length > 0 ? "under_expected_authority" : "unknown", ...stage.scenario.tie })),
    readCheckedText: (checkId, position) => stage.answer("readCheckedText", [checkId, position], () => ({ text: '{\n  "type": "identity-claim",\n  "enrollment": 4711\n}\n', is_cut: false })),
    saveCheckedFile: (intentId, checkId, position) => stage.long("saveCheckedFile", intentId, [checkId, position], 1, () => saved("identity-claim.json")),
    saveCheckReport: (intentId, checkId, form) => stage.long("saveCheckReport", intentId, [checkId, form], 1, () => saved(`REF-1042_idclaim_verification.${form}`)),
    getTrust: () => stage.answer("getTrust", [], () => trust),
    addTrusted: (intentId, role) =>
      stage.long("addTrusted", intentId, [role], 1, () => {
        const added = { role, certificate: ANCHOR, is_expired: false, source: "autorite.pem", added_at: new Date(stage.now()).toISOString(), added_by: "conformite@exemple.test" };
        trust = { ...trust, certificates: [...trust.certificates.filter((one) => one.role !== role), added] };
        return trust;
      }),
    removeTrusted: (role, sha256) =>
      stage.answer("removeTrusted", [role, sha256], () => {
        trust = { ...trust, certificates: trust.certificates.filter((one) => one.role !== role || one.certificate.sha256 !== sha256) };
        return trust;
      }),
    setRevocationRule: (rule) =>
      stage.answer("setRevocationRule", [rule], () => {
        trust = { ...trust, revocation: rule };
        return trust;
      }),
    checkedPictureUrl: () => picture("1", 0),
  };
}
