import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, dossierId, open } from "../../test/desk";

describe("today's page", () => {
  it("shows five counts that lead to exactly those dossiers", async () => {
    const { history, user } = open({ count: 40 }, "/today");
    for (const count of ["to_treat", "due_soon", "troubled", "in_progress", "unknown"]) expect(await screen.findByTestId(`count-${count}`)).toBeTruthy();
    expect(screen.getByTestId("count-unknown").textContent).toMatch(/^3/);
    await click(user, "count-unknown");
    await waitFor(() => expect(history.location.pathname).toBe("/"));
    expect(history.location.search).toContain("unknown");
  });

  it.each([
    ["to_treat", { field: "to_treat", not: false }],
    ["due_soon", { field: "deadline", not: false, stretch: { kind: "within_hours", hours: 48 } }],
    ["troubled", { field: "troubled", not: false }],
    ["in_progress", { field: "in_progress", not: false }],
    ["unknown", { field: "status", not: false, words: ["OUTCOME_UNKNOWN"] }],
  ])("opens the list of %s on the environment that was counted", async (count, filter) => {
    const { calls, user } = open({ signed_in: "production" }, "/today");
    const shown = Number((await screen.findByTestId(`count-${count}`)).querySelector("strong")?.textContent);
    await click(user, `count-${count}`);
    await screen.findByTestId("dossier-count");
    const [query] = calls("listDossiers").at(-1) as [{ filters: unknown[] }];
    expect(query.filters).toEqual([filter, { field: "environment", not: false, ids: ["production"] }]);
    expect(screen.getByTestId("dossier-count").textContent).toMatch(new RegExp(`^${shown} dossiers?`));
  });

  it.each([
    ["today-chain", { chain: "broken" }, "/journal", "rupture"],
    ["today-backup", { backup_trouble: "disk_full" }, "/settings", "sauvegarde"],
    ["capture-blocked", { capture: "blocked" }, "/evidence", "arrêtée"],
  ] as const)("tells of %s, and leads there", async (testId, change, place, word) => {
    const { history, user } = open(change, "/today");
    const alarm = await screen.findByTestId(testId);
    expect(alarm.textContent).toContain(word);
    await user.click(within(alarm).getByRole("link"));
    await waitFor(() => expect(history.location.pathname).toBe(place));
  });

  it("says nothing of a journal and copies that are as they should be", async () => {
    open({}, "/today");
    await screen.findByTestId("count-to_treat");
    for (const alarm of ["today-chain", "today-backup", "capture-paused", "capture-blocked"]) expect(screen.queryByTestId(alarm)).toBeNull();
  });

  it("puts the five nearest deadlines first, each with its one next act", async () => {
    open({ count: 80 }, "/today");
    const cards = await screen.findAllByTestId("due-card");
    expect(cards).toHaveLength(5);
    for (const card of cards) expect(within(card).getAllByTestId("next-act")).toHaveLength(1);
  });

  it("has the place of what an act came to before there are words in it", async () => {
    open({ count: 80 }, "/today");
    const said = await screen.findByTestId("settled");
    expect([said.getAttribute("role"), said.textContent]).toEqual(["status", ""]);
  });

  it("shows what is under way and what came last", async () => {
    open({ count: 40 }, "/today");
    expect(within(await screen.findByTestId("today-running")).getAllByRole("listitem")).toHaveLength(5);
    expect(within(screen.getByTestId("today-latest")).getAllByRole("listitem")[0]?.textContent).toContain("REF-1000");
  });

  it("tells an empty register from one that is being read and from one that failed", async () => {
    open({ count: 0, delay: 60 }, "/today");
    expect((await screen.findByTestId("today-state")).dataset["state"]).toBe("loading");
    await waitFor(() => expect(screen.getByTestId("today-state").dataset["state"]).toBe("empty"));
  });

  it("says that the counts in view could not be read again, until they are", async () => {
    const { backend, user } = open({}, "/today");
    await screen.findByTestId("count-to_treat");
    backend.control.fail("getHome", "register_busy");
    act(() => backend.control.edit(dossierId(0), (view) => view));
    const error = await screen.findByTestId("error");
    expect(error.dataset["code"]).toBe("register_busy");
    expect(screen.getByTestId("count-to_treat")).toBeTruthy();
    backend.control.fail("getHome", null);
    await user.click(within(error).getByRole("button", { name: "Réessayer" }));
    await waitFor(() => expect(screen.queryByTestId("error")).toBeNull());
  });

  it("shows the error when nothing could be read, with a way to try again", async () => {
    const { backend, user } = open({ failing: { getHome: "provider_incident" } }, "/today");
    const error = await screen.findByTestId("error");
    backend.control.fail("getHome", null);
    await user.click(within(error).getByRole("button", { name: "Réessayer" }));
    expect(await screen.findByTestId("count-to_treat")).toBeTruthy();
  });
});
