import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { FakeBackend } from "../../backend/fake";
import { click, dossierId, open } from "../../test/desk";

const rows = () => screen.findAllByTestId("dossier-row");
const boxes = () => screen.findAllByTestId("row-box");
const focused = () => document.activeElement?.getAttribute("aria-rowindex");

/** In a list of what changed last. */
function toTheTop(backend: FakeBackend, id: string): void {
  backend.control.edit(id, (view) => ({ ...view, row: { ...view.row, changed_at: new Date(Date.now() + 60_000).toISOString() } }));
}

describe("choosing dossiers", () => {
  it("chooses with X, extends with Shift and an arrow, and lets go on the way back", async () => {
    const { user } = open();
    const [first] = await rows();
    act(() => first?.focus());
    await user.keyboard("x");
    expect((await screen.findByTestId("selection-count")).textContent).toBe("1 sélectionné");
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    await waitFor(() => expect(screen.getByTestId("selection-count").textContent).toBe("3 sélectionnés"));
    await user.keyboard("{Shift>}{ArrowUp}{/Shift}");
    await waitFor(() => expect(screen.getByTestId("selection-count").textContent).toBe("2 sélectionnés"));
    expect(focused()).toBe("3");
  });

  it("chooses a range with Shift and a click, over pages that were never read", async () => {
    const { user } = open({ count: 400 });
    await user.click((await boxes())[1] as HTMLElement);
    act(() => screen.getAllByTestId("dossier-row")[1]?.focus());
    await user.keyboard("{End}");
    await waitFor(() => expect(focused()).toBe("401"));
    await waitFor(() => expect(document.querySelector(`[data-id="${dossierId(399)}"]`)).toBeTruthy());
    await user.keyboard("[ShiftLeft>]");
    const last = (await rows()).find(({ dataset }) => dataset["id"] === dossierId(399));
    await user.click(within(last as HTMLElement).getByTestId("row-box"));
    await user.keyboard("[/ShiftLeft]");
    await waitFor(() => expect(screen.getByTestId("selection-count").textContent).toBe("399 sélectionnés"));
  });

  it("begins a range at the dossier that was picked, wherever rows that came put it", async () => {
    const { user, backend } = open({ count: 120 }, "/?view=in_progress");
    const before = (await rows()).map(({ dataset }) => dataset["id"] ?? "");
    await user.click((await boxes())[1] as HTMLElement);
    act(() => toTheTop(backend, before[4] ?? ""));
    await waitFor(async () => expect((await rows())[0]?.dataset["id"]).toBe(before[4]));
    await user.keyboard("[ShiftLeft>]");
    await user.click((await boxes())[4] as HTMLElement);
    await user.keyboard("[/ShiftLeft]");
    await waitFor(() => expect(screen.getByTestId("selection-count").textContent).toBe("3 sélectionnés"));
    const chosen = (await rows()).filter((row) => row.getAttribute("aria-selected") === "true");
    expect(chosen.map(({ dataset }) => dataset["id"])).toEqual(before.slice(1, 4));
  });

  it("takes all that match across pages, but those let go again", async () => {
    const { user, calls } = open({ count: 300 }, "/?view=to_treat");
    await rows();
    await user.keyboard("{Control>}{Shift>}a{/Shift}{/Control}");
    expect((await screen.findByTestId("selection-count")).textContent).toMatch(/^Tous les \d+ correspondants$/);
    const first = (await rows())[0]?.dataset["id"];
    await user.click((await boxes())[0] as HTMLElement);
    await click(user, "bulk-refresh");
    await waitFor(() => expect(calls("refreshDossiers")).toHaveLength(1));
    const [, selection] = calls("refreshDossiers")[0] as [string, { kind: string; except: string[]; query: { filters: unknown[] } }];
    expect(selection.kind).toBe("matching");
    expect(selection.except).toEqual([first]);
    expect(selection.query.filters).toEqual([{ field: "to_treat", not: false }]);
  });

  it("drops the choice when the filters change: nothing out of sight stays chosen", async () => {
    const { user } = open();
    await user.click((await boxes())[0] as HTMLElement);
    await screen.findByTestId("bulk-bar");
    await click(user, "view-menu");
    await click(user, "view-unknown");
    await waitFor(() => expect(screen.queryByTestId("bulk-bar")).toBeNull());
  });

  it("keeps the choice while one of the dossiers is looked at", async () => {
    const { user } = open();
    await user.click((await boxes())[1] as HTMLElement);
    await user.click((await rows())[3] as HTMLElement);
    await click(user, "back-to-list");
    expect((await screen.findByTestId("selection-count")).textContent).toBe("1 sélectionné");
  });
});

describe("the bar of what is chosen", () => {
  it("keeps the focus when all that match are taken by its button, which goes with the press", async () => {
    const { user } = open();
    await user.click((await boxes())[1] as HTMLElement);
    const button = await screen.findByTestId("take-all");
    act(() => button.focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(button.isConnected).toBe(false));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("clear-selection")));
  });

  it("keeps the focus on the button of an act that runs, and does not run it twice", async () => {
    const { user, calls } = open({ count: 200, steps: 400, step: 20 });
    await rows();
    await user.keyboard("{Control>}{Shift>}a{/Shift}{/Control}");
    const button = await screen.findByTestId("bulk-refresh");
    act(() => button.focus());
    await user.keyboard("{Enter}");
    await screen.findByTestId("long-act-stop");
    expect(button.hasAttribute("disabled")).toBe(false);
    expect(document.activeElement).toBe(button);
    await user.keyboard("{Enter}");
    expect(calls("refreshDossiers")).toHaveLength(1);
    await click(user, "long-act-stop");
    await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("stopped"));
  });
});

describe("acts on many dossiers", () => {
  it("marks as treated, says how many, and takes them out of «to treat»", async () => {
    const { user, calls } = open({}, "/?view=to_treat");
    const before = (await rows()).length;
    const first = (await rows())[0]?.dataset["id"];
    await user.click((await boxes())[0] as HTMLElement);
    await click(user, "bulk-treated");
    await waitFor(() => expect(screen.getByTestId("long-act-said").textContent).toBe("1 dossier marqué traité."));
    await waitFor(async () => expect(await rows()).toHaveLength(before - 1));
    expect(calls("markTreated")[0]?.slice(1)).toEqual([{ kind: "some", ids: [first] }, true]);
    expect(document.activeElement).not.toBe(document.body);
  });

  it("gives the focus to the title when the last rows of a view leave with it", async () => {
    const { user } = open({ step: 40 }, "/?view=to_treat");
    await rows();
    await user.keyboard("{Control>}{Shift>}a{/Shift}{/Control}");
    await click(user, "bulk-treated");
    await waitFor(() => expect(document.activeElement?.getAttribute("data-testid")).toBe("dossier-row"));
    await waitFor(() => expect(screen.getByTestId("list-state").dataset["state"]).toBe("nothing"));
    await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
  });

  it("puts and takes off tags", async () => {
    const { user, calls } = open();
    await user.click((await boxes())[1] as HTMLElement);
    await click(user, "bulk-tag");
    await user.type(await screen.findByTestId("tag-new"), "à rappeler{Enter}");
    await click(user, "tag-take-urgent");
    await click(user, "tag-apply");
    await waitFor(() => expect(calls("tagDossiers")).toHaveLength(1));
    expect(calls("tagDossiers")[0]?.slice(1)).toEqual([{ kind: "some", ids: [dossierId(1)] }, ["à rappeler"], ["urgent"]]);
  });

  it("shows how far a long act came, stops it, and says so", async () => {
    const { user, calls } = open({ count: 200, steps: 400, step: 20 });
    await rows();
    await user.keyboard("{Control>}{Shift>}a{/Shift}{/Control}");
    await click(user, "bulk-refresh");
    await screen.findByText(/sur 200$/);
    await click(user, "long-act-stop");
    await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("stopped"));
    expect(calls("cancel")[0]).toEqual([(calls("refreshDossiers")[0] as [string])[0]]);
    await click(user, "long-act-close");
    await waitFor(() => expect(screen.queryByTestId("long-acts")).toBeNull());
    await waitFor(() => expect(document.activeElement?.id).toBe("content"));
  });

  it("names the dossiers that could not be read, each with why", async () => {
    const { user } = open({ count: 40 });
    await rows();
    await user.keyboard("{Control>}{Shift>}a{/Shift}{/Control}");
    await click(user, "bulk-refresh");
    await waitFor(() => expect(screen.getByTestId("long-act-said").textContent).toMatch(/lus, .* en échec/));
  });

  it("exports the columns of the view without names, unless they are asked for", async () => {
    const { user, calls } = open();
    await rows();
    await click(user, "export");
    expect((await screen.findByTestId("export-columns")).textContent).not.toContain("Nom");
    await click(user, "export-xlsx");
    await click(user, "export-start");
    await waitFor(() => expect(screen.getByTestId("long-act-said").textContent).toContain("24 dossiers exportés"));
    const [, form] = calls("exportDossiers")[0] as [string, { personal_data: boolean; format: string; columns: { column: string; label: string }[]; selection: { kind: string } }];
    expect(form.selection.kind).toBe("matching");
    expect(form.format).toBe("xlsx");
    expect(form.personal_data).toBe(false);
    expect(form.columns[0]).toEqual({ column: "status", label: "Statut" });
    expect(form.columns.map(({ column }) => column)).not.toContain("name");

    await click(user, "export");
    await click(user, "export-personal");
    expect((await screen.findByTestId("export-columns")).textContent).toContain("Nom");
  });
});

describe("exporting what was picked", () => {
  it("takes the order of the list along, whatever the order of the clicks", async () => {
    const { user, calls } = open();
    await rows();
    await click(user, "sort-name");
    await user.click((await boxes())[2] as HTMLElement);
    await user.click((await boxes())[0] as HTMLElement);
    await click(user, "bulk-export");
    await click(user, "export-start");
    await waitFor(() => expect(calls("exportDossiers")).toHaveLength(1));
    const [, form] = calls("exportDossiers")[0] as [string, { selection: { kind: string }; sort: unknown[] }];
    expect(form.selection.kind).toBe("some");
    expect(form.sort).toEqual([{ column: "name", descending: false }]);
  });
});

describe("views", () => {
  it("says that a view was changed, saves it under a name, and goes back to it", async () => {
    const { user, history, calls } = open();
    await rows();
    await click(user, "sort-name");
    await screen.findByTestId("view-changed");
    await click(user, "view-save");
    await user.type(await screen.findByTestId("view-name"), "Par nom{Enter}");
    await waitFor(() => expect(screen.getByTestId("view-menu").textContent).toContain("Par nom"));
    expect(screen.queryByTestId("view-changed")).toBeNull();
    expect(calls("saveView")[0]?.[0]).toMatchObject({ id: "", name: "Par nom", query: { sort: [{ column: "name", descending: false }] } });
    expect(history.location.search).toContain("view-");
  });

  it("resets a changed view", async () => {
    const { user } = open({}, "/?view=to_treat");
    await rows();
    await click(user, "filter-to_treat-remove");
    await click(user, "view-reset");
    await waitFor(() => expect(screen.queryByTestId("view-changed")).toBeNull());
    expect(screen.getByTestId("filter-to_treat")).toBeTruthy();
  });

  it("gives the focus to the view when its change is undone by a button that goes with the press", async () => {
    const { user } = open({}, "/?view=to_treat");
    await rows();
    await click(user, "sort-name");
    const button = await screen.findByTestId("view-reset");
    act(() => button.focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(button.isConnected).toBe(false));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("view-menu")));
  });

  it("gives the focus to the view when its change is kept by a button that goes with the press", async () => {
    const { user } = open();
    await rows();
    await click(user, "sort-name");
    await click(user, "view-save");
    await user.type(await screen.findByTestId("view-name"), "Par nom{Enter}");
    await waitFor(() => expect(screen.queryByTestId("view-changed")).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("view-menu")));
    await click(user, "sort-reference");
    const button = await screen.findByTestId("view-update");
    act(() => button.focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(button.isConnected).toBe(false));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("view-menu")));
  });

  it.each(["operator", "name"])("keeps the focus on the box of a column that is shown or taken away (%s)", async (column) => {
    const { user, calls } = open();
    await rows();
    await click(user, "columns");
    const box = within(await screen.findByTestId(`column-${column}`)).getByRole("checkbox");
    act(() => box.focus());
    await user.keyboard(" ");
    await waitFor(() => expect(calls("saveView")).toHaveLength(1));
    expect(document.activeElement).toBe(box);
  });

  it("keeps the newest choice of columns where the presses come faster than one is kept", async () => {
    let keep: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (keep = resolve));
    const { user, calls } = open({}, "/", (fake) => {
      const save = fake.saveView.bind(fake);
      fake.saveView = async (view) => {
        await held;
        return save(view);
      };
    });
    await rows();
    await click(user, "columns");
    for (const column of ["operator", "decision", "level"]) await click(user, `column-${column}`);
    keep();
    const added = () => calls("saveView").map(([view]) => (view as { columns: string[] }).columns.slice(8));
    await waitFor(() => expect(added()).toEqual([["operator"], ["operator", "decision", "level"]]));
  });

  it("keeps the choice and the order of the columns with the view", async () => {
    const { user, calls } = open();
    await rows();
    await click(user, "columns");
    await click(user, "column-operator");
    await waitFor(() => expect(screen.getByTestId("sort-operator")).toBeTruthy());
    await click(user, "column-up-operator");
    await waitFor(() => expect(calls("saveView")).toHaveLength(2));
    const [view] = calls("saveView")[1] as [{ id: string; columns: string[] }];
    expect(view.id).toBe("all");
    expect(view.columns.slice(-2)).toEqual(["operator", "evidence"]);
  });
});

describe("filters", () => {
  it("adds a filter of several values, turns it round, and takes it away with the keyboard", async () => {
    const { user, calls } = open();
    await rows();
    await click(user, "filter-add");
    await click(user, "filter-field-status");
    await click(user, "filter-value-KO");
    await click(user, "filter-value-OK");
    await click(user, "filter-not");
    await user.keyboard("{Escape}");
    const last = () => (calls("listDossiers").at(-1) as [{ filters: unknown[] }])[0].filters;
    await waitFor(() => expect(last()).toEqual([{ field: "status", not: true, words: ["KO", "OK"] }]));
    const chip = within(await screen.findByTestId("filter-status")).getAllByRole("button")[0] as HTMLElement;
    expect(chip.textContent).toMatch(/^Statut n’est pas\s: Non conforme, Conforme$/);
    act(() => chip.focus());
    await user.keyboard("{Delete}");
    await waitFor(() => expect(last()).toEqual([]));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("filter-add")));
  });

  it("filters by one's own decision, none yet among them, and shows it in a column by its word", async () => {
    const { user, calls } = open();
    await rows();
    await click(user, "columns");
    await click(user, "column-decision");
    await user.keyboard("{Escape}");
    await click(user, "filter-add");
    await click(user, "filter-field-decision");
    await click(user, "filter-value-accepted");
    const last = () => (calls("listDossiers").at(-1) as [{ filters: unknown[] }])[0].filters;
    await waitFor(() => expect(last()).toEqual([{ field: "decision", not: false, choices: ["accepted"] }]));
    await waitFor(async () => expect((await rows()).every((row) => row.textContent.includes("Accepté"))).toBe(true));
    expect((await rows())[0]?.querySelector('[data-decision="accepted"] svg')).toBeTruthy();
    await click(user, "filter-value-none");
    await click(user, "filter-not");
    await waitFor(() => expect(last()).toEqual([{ field: "decision", not: true, choices: ["accepted", null] }]));
    await waitFor(async () => expect((await rows()).every((row) => /Refusé|À compléter/.test(row.textContent))).toBe(true));
    expect((await screen.findByTestId("filter-decision")).textContent).toMatch(/^Décision n’est pas\s: Accepté, Aucune pour l’instant/);
  });

  it("reaches every word that a status is shown by, each by a word of its own", async () => {
    const { user } = open();
    await rows();
    await click(user, "filter-add");
    await click(user, "filter-field-status");
    await screen.findByTestId("filter-editor");
    const words = ["NEW", "CREATED", "SENT", "CLOSED", "READY", "REFUSED", "OUTCOME_UNKNOWN"].map((word) => screen.getByTestId(`filter-value-${word}`).textContent);
    expect(new Set(words).size).toBe(words.length);
    expect(screen.getByTestId("filter-value-CREATED").textContent).toContain("statut non lu");
  });

  it("reaches dossiers of which an import named no process", async () => {
    const { user, calls } = open();
    await rows();
    await click(user, "filter-add");
    await click(user, "filter-field-process");
    await click(user, "filter-value-");
    const last = () => (calls("listDossiers").at(-1) as [{ filters: unknown[] }])[0].filters;
    await waitFor(() => expect(last()).toEqual([{ field: "process", not: false, ids: [""] }]));
    expect(screen.getByTestId("filter-process").textContent).toContain("Non précisé");
  });

  it("filters by a relative date and by deadline", async () => {
    const { user, calls } = open();
    await rows();
    await click(user, "filter-add");
    await click(user, "filter-field-deadline");
    await click(user, "filter-value-past");
    await waitFor(() => expect((calls("listDossiers").at(-1) as [{ filters: unknown[] }])[0].filters).toEqual([{ field: "deadline", not: false, stretch: { kind: "past" } }]));
  });
});

describe("from one dossier to the next", () => {
  it("goes on with J and back with K in the order of the list, and comes back to the row last seen", async () => {
    const { user, history } = open();
    await user.click((await rows())[1] as HTMLElement);
    await screen.findByTestId("next-dossier");
    await waitFor(() => expect(screen.getByTestId("next-dossier").hasAttribute("disabled")).toBe(false));
    await user.keyboard("j");
    await waitFor(() => expect(history.location.pathname).toBe(`/dossiers/${dossierId(2)}`));
    await user.keyboard("j");
    await waitFor(() => expect(history.location.pathname).toBe(`/dossiers/${dossierId(3)}`));
    await user.keyboard("k");
    await waitFor(() => expect(history.location.pathname).toBe(`/dossiers/${dossierId(2)}`));
    await click(user, "back-to-list");
    await waitFor(() => expect(document.activeElement?.getAttribute("data-id")).toBe(dossierId(2)));
  });

  it("comes back to the dossier that was looked at, wherever rows that came put it", async () => {
    const { user, backend, calls } = open({ count: 120 }, "/?view=in_progress");
    const before = (await rows()).map(({ dataset }) => dataset["id"] ?? "");
    await user.click((await rows())[1] as HTMLElement);
    await screen.findByTestId("back-to-list");
    const asked = calls("listDossiers").length;
    act(() => toTheTop(backend, before[4] ?? ""));
    await waitFor(() => expect(calls("listDossiers").length).toBeGreaterThan(asked));
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
    await click(user, "back-to-list");
    await waitFor(() => expect(document.activeElement?.getAttribute("data-id")).toBe(before[1]));
    expect(focused()).toBe("4");
  });

  it("reads the neighbours' words ahead, never their pictures", async () => {
    const { user, calls } = open();
    await user.click((await rows())[1] as HTMLElement);
    await waitFor(() => expect(calls("getDossier").map(([id]) => id)).toEqual(expect.arrayContaining([dossierId(0), dossierId(2)])));
  });
});
