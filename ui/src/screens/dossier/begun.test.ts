import { describe, expect, it } from "vitest";
import { Begun } from "./begun";

const APPLICATION = "production agence-12";
const USER = "production conformite@exemple.test";

function begun(accounts: string[]) {
  const typed = new Begun();
  typed.seat(accounts);
  typed.write("1", { note: "Vue au guichet." });
  return typed;
}

describe("what was typed about a dossier", () => {
  it("is that dossier's alone", () => {
    const typed = begun([USER]);
    expect(typed.read("1").note).toBe("Vue au guichet.");
    expect(typed.read("2").note).toBe("");
  });

  it("stays with the person who goes on with the other of their accounts", () => {
    const typed = begun([APPLICATION, USER]);
    typed.seat([USER]);
    expect(typed.read("1").note).toBe("Vue au guichet.");
  });

  it.each<[string, string[]]>([["nobody", []], ["another person", ["production autre@exemple.test"]]])("is forgotten where %s sits", (_who, accounts) => {
    const typed = begun([USER]);
    typed.seat(accounts);
    expect(typed.read("1").note).toBe("");
  });
});
