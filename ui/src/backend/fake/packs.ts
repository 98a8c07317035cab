import type { Backend } from "../backend";
import type { FileCheck } from "../generated/FileCheck";
import type { PackOutcome } from "../generated/PackOutcome";
import type { PackState } from "../generated/PackState";
import type { PackTroubleView } from "../generated/PackTroubleView";
import type { Stage } from "./stage";

const FINGERPRINT = "324b e2de a8bc 4446 1b02 33e5 1fa4 8902 ed6b 1cc6 71e7 739a f255 1e0b fe68 f54e";
const RECTO = "REF-1042/originaux/REF-1042_recto.jpg";

const made = (file_name: string, dossiers: number, missing: PackOutcome["missing_pieces"]): PackOutcome => ({
  file_name,
  folder: "Documents",
  size: "1482210",
  dossiers,
  pieces: dossiers * 4 - missing.length,
  missing: missing.length,
  missing_pieces: missing,
  fingerprint: FINGERPRINT,
});

/** A file checked with one of the outcomes that a pack can have. */
export function fakeCheck(state: PackState, ownKey: boolean | null, checkedAt: number): FileCheck {
  const troubles: PackTroubleView[] =
    state === "altered" ? [{ code: "file_altered", path: RECTO }] : state === "unreadable" ? [{ code: "manifest_unreadable", path: null }] : [];
  const missing = state === "incomplete" ? ["REF-1042_idclaim.asice"] : [];
  return {
    check_id: `pack ${state}`,
    file_name: "REF-1042_preuves.zip",
    size: "1482210",
    checked_at: new Date(checkedAt).toISOString(),
    found: {
      kind: "pack",
      verdict: {
        state,
        container: state === "unreadable" ? "unreadable" : state === "repacked" || state === "altered" ? "not_sealed" : "sealed",
        signature: state === "unreadable" ? "missing" : "good",
        fingerprint: state === "unreadable" ? null : FINGERPRINT,
        own_key: ownKey,
        about:
          state === "unreadable"
            ? null
            : {
                made_at: "2026-11-23T03:31:18.000Z",
                made_by: "conformite@exemple.test",
                program: "ID360 Desk 0.1.0",
                complete: missing.length === 0,
                dossiers: [
                  {
                    folder: "REF-1042",
                    reference: "REF-1042",
                    enrollment_id: "4711",
                    id: null,
                    environment_kind: "sandbox",
                    status: { word: "KO", known: "KO", is_final: true },
                    missing,
                  },
                ],
                dossiers_total: 1,
              },
        files:
          state === "unreadable"
            ? []
            : [
                { path: RECTO, size: "812345", sha256: "a1".repeat(32), state: state === "altered" ? "altered" : "whole" },
                { path: "REF-1042/originaux/REF-1042_rapport.json", size: "38412", sha256: "b2".repeat(32), state: "whole" },
                { path: "REF-1042/REF-1042_a-lire.pdf", size: "47345", sha256: "c3".repeat(32), state: "whole" },
              ],
        files_total: state === "unreadable" ? 0 : 3,
        troubles,
      },
    },
  };
}

export function packCommands(stage: Stage): Pick<Backend, "makePack" | "makePacks"> {
  return {
    makePack: (intentId, id) => stage.long("makePack", intentId, [id], 1, () => made("REF-1042_preuves.zip", 1, [])),
    makePacks: (intentId, selection) =>
      stage.long("makePacks", intentId, [selection], 40, () =>
        made("dossiers_2026-11-23_preuves.zip", 40, [{ dossier_id: "1", label: "REF-1042", name: "REF-1042_recto.jpg", reason: "gone" }]),
      ),
  };
}
