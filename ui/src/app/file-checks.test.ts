import { describe, expect, it } from "vitest";
import type { Backend } from "../backend/backend";
import type { FileCheck } from "../backend/generated/FileCheck";
import { fakeBackend } from "../backend/fake";
import { fakeContainer } from "../backend/fake/checking";
import { PLAIN } from "../backend/fake/scenario";
import { FileChecks } from "./file-checks";
import { LongActs } from "./long-acts/LongActs";

const OTHER: FileCheck = { check_id: "1", file_name: "REF-1042.zip", size: "10", checked_at: "2026-02-03T09:14:00Z", found: { kind: "other" } };

function held(check = OTHER) {
  const backend: Backend = fakeBackend(PLAIN);
  let answer: (check: FileCheck) => void = () => undefined;
  backend.checkFile = () => new Promise((resolve) => (answer = resolve));
  const checks = new FileChecks(backend, new LongActs(backend));
  backend.checkDroppedFile = () => Promise.resolve({ ...check, check_id: "2", file_name: "REF-2000.zip" });
  backend.checkAgain = (_intentId, id) => Promise.resolve({ ...check, check_id: `${id} again` });
  return { checks, arrive: () => answer(check), check };
}

describe("a file check", () => {
  it("is shown when it ends", async () => {
    const { checks, arrive, check } = held();
    const run = checks.choose();
    arrive();
    await run;
    expect(checks.now()).toEqual({ check, running: false });
  });

  it("is followed by that of a file that was dropped meanwhile", async () => {
    const { checks, arrive } = held();
    const run = checks.choose();
    await checks.dropped();
    arrive();
    await run;
    expect(checks.now()).toMatchObject({ check: { file_name: "REF-2000.zip" }, running: false });
  });

  it("is followed by none once the desk was left", async () => {
    const { checks, arrive } = held();
    const run = checks.choose();
    await checks.dropped();
    checks.clear();
    arrive();
    await run;
    expect(checks.now()).toEqual({ check: null, running: false });
  });

  it("of a container is done again at its end when trust changed meanwhile", async () => {
    const { checks, arrive } = held({ ...fakeContainer("passed", 0), check_id: "1" });
    const run = checks.choose();
    await checks.again();
    arrive();
    await run;
    expect(checks.now()).toMatchObject({ check: { check_id: "1 again" }, running: false });
  });

  it("of anything but a container is not done again, whomever the desk trusts", async () => {
    const { checks, arrive, check } = held();
    const run = checks.choose();
    arrive();
    await run;
    await checks.again();
    expect(checks.now()).toEqual({ check, running: false });
  });

  it("that ends after the desk was left shows nothing", async () => {
    const { checks, arrive } = held();
    const run = checks.choose();
    checks.clear();
    arrive();
    await run;
    expect(checks.now()).toEqual({ check: null, running: false });
  });
});
