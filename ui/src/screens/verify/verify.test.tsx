import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { fakeCheck } from "../../backend/fake/packs";
import { click, dossierId, open } from "../../test/desk";

const verdict = async () => (await screen.findByTestId("verdict")).dataset["verdict"];
const states = () => ["container", "integrity", "signature", "trust"].map((line) => screen.getByTestId(`line-${line}`).dataset["state"]);

describe("verifying a file", () => {
  it("says in words and four lines what a container is worth, and that nobody is trusted yet", async () => {
    const { user } = open({}, "/verify");
    await click(user, "choose-file");
    expect(await verdict()).toBe("sound_untrusted");
    expect(states()).toEqual(["good", "good", "good", "unknown"]);
    expect(screen.getByTestId("line-trust").textContent).toContain("Aucun certificat de confiance");
    expect(screen.getByTestId("etsi").textContent).toBe("INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND");
  });

  it("keeps what the signer claims apart from what is proven", async () => {
    const { user } = open({ check: "passed" }, "/verify");
    await click(user, "choose-file");
    expect((await screen.findByTestId("claimed")).textContent).toContain("selon le signataire seul");
    expect(screen.getByTestId("proven").textContent).toContain("horodatage de confiance");
  });

  it("is never green over a file that nobody signed", async () => {
    const { user } = open({ check: "partly_signed" }, "/verify");
    await click(user, "choose-file");
    expect(await verdict()).toBe("partly_signed");
    expect(screen.getByTestId("verdict").className).not.toContain("good");
    expect(screen.getAllByTestId("inside-file").map(({ dataset }) => dataset["state"])).toEqual(["signed", "not_signed"]);
  });

  it("tells what to do with a file that was changed", async () => {
    const { user } = open({ check: "altered" }, "/verify");
    await click(user, "choose-file");
    expect(await verdict()).toBe("altered");
    expect(screen.getByTestId("verdict").textContent).toContain("prévenez la conformité");
  });

  it("calls a signature that the standard fails neither correct nor open", async () => {
    const { user } = open({ check: "failed" }, "/verify");
    await click(user, "choose-file");
    expect(await verdict()).toBe("failed");
    expect(screen.getByTestId("verdict").className).toContain("error");
    expect(screen.getByTestId("verdict").textContent).toContain("n’était pas encore valable");
  });

  it("is green over a whole pack only where this desk sealed it", async () => {
    for (const [own_key, tone, said] of [
      [true, "callout-good", "Dossier de preuve intact et complet."],
      [false, "callout-attention", "scellé par une clé que ce poste ne connaît pas"],
      [null, "callout-attention", "scellé par une clé que ce poste ne connaît pas"],
    ] as const) {
      const { backend } = open({ pack: { state: "whole", own_key } }, "/verify");
      await screen.findByTestId("choose-file");
      backend.control.drop("REF-1042_preuves.zip");
      expect(await verdict()).toBe("whole");
      expect(screen.getByTestId("verdict").className).toContain(tone);
      expect(screen.getByTestId("verdict").textContent).toContain(said);
      cleanup();
    }
  });

  it("says of every pack that another key sealed that the key is not known here", async () => {
    for (const state of ["incomplete", "repacked"] as const) {
      const { backend } = open({ pack: { state, own_key: false } }, "/verify");
      await screen.findByTestId("choose-file");
      backend.control.drop("REF-1042_preuves.zip");
      expect(await verdict()).toBe(state);
      expect(screen.getByTestId("verdict").textContent).toMatch(/scellé.* ce poste/);
      cleanup();
    }
  });

  it("is not green over a claim that only an equal reference ties to the dossier, nor over a forged signature", async () => {
    const { user } = open({ tie: { named: "reference", signer: "unproven" } }, `/dossiers/${dossierId(1)}?tab=claim`);
    await click(user, "judge-claim");
    const named = await screen.findByTestId("tie-named");
    expect(named.querySelector(".check-mark")?.getAttribute("data-state")).toBe("unknown");
    expect(named.textContent).toContain("ce seul signe ne suffit pas");
    const signer = screen.getByTestId("tie-signer");
    expect(signer.querySelector(".check-mark")?.getAttribute("data-state")).toBe("bad");
    expect(signer.textContent).toContain("rien n’établit qu’il l’a faite");
  });

  it("judges again by itself once a certificate is trusted, and once trust ends", async () => {
    const { user, calls } = open({}, "/verify");
    await click(user, "choose-file");
    await verdict();
    await click(user, "add-signatures");
    await waitFor(() => expect(screen.getByTestId("verdict").dataset["verdict"]).toBe("passed"));
    expect(within(screen.getByTestId("trust-signatures")).getAllByTestId("trusted")).toHaveLength(1);
    await click(user, "remove-trusted");
    await click(user, "confirm");
    await waitFor(() => expect(screen.getByTestId("verdict").dataset["verdict"]).toBe("sound_untrusted"));
    expect(calls("checkAgain")).toHaveLength(2);
  });

  it("shows a text inside and saves any file", async () => {
    const { user, calls } = open({}, "/verify");
    await click(user, "choose-file");
    await click(user, "show-inside");
    expect((await screen.findByTestId("inside-text")).textContent).toContain("identity-claim");
    await click(user, "save-inside");
    await waitFor(() => expect(calls("saveCheckedFile")).toHaveLength(1));
  });

  it("leaves the focus on the button while the file that it is for is saved", async () => {
    for (const testId of ["save-check-pdf", "save-inside"]) {
      const { user } = open({ delay: 150 }, "/verify");
      await click(user, "choose-file");
      await click(user, testId);
      const button = screen.getByTestId(testId);
      expect(button.getAttribute("aria-disabled")).toBe("true");
      expect(button.hasAttribute("disabled")).toBe(false);
      expect(document.activeElement).toBe(button);
      cleanup();
    }
  });

  it("shows nothing of a pack that names a file twice once another one is verified", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { backend } = open({}, "/verify", (fake) => {
      let turn = 0;
      fake.checkDroppedFile = () => {
        turn++;
        const check = fakeCheck("altered", true, 0);
        if (check.found.kind !== "pack") throw new Error("the fake checks a pack");
        const { verdict } = check.found;
        const [file] = verdict.files;
        if (!file) throw new Error("the fake's pack has a file");
        const files = turn === 1 ? [file, file] : [{ ...file, path: "REF-2000/REF-2000_recto.jpg" }];
        return Promise.resolve({ ...check, check_id: String(turn), found: { kind: "pack" as const, verdict: { ...verdict, files } } });
      };
    });
    await screen.findByTestId("choose-file");
    backend.control.drop("REF-1042_preuves.zip");
    expect(await screen.findAllByTestId("pack-file")).toHaveLength(2);
    backend.control.drop("REF-2000_preuves.zip");
    await waitFor(() => expect(screen.getByTestId("check").textContent).toContain("REF-2000_recto.jpg"));
    expect(screen.getAllByTestId("pack-file")).toHaveLength(1);
  });

  it("saves the sheet in the form that is asked for", async () => {
    const { user, calls } = open({}, "/verify");
    await click(user, "choose-file");
    await click(user, "save-check-pdf");
    await waitFor(() => expect(calls("saveCheckReport")[0]?.at(-1)).toBe("pdf"));
  });

  it("takes a file that is dropped anywhere, and comes to it", async () => {
    const { backend } = open({}, "/journal");
    await screen.findByTestId("nav-verify");
    backend.control.drop("REF-1042_preuves.zip");
    expect(await verdict()).toBe("incomplete");
    expect(screen.getByTestId("check").textContent).toContain("REF-1042_idclaim.asice");
  });

  it("works signed out and goes back to the sign-in", async () => {
    const { user } = open({ signed_in: null });
    await click(user, "open-verify");
    await click(user, "choose-file");
    expect(await verdict()).toBe("sound_untrusted");
    await click(user, "leave-verify");
    expect(await screen.findByTestId("env-sandbox")).toBeTruthy();
  });

  it("works with the register closed, where trust cannot be set", async () => {
    const { user, backend } = open({ signed_in: null, register: "passphrase_wanted", keychain: "missing" });
    await screen.findByTestId("register-state");
    backend.control.drop("REF-1042_preuves.zip");
    expect(await verdict()).toBe("incomplete");
    expect(screen.queryByTestId("trust")).toBeNull();
    await click(user, "leave-verify");
    expect(await screen.findByTestId("register-state")).toBeTruthy();
  });

  it("judges the claim of a dossier and says whether it names that dossier", async () => {
    const { user, calls } = open({}, `/dossiers/${dossierId(1)}?tab=claim`);
    await click(user, "judge-claim");
    expect((await screen.findByTestId("tie-named")).dataset["state"]).toBe("number");
    expect(screen.getByTestId("tie-signer").dataset["state"]).toBe("unknown");
    expect(states()).toEqual(["good", "good", "good", "unknown"]);
    expect(calls("judgeClaim")[0]?.at(-1)).toBe(dossierId(1));
  });

  it("says that a file without a certificate is none, and trusts nobody", async () => {
    const { user, backend } = open({}, "/verify");
    await screen.findByTestId("add-signatures");
    backend.control.fail("addTrusted", "no_certificate");
    await click(user, "add-signatures");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("no_certificate");
    expect(screen.queryAllByTestId("trusted")).toEqual([]);
  });
});
