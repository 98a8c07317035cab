import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { WireError } from "../../backend/generated/WireError";
import { ACT_GROUPS } from "../../i18n/act-words";
import { click, dossierId, open } from "../../test/desk";

const entries = () => screen.findAllByTestId("journal-entry");

describe("the journal", () => {
  it("says in words who did what with which dossier, newest first", async () => {
    open({}, "/journal");
    const [first, second] = await entries();
    expect(first?.textContent).toMatch(/^640.*agence-12Document consultéREF-1000/);
    expect(second?.textContent).toMatch(/^639/);
  });

  it("shows an act it has no word for as it was written", async () => {
    open({}, "/journal");
    expect((await entries()).some(({ textContent }) => textContent.includes("brand_new_act"))).toBe(true);
  });

  it("names the desk where nobody acted", async () => {
    open({}, "/journal");
    expect((await entries()).find(({ dataset }) => dataset["act"] === "warned")?.textContent).toContain("ce poste");
  });

  it("has no act twice among its groups", () => {
    const words = ACT_GROUPS.flatMap(({ acts }) => acts.map(([word]) => word));
    expect(new Set(words).size).toBe(words.length);
  });

  it("is narrowed by acts, several at once", async () => {
    const { user, calls } = open({}, "/journal");
    await entries();
    await click(user, "filter-acts");
    await user.click(await screen.findByTestId("act-viewed"));
    await user.click(screen.getByTestId("act-saved"));
    await waitFor(() => expect(calls("listJournal").at(-1)?.[0]).toMatchObject({ acts: ["viewed", "saved"] }));
    await user.keyboard("{Escape}");
    await waitFor(async () => expect(new Set((await entries()).map(({ dataset }) => dataset["act"]))).toEqual(new Set(["viewed", "saved"])));
  });

  it("is narrowed to one dossier from a row, and widened again", async () => {
    const { user, calls } = open({}, "/journal");
    await entries();
    await user.click(screen.getAllByTestId("journal-only")[0] as HTMLElement);
    await waitFor(() => expect(calls("listJournal").at(-1)?.[0]).toMatchObject({ dossier_id: dossierId(0) }));
    expect((await screen.findByTestId("filter-dossier-only")).textContent).toContain("REF-1000");
    await click(user, "filter-dossier-clear");
    await waitFor(() => expect(calls("listJournal").at(-1)?.[0]).toMatchObject({ dossier_id: null }));
  });

  it("keeps the focus at the dossier that it is narrowed to, and at its field when it is widened again", async () => {
    const { user } = open({}, "/journal");
    await entries();
    act(() => screen.getAllByTestId("journal-only")[0]?.focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("filter-dossier-clear")));
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("filter-dossier")));
  });

  it("finds the dossier to narrow to by its reference", async () => {
    const { user, calls } = open({}, "/journal");
    await entries();
    await user.type(screen.getByTestId("filter-dossier"), "ref-1003");
    await user.click(await screen.findByRole("option", { name: /REF-1003/ }));
    await waitFor(() => expect(calls("listJournal").at(-1)?.[0]).toMatchObject({ dossier_id: dossierId(3) }));
  });

  it("finds the dossier though another reading of the list overtook the search", async () => {
    const overtaken: WireError = { code: "cancelled", params: {}, retryable: false, trace_id: "t" };
    let times = 0;
    const { user } = open({}, "/journal", (fake) => {
      const list = fake.listDossiers.bind(fake);
      // The window receives its errors as values.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      fake.listDossiers = (query, offset, limit) => (query.search === "ref-1003" && times++ === 0 ? Promise.reject(overtaken) : list(query, offset, limit));
    });
    await entries();
    await user.type(screen.getByTestId("filter-dossier"), "ref-1003");
    await waitFor(() => expect(times).toBeGreaterThan(1));
    expect(await screen.findByRole("option", { name: /REF-1003/ })).toBeTruthy();
  });

  it("says that the entries in view could not be read again", async () => {
    const { backend } = open({}, "/journal");
    await entries();
    backend.control.fail("listJournal", "register_busy");
    act(() => backend.control.edit(dossierId(0), (view) => view));
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("register_busy");
    expect(screen.getByTestId("journal-table")).toBeTruthy();
  });

  it("opens at the filters of its address, and drops them all at once", async () => {
    const { user, calls } = open({}, "/journal?actor=%22agence-12%22&from=%222026-01-01%22");
    await entries();
    expect(calls("listJournal")[0]?.[0]).toMatchObject({ actor: "agence-12", from: "2026-01-01" });
    await click(user, "journal-clear");
    await waitFor(() => expect(calls("listJournal").at(-1)?.[0]).toEqual({ acts: [], actor: null, by_desk: false, dossier_id: null, from: null, to: null }));
  });

  it("is narrowed to what this computer did by itself", async () => {
    const { user, calls } = open({}, "/journal");
    await entries();
    await click(user, "filter-actor");
    await user.click(await screen.findByRole("option", { name: "ce poste" }));
    await waitFor(() => expect(calls("listJournal").at(-1)?.[0]).toMatchObject({ actor: null, by_desk: true }));
    await waitFor(async () => expect((await entries()).every(({ textContent }) => textContent.includes("ce poste"))).toBe(true));
  });

  it("says the detail in words, and keeps the text that the chain vouches for behind a press", async () => {
    open({}, "/journal");
    const row = (await entries()).find(({ dataset }) => dataset["act"] === "exported") as HTMLElement;
    const detail = within(row).getByTestId("journal-detail");
    expect(detail.querySelector("summary")?.textContent).toBe("24 dossiers en CSV · sans données personnelles · colonnes : Référence, Statut".replaceAll(" :", "\u202f:"));
    expect(detail.textContent).toContain("rows=24 format=csv personal=false columns=reference status");
    const odd = (await entries()).find(({ dataset }) => dataset["act"] === "brand_new_act") as HTMLElement;
    expect(within(odd).queryByTestId("journal-detail")).toBeNull();
    expect(odd.textContent).toContain("quelque chose");
  });

  it("says that a last day before the first one finds nothing", async () => {
    open({}, "/journal?from=%222026-02-03%22&to=%222026-02-01%22");
    expect(await screen.findByText("Le premier jour vient après le dernier.")).toBeTruthy();
    await waitFor(() => expect(screen.getByTestId("journal-state").dataset["state"]).toBe("nothing"));
  });

  it("is turned page by page", async () => {
    const { user } = open({ entries: 250 }, "/journal");
    expect((await screen.findByTestId("journal-count")).textContent).toBe("1–100 sur 250");
    expect(screen.getByTestId("journal-before")).toHaveProperty("disabled", true);
    await click(user, "journal-after");
    await waitFor(async () => expect((await entries())[0]?.textContent).toMatch(/^150/));
    await click(user, "journal-after");
    await waitFor(() => expect(screen.getByTestId("journal-count").textContent).toBe("201–250 sur 250"));
    expect(screen.getByTestId("journal-after")).toHaveProperty("disabled", true);
  });

  it("tells the range of the entries in view while those of the next page are on their way", async () => {
    let arrive: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (arrive = resolve));
    const { user } = open({ entries: 250 }, "/journal", (backend) => {
      const list = backend.listJournal.bind(backend);
      backend.listJournal = async (query, offset, limit) => {
        if (offset > 0) await held;
        return list(query, offset, limit);
      };
    });
    await click(user, "journal-after");
    await waitFor(() => expect(screen.getByTestId("journal-before")).toHaveProperty("disabled", false));
    expect((await entries())[0]?.textContent).toMatch(/^250/);
    expect(screen.getByTestId("journal-count").textContent).toBe("1–100 sur 250");
    arrive();
    await waitFor(() => expect(screen.getByTestId("journal-count").textContent).toBe("101–200 sur 250"));
    expect((await entries())[0]?.textContent).toMatch(/^150/);
  });

  it("opens the dossier of a row", async () => {
    const { user, history } = open({}, "/journal");
    await user.click(within((await entries())[0] as HTMLElement).getByRole("link"));
    await waitFor(() => expect(history.location.pathname).toBe(`/dossiers/${dossierId(0)}`));
  });

  it("tells an empty journal, a failed reading and a reading under way apart", async () => {
    open({ entries: 0, delay: 60 }, "/journal");
    expect((await screen.findByTestId("journal-state")).dataset["state"]).toBe("loading");
    await waitFor(() => expect(screen.getByTestId("journal-state").dataset["state"]).toBe("empty"));
  });

  it("says that it could not be read", async () => {
    open({ failing: { listJournal: "internal" } }, "/journal");
    await waitFor(() => expect(screen.getByTestId("journal-state").dataset["state"]).toBe("error"));
  });
});

describe("the journal's chain", () => {
  it("says until when it is intact", async () => {
    open({}, "/journal");
    expect((await screen.findByTestId("chain")).textContent).toMatch(/Chaîne intacte jusqu’à .*\d{2}:\d{2}/);
  });

  it("says where it breaks, and marks every entry from there on in words", async () => {
    open({ chain: "broken", entries: 20 }, "/journal");
    const chain = await screen.findByTestId("chain");
    expect(chain.textContent).toContain("Le journal présente une rupture après");
    expect(chain.textContent).toContain("Les entrées d’avant restent vérifiables");
    await waitFor(async () => expect((await entries()).filter(({ textContent }) => textContent.includes("après la rupture"))).toHaveLength(9));
  });

  it("is verified on demand, with its progress, and tells the end", async () => {
    const { user, calls } = open({ chain: "unverified", steps: 3, step: 60 }, "/journal");
    await click(user, "verify-journal");
    expect((await screen.findByTestId("long-act")).dataset["state"]).toBe("running");
    await waitFor(() => expect(screen.getByTestId("chain").dataset["state"]).toBe("intact"));
    expect(calls("verifyJournal")).toHaveLength(1);
  });

  it("lets a verification be stopped", async () => {
    const { user, calls } = open({ chain: "unverified", steps: 60, step: 40 }, "/journal");
    await click(user, "verify-journal");
    await click(user, "long-act-stop");
    await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("stopped"));
    expect(calls("cancel")[0]).toEqual([calls("verifyJournal")[0]?.[0]]);
    expect(screen.getByTestId("chain").dataset["state"]).toBe("unverified");
  });

  it("is exported with the filters that are on", async () => {
    const { user, calls } = open({}, "/journal?acts=%5B%22viewed%22%5D");
    await entries();
    await click(user, "export-journal");
    await waitFor(() => expect(screen.getByTestId("long-act").textContent).toContain("40 entrées écrites dans journal.csv"));
    expect(calls("exportJournal")[0]?.[1]).toMatchObject({ acts: ["viewed"] });
  });
});
