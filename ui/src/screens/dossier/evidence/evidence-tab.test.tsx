import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { statusView } from "../../../backend/fake/dossiers";
import { click, dossierId, open } from "../../../test/desk";

/** Of the fake: a dossier of which everything is captured, and one that waits. */
const tab = (index: number) => `/dossiers/${dossierId(index)}?tab=evidence`;
const COMPLETE = 1;
const WAITING = 0;

describe("the tab of evidence", () => {
  it("names each piece with its size, its fingerprint, where it came from and whether it is whole", async () => {
    open({}, tab(COMPLETE));
    const pieces = await screen.findAllByTestId("piece");
    expect(pieces.map((piece) => piece.dataset["kind"])).toContain("report");
    for (const piece of pieces) {
      expect(within(piece).getByTestId("piece-sha256").textContent).toMatch(/^[\da-f]{64}$/);
      expect(piece.textContent).toContain("GET /");
      expect(piece.textContent).toMatch(/\d\s(octets|Ko|Mo)/);
    }
    expect(pieces.some((piece) => piece.dataset["integrity"] === "altered")).toBe(true);
  });

  it.each(["CANCELED", "FAILED"] as const)("says of a dossier that ended %s that nothing of it is left but what is kept here", async (known) => {
    const { backend } = open({}, tab(COMPLETE));
    await screen.findAllByTestId("piece");
    expect(screen.queryByTestId("no-archive")).toBeNull();
    act(() => backend.control.edit(dossierId(COMPLETE), (view) => ({ ...view, never_archived: statusView(known) })));
    expect((await screen.findByTestId("no-archive")).textContent).toMatch(/n’archive pas .* il n’en reste rien/u);
  });

  it("says of a report's MD5 that it differs", async () => {
    open({}, tab(COMPLETE));
    await screen.findAllByTestId("piece");
    expect(screen.getByText(/MD5 différent/)).toBeTruthy();
  });

  it("asks again for a page that is not what the report states, and shows the one that is", async () => {
    const { calls, user } = open({}, tab(COMPLETE));
    const pieces = await screen.findAllByTestId("piece");
    const differing = pieces.find((piece) => piece.textContent.includes("MD5 différent"));
    if (!differing) throw new Error("the fake has one");
    const again = within(differing).getByTestId("fetch-again");
    expect(again.getAttribute("aria-label")).toContain("Récupérer à nouveau");
    await waitFor(() => expect(again).toHaveProperty("disabled", false));
    await user.click(again);
    await waitFor(() => expect(calls("captureNow").map(([, id]) => id)).toEqual([dossierId(COMPLETE)]));
    await waitFor(() => expect(screen.queryByText(/MD5 différent/)).toBeNull());
    expect(screen.queryByTestId("fetch-again")).toBeNull();
  });

  it("leaves the focus on the button while the dossier is captured", async () => {
    const { user } = open({ delay: 150 }, tab(WAITING));
    const button = await screen.findByTestId("capture-now");
    await user.click(button);
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(button.hasAttribute("disabled")).toBe(false);
    expect(document.activeElement).toBe(button);
  });

  it("offers it for no piece that is as it should be", async () => {
    open({}, tab(COMPLETE));
    const pieces = await screen.findAllByTestId("piece");
    const sound = pieces.filter((piece) => piece.dataset["integrity"] === "whole" && !/MD5 différent/.test(piece.textContent));
    expect(sound).not.toHaveLength(0);
    for (const piece of sound) expect(within(piece).queryByTestId("fetch-again")).toBeNull();
  });

  it("names what cannot be had any more, with the reason", async () => {
    const { backend } = open({ count: 60 }, "/evidence?state=incomplete");
    const row = (await screen.findAllByTestId("capture"))[0];
    const incomplete = await backend.getEvidence(row?.dataset["id"] ?? "");
    expect(incomplete.missing).toHaveLength(1);
    await userOpens(row);
    const missing = await screen.findByTestId("missing-piece");
    expect(missing.dataset["code"]).toBe("document_gone");
    expect(missing.textContent).toContain("ne sont plus disponibles");
  });

  it("captures at the key C, and seals at the key P", async () => {
    const { calls, user } = open({}, tab(WAITING));
    await waitFor(() => expect(screen.getByTestId("capture-now").getAttribute("disabled")).toBeNull());
    await user.keyboard("c");
    await waitFor(() => expect(calls("captureNow").map(([, id]) => id)).toEqual([dossierId(WAITING)]));
    expect(await screen.findAllByTestId("piece")).not.toHaveLength(0);
    await user.keyboard("p");
    const made = await screen.findByTestId("pack-made");
    expect(made.dataset["missing"]).toBe("0");
    expect(screen.getByText(/Complet et scellé/, { selector: "[data-testid=long-act] p" })).toBeTruthy();
    expect(calls("makePack").map(([, id]) => id)).toEqual([dossierId(WAITING)]);
  });

  it("says why the keys do nothing for a dossier that is under way", async () => {
    const { calls, user } = open({}, `/dossiers/${dossierId(2)}`);
    await screen.findByTestId("tab-summary");
    await user.keyboard("p");
    const first = await screen.findByText(/rien à sceller encore/);
    expect(first.closest(".visually-hidden")).toBeNull();
    // The same words again are new words to a screen reader.
    await user.keyboard("p");
    expect(first.isConnected).toBe(false);
    expect(screen.getByText(/rien à sceller encore/)).toBeTruthy();
    await user.keyboard("c");
    expect(await screen.findByText(/ne peut pas être capturé maintenant/)).toBeTruthy();
    expect(screen.queryByText(/rien à sceller encore/)).toBeNull();
    expect([...calls("makePack"), ...calls("captureNow")]).toEqual([]);
  });

  it("says why a key does nothing after a decision was told, too", async () => {
    const { user } = open({}, `/dossiers/${dossierId(2)}`);
    await click(user, "open-decision");
    await click(user, "decision-accepted");
    await click(user, "decide");
    await waitFor(() => expect(screen.getByTestId("dossier-said").textContent).toContain("Décision enregistrée"));
    await user.keyboard("p");
    expect(screen.getByTestId("dossier-said").textContent).toContain("rien à sceller encore");
  });

  it("saves one piece out of the vault, never one that changed", async () => {
    const { calls, user } = open({}, tab(COMPLETE));
    const pieces = await screen.findAllByTestId("piece");
    const altered = pieces.find((piece) => piece.dataset["integrity"] === "altered");
    const whole = pieces.find((piece) => piece.dataset["integrity"] === "whole");
    if (!altered || !whole) throw new Error("the fake has both");
    expect(within(altered).getByTestId("save-piece")).toHaveProperty("disabled", true);
    await user.click(within(whole).getByTestId("save-piece"));
    await waitFor(() => expect(calls("savePiece")).toHaveLength(1));
  });

  it("tells a dossier whose rule keeps nothing from one that waits", async () => {
    open({ count: 60 }, "/evidence?state=not_wanted");
    await userOpens((await screen.findAllByTestId("capture"))[0]);
    expect((await screen.findByTestId("no-piece")).textContent).toContain("La règle de ce parcours ne garde rien");
  });
});

async function userOpens(row: HTMLElement | undefined): Promise<void> {
  if (!row) throw new Error("no row");
  within(row).getByTestId("capture-dossier").click();
  await screen.findByTestId("tab-evidence");
}
