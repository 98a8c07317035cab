import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ListFilter } from "../backend/generated/ListFilter";
import type { OpeningNotice } from "../backend/generated/OpeningNotice";
import { click, open } from "../test/desk";

const FILTERS: ListFilter[] = [{ field: "status", not: false, words: ["OUTCOME_UNKNOWN"] }];
const UNKNOWN: OpeningNotice = { kind: "outcomes_unknown", dossiers: 2, filters: FILTERS };

const notices = () => screen.queryByTestId("opening-notices");

describe("what opening the register found", () => {
  it("is not spoken of where there is nothing to tell", async () => {
    open({}, "/today");
    await screen.findByTestId("count-to_treat");
    expect(notices()).toBeNull();
  });

  it("is a region of its own on every screen, with a heading, and read out", async () => {
    const { user } = open({ opening: [UNKNOWN] }, "/journal");
    const region = await screen.findByRole("region", { name: "Constaté à l’ouverture du registre" });
    expect(within(region).getByRole("status").textContent).toContain("2 créations étaient en cours quand le poste s’est arrêté\u202f: leur issue est inconnue.");
    await click(user, "nav-deadlines");
    await screen.findByRole("heading", { level: 1, name: "Échéances" });
    expect(notices()).toBeTruthy();
  });

  it.each<[OpeningNotice, RegExp]>([
    [{ kind: "outcomes_unknown", dossiers: 1, filters: FILTERS }, /^1 création était en cours .* Ne la recommencez pas tout de suite/],
    [{ kind: "steps_restored", steps: 1 }, /^1 étape de création manquait .* Il n’y a rien à refaire\.$/],
    [{ kind: "steps_restored", steps: 12 }, /^12 étapes de création manquaient/],
    [{ kind: "register_rebuilt", steps: 40 }, /\(40 étapes reprises\).* ne sont pas revenus\. Prévenez la conformité/],
    [{ kind: "journal_damaged", lacking: false }, /abîmé.* Aucun dossier du registre n’est touché\. Prévenez la conformité/],
    [{ kind: "journal_damaged", lacking: true }, /abîmé.* peut manquer ici\. Prévenez la conformité/],
    [{ kind: "journal_missing", lacking: false }, /manquait.* Aucun dossier du registre n’est touché/],
    [{ kind: "journal_missing", lacking: true }, /manquait.* ne sont pas revenus\. Prévenez la conformité/],
  ])("says of %o what happened, what it means and what to do", async (notice, words) => {
    open({ opening: [notice] }, "/today");
    expect((await screen.findByTestId(`opening-${notice.kind}`)).textContent).toMatch(words);
  });

  it("tells several things in the order that they came in", async () => {
    open({ opening: [{ kind: "journal_damaged", lacking: false }, UNKNOWN, { kind: "steps_restored", steps: 12 }] }, "/today");
    const lines = within(await screen.findByTestId("opening-notices")).getAllByRole("listitem");
    expect(lines.map(({ dataset }) => dataset["testid"])).toEqual(["opening-journal_damaged", "opening-outcomes_unknown", "opening-steps_restored"]);
  });

  it("leads to the unknown outcomes of every environment, and stays until it was read", async () => {
    const { calls, history, user } = open({ opening: [UNKNOWN] }, "/today");
    await click(user, "opening-unknown-see");
    await waitFor(() => expect(history.location.pathname).toBe("/"));
    await screen.findByTestId("dossier-count");
    const [query] = calls("listDossiers").at(-1) as [{ filters: unknown[] }];
    expect(query.filters).toEqual(FILTERS);
    expect(notices()).toBeTruthy();
  });

  it("goes for good once it was read, by the keyboard too, and leaves the focus to the content", async () => {
    const { calls, user } = open({ opening: [UNKNOWN] }, "/journal");
    await screen.findByTestId("export-journal");
    screen.getByTestId("dismiss-opening").focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(notices()).toBeNull());
    await waitFor(() => expect(document.activeElement?.id).toBe("content"));
    expect(calls("dismissOpening")).toEqual([[]]);
    await click(user, "lock");
    await click(user, "unlock");
    await screen.findByTestId("export-journal");
    expect(notices()).toBeNull();
  });

  it("is not shown by a locked desk, and is there again when it opens", async () => {
    const { user } = open({ opening: [UNKNOWN] }, "/journal");
    await screen.findByTestId("opening-notices");
    await click(user, "lock");
    await screen.findByTestId("lock-screen");
    expect(notices()).toBeNull();
    await click(user, "unlock");
    expect(await screen.findByTestId("opening-notices")).toBeTruthy();
  });

  it("waits for the sign-in, and goes with whoever leaves the desk", async () => {
    const { user } = open({ signed_in: null, opening: [UNKNOWN] }, "/today");
    await screen.findByTestId("enter-sandbox-application");
    expect(notices()).toBeNull();
    await click(user, "enter-sandbox-application");
    await screen.findByTestId("opening-notices");
    await click(user, "sign-out");
    await click(user, "enter-sandbox-application");
    await screen.findByTestId("count-to_treat");
    expect(notices()).toBeNull();
  });

  it("stays, and says why, when it could not be put away", async () => {
    const { user } = open({ opening: [UNKNOWN], failing: { dismissOpening: "internal" } }, "/journal");
    await click(user, "dismiss-opening");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("internal");
    expect(notices()).toBeTruthy();
  });
});
