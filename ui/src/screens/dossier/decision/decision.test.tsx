import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, dossierId, open } from "../../../test/desk";

const KO = `/dossiers/${dossierId(0)}`;

describe("one's own decision", () => {
  it("is taken from «Pourquoi», with a note, and stands beside ID360's verdict", async () => {
    const { calls, user } = open({}, KO);
    await click(user, "why-decide");
    await click(user, "decision-refused");
    await user.type(screen.getByTestId("decision-note"), "Pièce périmée, vue au guichet.");
    await click(user, "decide");
    const own = await screen.findByTestId("own-decision");
    expect(own.textContent).toContain("Refusé");
    expect(screen.getByTestId("dossier-status").dataset["status"]).toBe("KO");
    expect(calls("decide")[0]?.slice(1)).toEqual([dossierId(0), "refused", "Pièce périmée, vue au guichet."]);
  });

  // Journey 8 of product.md §6: five keys, from the home screen on.
  it("is taken without the mouse in five keys: the dossier, the decision by its name, a note, and Ctrl+Enter", async () => {
    const { calls, user } = open({}, "/today");
    let keys = 0;
    const press = async (key: string) => {
      keys += 1;
      await user.keyboard(key);
    };
    const pick = async (typed: string, line: string) => {
      await press("{Control>}k{/Control}");
      const input = await screen.findByTestId("palette-input");
      await user.keyboard(typed);
      await waitFor(() => expect(document.getElementById(input.getAttribute("aria-activedescendant") ?? "")?.textContent).toContain(line));
      await press("{Enter}");
    };
    await screen.findByTestId("today-latest");
    await pick("REF-1000", "REF-1000");
    await screen.findAllByTestId("finding");
    await pick("decision refuse", "Refusé");
    const note = await screen.findByTestId("decision-note");
    await waitFor(() => expect(document.activeElement).toBe(note));
    expect(within(screen.getByTestId("decision-refused")).getByRole<HTMLInputElement>("radio").checked).toBe(true);
    await user.keyboard("Pièce périmée.");
    await press("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(calls("decide")[0]?.slice(1)).toEqual([dossierId(0), "refused", "Pièce périmée."]));
    expect(keys).toBe(5);
  });

  it("has no line in the palette where there is nothing to decide", async () => {
    const { user } = open({}, `/dossiers/${dossierId(15)}`);
    await screen.findByTestId("send-again");
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByTestId("palette-input");
    expect(screen.queryAllByTestId("palette-line").some(({ textContent }) => textContent.startsWith("Décision"))).toBe(false);
  });

  it("is never made by a slip: nothing is chosen beforehand", async () => {
    const { calls, user } = open({}, KO);
    await click(user, "open-decision");
    await click(user, "decide");
    expect((await screen.findByTestId("decision-none")).textContent).toContain("Choisissez");
    expect(calls("decide")).toEqual([]);
  });

  it("is kept beside those before it, the last one first", async () => {
    const { user } = open({}, `${KO}?tab=summary`);
    for (const choice of ["more_wanted", "accepted"]) {
      await click(user, "open-decision");
      await click(user, `decision-${choice}`);
      await click(user, "decide");
      await waitFor(() => expect(screen.queryByTestId("decide")).toBeNull());
    }
    const all = within(await screen.findByTestId("decisions")).getAllByRole("listitem");
    expect(all.map((one) => one.querySelector("[data-decision]")?.getAttribute("data-decision"))).toEqual(["accepted", "more_wanted"]);
    expect(all[0]?.textContent).toContain("agence-12");
  });

  it("keeps what was typed at Escape, and lets go of it only at «Annuler» and once it is taken", async () => {
    const { user } = open({}, KO);
    const reopened = async () => {
      await click(user, "open-decision");
      const chosen = within(screen.getByTestId("decision-refused")).getByRole<HTMLInputElement>("radio").checked;
      return [screen.getByTestId<HTMLTextAreaElement>("decision-note").value, chosen];
    };
    const type = async () => {
      await click(user, "decision-refused");
      await user.type(screen.getByTestId("decision-note"), "Vue.");
    };
    await click(user, "open-decision");
    await type();
    await user.keyboard("{Escape}");
    expect(await reopened()).toEqual(["Vue.", true]);
    await click(user, "cancel");
    expect(await reopened()).toEqual(["", false]);
    await type();
    await click(user, "decide");
    await waitFor(() => expect(screen.queryByTestId("decide")).toBeNull());
    expect(await reopened()).toEqual(["", false]);
  });

  it.each(["decision-note", "decision-refused"])("is recorded by Ctrl+Enter with the focus in %s", async (place) => {
    const { calls, user } = open({}, KO);
    await click(user, "open-decision");
    await click(user, "decision-refused");
    await click(user, place);
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(calls("decide").map(([, id, choice]) => [id, choice])).toEqual([[dossierId(0), "refused"]]));
  });

  it("keeps the dialog with what was typed when it could not be written down", async () => {
    const { user } = open({ failing: { decide: "register_closed" } }, KO);
    await click(user, "open-decision");
    await click(user, "decision-accepted");
    await user.type(screen.getByTestId("decision-note"), "Vu.");
    await click(user, "decide");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("register_closed");
    expect(screen.getByTestId<HTMLTextAreaElement>("decision-note").value).toBe("Vu.");
  });
});

describe("a dossier that is made again", () => {
  it("opens the form with the same person, under a reference of its own", async () => {
    const { calls, history, user } = open({}, KO);
    await click(user, "why-again");
    await waitFor(() => expect(history.location.pathname).toBe("/new"));
    expect((await screen.findByTestId<HTMLInputElement>("field-reference")).value).toBe("REF-1000-2");
    expect(screen.getByTestId<HTMLInputElement>("field-last_name").value).not.toBe("");
    expect(screen.getByTestId<HTMLInputElement>("field-email").value).toContain("@");
    expect(calls("launchDossier")).toEqual([]);
  });
});

describe("the tags of a dossier", () => {
  it("are changed in the dossier itself", async () => {
    const { calls, user } = open({}, KO);
    await click(user, "edit-tags");
    await user.type(screen.getByTestId("tag-new"), "à revoir");
    await click(user, "tag-apply");
    await waitFor(() => expect(screen.getByTestId("dossier-tags").textContent).toContain("à revoir"));
    expect(calls("tagDossiers")[0]?.slice(1)).toEqual([{ kind: "some", ids: [dossierId(0)] }, ["à revoir"], []]);
  });

  it("are put by Ctrl+Enter from the field", async () => {
    const { calls, user } = open({}, KO);
    await click(user, "edit-tags");
    await user.type(screen.getByTestId("tag-new"), "à revoir");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(calls("tagDossiers")).toHaveLength(1));
  });
});
