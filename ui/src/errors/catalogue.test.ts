import { describe, expect, it } from "vitest";
import { speak } from "../i18n/language";
import type { ErrorCode } from "../backend/generated/ErrorCode";
import { entryFor, ERRORS } from "./catalogue";

const codes = Object.keys(ERRORS) as ErrorCode[];
const sentence = (code: ErrorCode, params: Record<string, string> = {}) => entryFor({ code, params, retryable: false, trace_id: "t" }).sentence(params);

describe("the error catalogue", () => {
  it("has a sentence of its own for every code, in each language", () => {
    for (const language of ["fr", "en"] as const) {
      speak(language);
      const sentences = codes.map((code) => sentence(code));
      expect(new Set(sentences).size).toBe(codes.length);
      for (const text of sentences) expect(text).toMatch(/\.$/);
    }
  });

  it("says another thing in French and in English", () => {
    for (const code of codes) {
      speak("fr");
      const french = sentence(code);
      speak("en");
      expect(sentence(code), code).not.toBe(french);
    }
  });

  it("keeps codes out of the sentences", () => {
    for (const code of codes) expect(sentence(code)).not.toContain(code.includes("_") ? code : `«${code}»`);
  });

  it("tells how long to wait when Rust knows it", () => {
    expect(sentence("account_blocked", { seconds: "90" })).toContain("90");
    expect(sentence("truncated_document", { received: "10", expected: "4000" })).toContain("10 sur 4000 octets");
  });

  it("names the line of an import that the register contradicts", () => {
    speak("fr");
    expect(sentence("other_api_key", { line: "5", number: "880001" })).toMatch(/^Ligne 5, dossier 880001/);
  });

  it("shows a code of a newer Rust half as an internal error rather than nothing", () => {
    expect(sentence("brand_new" as ErrorCode)).toBe(sentence("internal"));
  });
});
