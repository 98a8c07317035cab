import { beforeEach, describe, expect, it } from "vitest";
import type { Formats } from "../format";
import { speak } from "../language";
import { detailWords } from "./detail";

const names = { environment: (id: string) => (id === "sandbox" ? "Bac à sable" : id), process: (id: string) => (id === "p-1" ? "Agence" : id) };
const f = { number: String, bytes: (size: string) => `${size} o`, date: (instant: string) => instant.slice(0, 10) } as unknown as Formats;
const HASH = "ab".repeat(32);
/** What the register writes, act by act. */
const WRITTEN: [string, string][] = [
  ["created", "900003"],
  ["link_shown", "fr"],
  ["link_copied", "sms, en"],
  ["expected_added", "last_name"],
  ["expected_pushed", "last_name NOT_PROCESSED"],
  ["status_changed", "KO"],
  ["report_asked", "draft"],
  ["report_kept", "archived"],
  ["restored", "12"],
  ["tagged", "300"],
  ["saved", "ReportMasked"],
  ["saved", "document 7f3a page 2"],
  ["saved", `container sha256=${HASH} entry=3`],
  ["saved", "pack key=abcd verification=pdf"],
  ["viewed", "document 7f3a page 1 sheet 2 thumbnail"],
  ["viewed", "document 7f3a page 0 video"],
  ["viewed", `container sha256=${HASH} entry=3`],
  ["revealed", "list"],
  ["exported", "rows=12 format=xlsx personal=true columns=reference name"],
  ["imported", "sandbox added=3 completed=1 numbers=880001-880004"],
  ["signed_in", "sandbox, application"],
  ["sign_in_refused", "sandbox, user, credentials_refused"],
  ["locked", "idle"],
  ["lock_opened", "passphrase"],
  ["policy_changed", "sandbox/ 5/7/60, sandbox/p-1 -"],
  ["policy_changed", `organisation: in force, sha256 ${HASH}`],
  ["capture_policy_changed", "sandbox/p-1 full+video"],
  ["settings_changed", "notifications off"],
  ["settings_changed", "mask_names false to true"],
  ["settings_changed", "play_videos true to false"],
  ["settings_changed", "journal_months 12 to 6"],
  ["settings_changed", "environment sandbox changed: base_url deadlines"],
  ["settings_changed", "process p-1 removed"],
  ["journal_pruned", "640 2026-01-05T10:00:00Z"],
  ["journal_exported", "filtered"],
  ["journal_verified", "intact, 640 entries"],
  ["journal_verified", "broken at 12"],
  ["backed_up", "20260203T100000000000Z-daily.sqlite"],
  ["rekeyed", `640 ${HASH} !12`],
  ["restored_backup", `register-2026-02-03.db 640 ${HASH}`],
  ["warned", "sandbox documents day=3 dossiers=4"],
  ["captured", `document 7f3a page 1, 48213 bytes, SHA-256 ${HASH}`],
  ["capture_ended", "incomplete; document 7f3a page 2: document_gone; id_claim: no_id_claim"],
  ["evidence_verified", "640 checked, 2 not whole"],
  ["evidence_damaged", "report: altered"],
  ["decided", "more_wanted"],
  ["pack_made", "dossiers=2 missing=1 key=abcd"],
  ["file_verified", `container INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND sha256=${HASH}`],
  ["file_verified", "pack repacked key=abcd"],
  ["return_refused", "unknown_address, 3"],
  ["trust_changed", `added time_stamps sha256=${HASH}`],
  ["trust_changed", "revocation embedded"],
];

describe.each(["fr", "en"] as const)("details of the journal, %s", (language) => {
  beforeEach(() => speak(language));
  const said = (act: string, detail: string) => detailWords({ act, detail }, f, names);

  it("says every detail that the register writes in words of its own", () => {
    for (const [act, detail] of WRITTEN) {
      const words = said(act, detail);
      expect(words, `${act} ${detail}`).not.toBeNull();
      expect(words).not.toBe(detail);
      expect(words, `${act} ${detail}`).not.toMatch(/=|undefined/);
    }
  });

  it("leaves a text that it does not know to itself", () => {
    for (const [act, detail] of [["viewed", "something new"], ["settings_changed", "colour red"], ["policy_changed", "a b c"], ["brand_new_act", "12"], ["unlocked", ""]] as const) {
      expect(said(act, detail), `${act} ${detail}`).toBeNull();
    }
  });
});

describe("a page", () => {
  it.each([
    ["viewed", "document 7f3a page 0"],
    ["saved", "document 7f3a page 0"],
    ["captured", `document 7f3a page 0, 48213 bytes, SHA-256 ${HASH}`],
    ["evidence_damaged", "document 7f3a page 0: altered"],
  ])("is numbered as the viewer numbers it, the first one by 1 (%s)", (act, detail) => {
    speak("fr");
    expect(detailWords({ act, detail }, f, names)).toContain("7f3a, page 1");
  });
});

describe("a file of a container", () => {
  it.each(["viewed", "saved"])("is numbered from 1, as people count (%s)", (act) => {
    speak("fr");
    expect(detailWords({ act, detail: `container sha256=${HASH} entry=0` }, f, names)).toContain("n° 1");
  });
});

describe("a changed setting", () => {
  it("names the environment and its fields as their form does, never what they hold", () => {
    speak("fr");
    const words = detailWords({ act: "settings_changed", detail: "environment sandbox changed: base_url deadlines" }, f, names);
    expect(words).toBe("Environnement Bac à sable\u202f: modifié (Adresse de l’API, délais).");
  });
});
