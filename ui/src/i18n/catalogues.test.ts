import { describe, expect, it } from "vitest";
import en from "../../messages/en.json";
import fr from "../../messages/fr.json";

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
    for (const key of keys) for (const text of [...texts(french[key]), ...texts(english[key])]) expect(text, key).not.toMatch(/\p{L}'\p{L}/u);
  });
});
