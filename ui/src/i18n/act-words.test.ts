import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ACT_GROUPS, actWord } from "./act-words";
import { speak } from "./language";

const source = readFileSync("../src-tauri/crates/dossiers/src/act.rs", "utf8");
const written = Array.from(source.matchAll(/^ {4}\w+ = "(\w+)",$/gm), ([, word]) => word ?? "");

describe("the words of acts", () => {
  it("cover every act that the register can write, once, and no other", () => {
    expect(written.length).toBeGreaterThan(30);
    expect(ACT_GROUPS.flatMap(({ acts }) => acts.map(([word]) => word)).sort()).toEqual(written.sort());
  });

  it("differ from the register's own words, in each language", () => {
    for (const language of ["fr", "en"] as const) {
      speak(language);
      for (const word of written) expect(actWord(word)).not.toBe(word);
    }
  });
});
