import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { RadarCard } from "../../backend/generated/RadarCard";
import type { RadarView } from "../../backend/generated/RadarView";
import type { NextAct } from "../../backend/generated/NextAct";
import type { FakeBackend } from "../../backend/fake";
import { click, dossierId, open } from "../../test/desk";

const HOUR = 3_600_000;

/** A radar of one card in the lane of reports, with that act. */
async function only(backend: FakeBackend, next: NextAct, hours = 30): Promise<RadarView> {
  const { row } = await backend.getDossier(dossierId(0));
  const moment = new Date(Date.now() + hours * HOUR).toISOString();
  const card: RadarCard = { row, lane: "report", at: moment, here: moment, next };
  const none = { within_a_day: 0, within_two_days: 0, within_a_week: 0, later: 0, cards: [] };
  return { lanes: [{ lane: "documents", ...none }, { lane: "report", ...none, within_two_days: 1, cards: [card] }, { lane: "no_archive", ...none }], filters: [], lost: { dossiers: 0, filters: [] }, clock_offset_minutes: null, capture: { kind: "idle" } };
}

function withOnly(next: NextAct) {
  return (backend: FakeBackend) => {
    backend.getRadar = () => only(backend, next);
  };
}

/** The filters of an address. */
function filtersOf(search: string): unknown {
  return JSON.parse(new URLSearchParams(search).get("filters") ?? "null");
}

describe("the deadlines", () => {
  it("stand in three lanes, the closest first, each with one next act", async () => {
    open({ count: 80 }, "/deadlines");
    for (const lane of ["documents", "report", "no_archive"]) expect(await screen.findByTestId(`lane-${lane}`)).toBeTruthy();
    const cards = within(screen.getByTestId("lane-documents")).getAllByTestId("due-card");
    expect(cards.length).toBeGreaterThan(2);
    for (const card of cards) expect(within(card).getAllByTestId("next-act")).toHaveLength(1);
    const order = cards.map((card) => card.querySelector(".due-time")?.getAttribute("title") ?? "");
    expect(new Set(order).size).toBe(order.length);
  });

  it("say that they could not be read again, beside those of before", async () => {
    const { backend } = open({ count: 80 }, "/deadlines");
    await screen.findByTestId("lane-documents");
    backend.control.fail("getRadar", "register_busy");
    act(() => backend.control.edit(dossierId(0), (view) => view));
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("register_busy");
    expect(screen.getByTestId("lane-documents")).toBeTruthy();
  });

  it("are counted by time left, and the counts add up to the lane's dossiers", async () => {
    open({ count: 80 }, "/deadlines");
    const lane = await screen.findByTestId("lane-documents");
    const counts = Array.from(lane.querySelectorAll(".lane-count strong"), ({ textContent }) => Number(textContent));
    expect(counts).toHaveLength(4);
    expect(`${counts.reduce((sum, count) => sum + count, 0)} dossiers`).toBe(within(lane).getByTestId("lane-total").textContent);
  });

  it("count the time left on a computer whose clock is late by what is really left", async () => {
    open({}, "/deadlines", (backend) => {
      backend.getRadar = async () => {
        const radar = await only(backend, { kind: "keep_report" });
        for (const { cards } of radar.lanes) for (const card of cards) card.here = new Date(Date.now() + 5.5 * HOUR).toISOString();
        return radar;
      };
    });
    const card = await screen.findByTestId("due-card");
    expect(card.querySelector(".due-left")?.textContent).toMatch(/5\sh/);
    expect(card.closest(".lane-bucket")?.querySelector(".lane-bucket-within_a_day")).toBeTruthy();
  });

  it("capture a card now, say why it was not captured, and read the radar again", async () => {
    const { user, calls } = open({ count: 80 }, "/deadlines");
    const lane = await screen.findByTestId("lane-documents");
    const before = calls("getRadar").length;
    const troubled = within(lane).getAllByTestId("due-card").find((card) => card.textContent.includes("incident"));
    expect(troubled).toBeTruthy();
    await user.click(within(troubled as HTMLElement).getByTestId("next-act"));
    await waitFor(() => expect(screen.getByTestId("long-act").textContent).toMatch(/gardées? ici/));
    expect(calls("captureNow")[0]?.[1]).toBe(troubled?.dataset["id"]);
    expect(calls("getRadar").length).toBeGreaterThan(before);
  });

  it("do not take a draft of before for the report that was asked for", async () => {
    const { user } = open({}, "/deadlines", (backend) => {
      withOnly({ kind: "keep_report" })(backend);
      backend.control.edit(dossierId(0), (view) => ({ ...view, report: view.report && { ...view.report, kind: "draft" } }));
    });
    await click(user, "next-act");
    await waitFor(() => expect(screen.getByTestId("settled").textContent).toContain("n’est pas encore prêt"));
  });

  it("keep the report of a card, and give the focus to the title when the card is gone", async () => {
    const { user, backend, calls } = open({}, "/deadlines", withOnly({ kind: "keep_report" }));
    const button = await screen.findByTestId("next-act");
    backend.getRadar = async () => ({ ...(await only(backend, { kind: "keep_report" })), lanes: [] });
    await user.click(button);
    await waitFor(() => expect(screen.getByTestId("settled").textContent).toContain("le rapport est gardé"));
    expect(calls("refreshDossier")).toEqual([[dossierId(0)]]);
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Échéances"));
  });

  it("show why an act failed beside it, and leave the card", async () => {
    const { user } = open({ failing: { refreshDossier: "timed_out" } }, "/deadlines", withOnly({ kind: "keep_report" }));
    await click(user, "next-act");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("timed_out");
    expect(screen.getByTestId("due-card")).toBeTruthy();
  });

  it("ask for the account that can beside the one that cannot, over the same screen", async () => {
    const { user, calls } = open({ signed_in: "production" }, "/deadlines", withOnly({ kind: "sign_in_as_user" }));
    await click(user, "next-act");
    const card = within(await screen.findByTestId("account-card-user"));
    await user.type(card.getByTestId("signin-username"), "conformite@exemple.test");
    await user.type(card.getByTestId("signin-password"), "un secret");
    await user.type(card.getByTestId("signin-code"), "123456");
    await user.click(card.getByTestId("signin-submit"));
    expect(await screen.findByTestId("work-as-user")).toBeTruthy();
    await click(user, "close-accounts");
    expect(screen.getByTestId("due-card")).toBeTruthy();
    expect(screen.getByTestId("header-beside").textContent).toContain("Utilisateur");
    expect(calls("signOut")).toEqual([]);
  });

  it("propose the environment that a dossier belongs to", async () => {
    const { user } = open({}, "/deadlines", withOnly({ kind: "sign_in", environment_id: "pre_production" }));
    expect((await screen.findByTestId("due-card")).textContent).toContain("Personne n’est connecté");
    await click(user, "next-act");
    await click(user, "confirm");
    expect(within(await screen.findByTestId("env-pre_production")).getByRole("radio")).toHaveProperty("checked", true);
  });

  it("say what went wrong when the last try failed, and open the dossier", async () => {
    const { user, history } = open({}, "/deadlines", withOnly({ kind: "look", trouble: "provider_incident" }));
    expect((await screen.findByTestId("due-card")).textContent).toContain("ID360 rencontre un incident");
    await click(user, "next-act");
    await waitFor(() => expect(history.location.pathname).toBe(`/dossiers/${dossierId(0)}`));
  });

  it("tell that the computer's clock is wrong, and what was lost", async () => {
    open({ clock_offset: -7, lost: 3 }, "/deadlines");
    const clock = (await screen.findByTestId("clock-differs")).textContent;
    expect(clock).toContain("diffère de 7 min");
    expect(clock).toContain("tiennent déjà compte");
    expect(screen.getByTestId("lost").textContent).toContain("3 dossiers perdus");
  });

  it("open the list on the environment that they count", async () => {
    const { history, user } = open({ lost: 3, signed_in: "production" }, "/deadlines");
    await click(user, "lost-see");
    await waitFor(() => expect(history.location.pathname).toBe("/"));
    expect(filtersOf(history.location.search)).toEqual([
      { field: "lost", not: false },
      { field: "environment", not: false, ids: ["production"] },
    ]);
  });

  it("lead from a lane that is too long to the list of the same environment", async () => {
    const { history, user } = open({}, "/deadlines", (backend) => {
      const shown = backend.getRadar.bind(backend);
      backend.getRadar = async () => {
        const radar = await shown();
        return { ...radar, lanes: radar.lanes.map((lane) => ({ ...lane, later: lane.later + 60 })) };
      };
    });
    await user.click((await screen.findAllByTestId("lane-see"))[0] as HTMLElement);
    await waitFor(() => expect(history.location.pathname).toBe("/"));
    expect(filtersOf(history.location.search)).toContainEqual({ field: "environment", not: false, ids: ["sandbox"] });
  });

  it("say that capture is paused, promise nothing of it, and resume it", async () => {
    const { calls, user } = open({ count: 80, capture: "paused" }, "/deadlines");
    expect((await screen.findByTestId("capture-paused")).textContent).toContain("en pause");
    expect(screen.queryByText(/La capture le prendra/)).toBeNull();
    await click(user, "resume-captures");
    await waitFor(() => expect(screen.queryByTestId("capture-paused")).toBeNull());
    expect(calls("resumeCaptures")).toHaveLength(1);
    expect((await screen.findAllByText(/La capture le prendra/)).length).toBeGreaterThan(0);
  });

  it("say why capture stopped, and lead to the evidence", async () => {
    const { history, user } = open({ count: 80, capture: "blocked" }, "/deadlines");
    const banner = await screen.findByTestId("capture-blocked");
    expect(banner.dataset["code"]).toBe("disk_full");
    expect(screen.queryByText(/La capture le prendra/)).toBeNull();
    await user.click(within(banner).getByRole("link"));
    await waitFor(() => expect(history.location.pathname).toBe("/evidence"));
  });

  it("tell an empty radar from one that is being read and from one that failed", async () => {
    const { backend, user } = open({ count: 0, delay: 60 }, "/deadlines");
    expect((await screen.findByTestId("radar-state")).dataset["state"]).toBe("loading");
    await waitFor(() => expect(screen.getByTestId("radar-state").dataset["state"]).toBe("empty"));
    backend.control.fail("getRadar", "internal");
    await click(user, "nav-today");
    await click(user, "nav-deadlines");
    expect(await screen.findByTestId("radar-state")).toBeTruthy();
  });

  it("show the error when nothing could be read, with a way to try again", async () => {
    const { backend, user } = open({ failing: { getRadar: "provider_incident" } }, "/deadlines");
    const error = await screen.findByTestId("error");
    backend.control.fail("getRadar", null);
    await user.click(within(error).getByRole("button", { name: "Réessayer" }));
    expect(await screen.findByTestId("lane-documents")).toBeTruthy();
  });

  it("are read again when the register moved", async () => {
    const { backend, calls } = open({}, "/deadlines");
    await screen.findByTestId("lane-documents");
    const before = calls("getRadar").length;
    act(() => void backend.control.finish(dossierId(2), "OK"));
    await waitFor(() => expect(calls("getRadar").length).toBeGreaterThan(before));
  });
});
