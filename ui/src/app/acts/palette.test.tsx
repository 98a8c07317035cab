import { act, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { click, dossierId, open } from "../../test/desk";
import { found } from "./find";

const input = () => screen.findByTestId("palette-input");
const label = (line: HTMLElement | null) => line?.textContent ?? "";
const lines = () => screen.queryAllByTestId("palette-line").map(label);
const chosen = async () => document.getElementById((await input()).getAttribute("aria-activedescendant") ?? "")?.textContent;

async function call(user: UserEvent): Promise<void> {
  await user.keyboard("{Control>}k{/Control}");
  await input();
}

describe("the palette", () => {
  it("opens by key, takes what is typed at once, and goes to a place with Enter", async () => {
    const { user, history } = open();
    await screen.findAllByTestId("dossier-row");
    await call(user);
    await user.keyboard("echea");
    await waitFor(async () => expect(await chosen()).toBe("Échéances"));
    await user.keyboard("{Enter}");
    await waitFor(() => expect(history.location.pathname).toBe("/deadlines"));
    expect(screen.queryByTestId("palette")).toBeNull();
  });

  it("has the acts of the screen in view with their keys, and not those of the one before", async () => {
    const { user, history } = open({}, `/dossiers/${dossierId(1)}`);
    await screen.findByTestId("make-pack");
    await call(user);
    expect(lines()).toContain("Dossier de preuve…P");
    await user.keyboard("{Escape}");
    act(() => history.push("/journal"));
    await screen.findByTestId("export-journal");
    await call(user);
    expect(lines().some((line) => line.startsWith("Dossier de preuve…"))).toBe(false);
    expect(lines()).toContain("Exporter, signé…");
  });

  it("leaves out what cannot be done now", async () => {
    const { user } = open({}, `/dossiers/${dossierId(2)}`);
    await screen.findByTestId("interrupt");
    await call(user);
    expect(lines()).toContain("Interrompre…");
    await user.keyboard("{Escape}");
    expect(lines()).toEqual([]);
  });

  it("runs an act whose question is asked after the palette has gone, and gives the focus back", async () => {
    const { user } = open({}, `/dossiers/${dossierId(2)}`);
    const button = await screen.findByTestId("interrupt");
    act(() => button.focus());
    await call(user);
    await user.keyboard("interrompre{Enter}");
    const question = await screen.findByRole("alertdialog");
    expect(screen.queryByTestId("palette")).toBeNull();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(question.isConnected).toBe(false));
    await waitFor(() => expect(document.activeElement).toBe(button));
  });

  it("finds a dossier by its reference, through the register, a few at most", async () => {
    const { user, history, calls } = open({ count: 300 }, "/journal");
    await screen.findByTestId("export-journal");
    await call(user);
    await user.keyboard("valmontel");
    await waitFor(() => expect(lines().length).toBeGreaterThan(0));
    expect(lines().length).toBeLessThanOrEqual(6);
    expect(calls("listDossiers").at(-1)).toEqual([{ search: "valmontel", filters: [], sort: [] }, 0, 6]);
    await waitFor(async () => expect(await chosen()).toBeTruthy());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(history.location.pathname).toMatch(/^\/dossiers\//));
  });

  it("goes with Enter to a dossier of what is typed now, as soon as it is here, never to one of before", async () => {
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const { user, history } = open({}, "/journal", (fake) => {
      const list = fake.listDossiers.bind(fake);
      fake.listDossiers = async (query, ...part) => {
        if (query.search === "ref-1002") await held;
        return list(query, ...part);
      };
    });
    await screen.findByTestId("export-journal");
    await call(user);
    await user.keyboard("ref-1001");
    await waitFor(() => expect(lines().join()).toContain("REF-1001"));
    await user.keyboard("{Backspace}2{Enter}");
    expect(lines().join()).toContain("REF-1001");
    answer();
    await waitFor(() => expect(history.location.pathname).toBe(`/dossiers/${dossierId(2)}`));
  });

  it("says so when nothing answers", async () => {
    const { user } = open();
    await screen.findAllByTestId("dossier-row");
    await call(user);
    await user.keyboard("zzzzzz");
    await waitFor(() => expect(screen.getByTestId("palette-none").textContent).toBe("Rien ne correspond."));
  });

  it.each([
    ["nothing else answers", "zzzzzz", 0],
    ["acts answer", "journal", 1],
  ])("says that the dossiers could not be read, where %s", async (_what, typed, least) => {
    const { user, backend } = open({}, "/journal");
    await screen.findByTestId("export-journal");
    backend.control.fail("listDossiers", "register_busy");
    await call(user);
    await user.keyboard(typed);
    await waitFor(() => expect(screen.getByTestId("palette-none").textContent).toBe("Les dossiers n’ont pas pu être lus."));
    expect(lines().length).toBeGreaterThanOrEqual(least);
    expect(within(screen.getByTestId("palette")).getByRole("status").textContent).toContain("n’ont pas pu être lus");
  });

  it("stays away from a dialog, and one letter does nothing while somebody types", async () => {
    const { user } = open({}, `/dossiers/${dossierId(2)}`);
    await click(user, "interrupt");
    await screen.findByRole("alertdialog");
    await user.keyboard("{Control>}k{/Control}{F1}");
    expect(screen.queryByTestId("palette")).toBeNull();
    expect(screen.queryByTestId("key-sheet")).toBeNull();
  });
});

describe("the sheet of shortcuts", () => {
  it("shows the keys of this screen and of everywhere, and closes with Escape", async () => {
    const { user } = open({}, `/dossiers/${dossierId(1)}`);
    await screen.findByTestId("make-pack");
    await user.keyboard("{F1}");
    const sheet = await screen.findByTestId("key-sheet");
    const said = within(sheet).getAllByRole("definition").map((line) => line.textContent);
    expect(said).toEqual(expect.arrayContaining(["Dossier de preuve…", "Nouveau dossier", "Chercher ou agir", "Ouvrir la visionneuse"]));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("key-sheet")).toBeNull());
  });

  it("has the viewer's keys while that covers the screen, and not the screen's", async () => {
    const { user } = open({}, `/dossiers/${dossierId(1)}?view=first`);
    await screen.findByTestId("viewer");
    await user.keyboard("{F1}");
    const said = within(await screen.findByTestId("key-sheet")).getAllByRole("definition").map((line) => line.textContent);
    expect(said).toEqual(expect.arrayContaining(["Agrandir", "Déplacer l’image vers le haut"]));
    expect(said).not.toContain("Ouvrir la visionneuse");
  });
});

describe("what is typed", () => {
  const all = ["Préférences d’affichage", "Échéances", "Exporter la liste", "Liste des échéances"].map((label) => ({ label }));
  const labels = (typed: string) => found(all, typed).map(({ label }) => label);

  it("is found without its accents, the beginnings first", () => {
    expect(labels("echeances")).toEqual(["Échéances", "Liste des échéances"]);
    expect(labels("liste")).toEqual(["Liste des échéances", "Exporter la liste"]);
  });

  it("may be the beginnings of several words, in any order", () => {
    expect(labels("ech lis")).toEqual(["Liste des échéances"]);
    expect(labels("affi d")).toEqual(["Préférences d’affichage"]);
  });
});
