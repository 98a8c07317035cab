import { describe, expect, it } from "vitest";
import en from "../../messages/en.json";
import fr from "../../messages/fr.json";
import { m } from "../paraglide/messages";
import { speak } from "./language";

const SOURCES = import.meta.glob<string>(["/src/**/*.{ts,tsx}", "!/src/paraglide/**", "!/src/backend/generated/**", "!/src/**/*.test.*"], { query: "?raw", import: "default", eager: true });

/** Every text of an entry: one sentence, or the variants of a plural. */
function texts(entry: unknown): string[] {
  if (typeof entry === "string") return [entry];
  return (entry as { match: Record<string, string> }[]).flatMap(({ match }) => Object.values(match));
}

function placeholders(entry: unknown): string[] {
  const names = texts(entry).flatMap((text) => Array.from(text.matchAll(/\{(\w+)\}/g), (found) => found[1] ?? ""));
  return Array.from(new Set(names)).sort();
}

const keys = Object.keys(fr).filter((key) => key !== "$schema");
const french = fr as Record<string, unknown>;
const english = en as Record<string, unknown>;
const NARROW = "\u202f";

describe("the two catalogues", () => {
  it("have the same sentences", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort());
  });

  it("take the same values in each sentence", () => {
    for (const key of keys) expect(placeholders(english[key]), key).toEqual(placeholders(french[key]));
  });

  it("leave no sentence empty", () => {
    for (const key of keys) for (const text of [...texts(french[key]), ...texts(english[key])]) expect(text.trim(), key).not.toBe("");
  });

  it("put a narrow no-break space before the double signs and inside the quotes, in French", () => {
    for (const key of keys) {
      for (const text of texts(french[key])) {
        const bare = text.replace(/https?:\/\/\S+/g, "");
        expect(bare, key).not.toMatch(new RegExp(`[^${NARROW}][;!?»](\\s|$|\\.)`));
        expect(bare, key).not.toMatch(new RegExp(`[^${NARROW}]:(\\s|$)`));
        expect(bare, key).not.toMatch(new RegExp(`«[^${NARROW}]`));
      }
    }
  });

  it("never ask «veuillez», never say «oups», never blame with «invalide» alone", () => {
    for (const key of keys) {
      for (const text of texts(french[key])) expect(text, key).not.toMatch(/veuillez|oups|^invalide/i);
      for (const text of texts(english[key])) expect(text, key).not.toMatch(/please|oops|^invalid/i);
    }
  });

  it("use typographic apostrophes", () => {
    for (const key of keys) for (const text of [...texts(french[key]), ...texts(english[key])]) expect(text, key).not.toMatch(/[\p{L}\d]'\p{L}/u);
  });

  it("have no sentence that nothing says", () => {
    const said = new Set(Object.values(SOURCES).flatMap((source) => Array.from(source.matchAll(/\bm\.(\w+)/g), ([, key]) => key)));
    expect(keys.filter((key) => !said.has(key))).toEqual([]);
  });
});

describe("a sentence", () => {
  it("with two numbers has each word follow the number before it", () => {
    const pack = { file: "a.zip", folder: "Bureau", size: "2 Ko" };
    expect(m.proofs_kept({ count: 1, n: "1", size: "2 Ko" })).toBe("1 pièce gardée ici, 2 Ko");
    expect(m.proofs_pack_incomplete({ ...pack, n: "1", count: 2 })).toContain("1 pièce, 2 Ko. Marqué incomplet\u202f: 2 pièces manquent");
    expect(m.proofs_pack_incomplete({ ...pack, n: "1\u202f204", count: 1 })).toContain("1\u202f204 pièces, 2 Ko. Marqué incomplet\u202f: 1 pièce manque");
    expect(m.proofs_verified_bad({ date: "hier", n: "1", count: 1 })).toContain("1 fichier relu, 1 ne correspond plus");
    expect(m.proofs_verify_damaged({ n: "40", count: 1 })).toContain("40 fichiers relus\u202f: 1 ne correspond plus");
    speak("en");
    expect(m.proofs_kept({ count: 1, n: "1", size: "2 kB" })).toBe("1 piece kept here, 2 kB");
    expect(m.proofs_verify_damaged({ n: "1,204", count: 1 })).toContain("1,204 files read again: 1 is no longer");
    expect(m.proofs_verify_damaged({ n: "1", count: 1 })).toContain("1 file read again");
  });

  it("about a single match does not speak of several", () => {
    const one = { count: 1, n: "1" };
    expect(m.selection_all(one)).toBe("Tout ce qui correspond (1)");
    expect(m.selection_take_all(one)).toBe("Sélectionner tout ce qui correspond (1)");
    expect(m.selection_all({ count: 2, n: "2" })).toBe("Tous les 2 correspondants");
    speak("en");
    expect(m.selection_all(one)).toBe("All that match (1)");
    expect(m.selection_take_all(one)).toBe("Select all that match (1)");
  });

  it("with a moment reads as well with a date as with a time alone", () => {
    for (const time of ["09:14", "02/02/2026 22:14"]) {
      expect(m.chain_intact({ time })).not.toContain(`jusqu’à ${time}`);
      expect(m.chain_broken({ time })).not.toContain(`après ${time}`);
    }
    expect(m.proofs_retry_at({ time: "03/02/2026 09:14" })).toBe("nouvel essai le 03/02/2026 09:14");
  });
});
