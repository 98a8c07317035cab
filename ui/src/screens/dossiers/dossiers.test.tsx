import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { click, dossierId, open } from "../../test/desk";

function online(is: boolean): void {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(is);
}

afterEach(() => vi.restoreAllMocks());

const rows = () => screen.findAllByTestId("dossier-row");

describe("the list of dossiers", () => {
  it("counts all its rows for a screen reader while it draws only some", async () => {
    open({ count: 5000 });
    const table = await screen.findByTestId("dossier-table");
    expect(table.getAttribute("aria-rowcount")).toBe("5001");
    const drawn = await rows();
    expect(drawn.length).toBeLessThan(80);
    expect(drawn[0]?.getAttribute("aria-rowindex")).toBe("2");
  });

  it("moves with the arrows, Home and End, and opens with Enter", async () => {
    const { user, history } = open({ count: 300 });
    const [first] = await rows();
    act(() => first?.focus());
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-rowindex")).toBe("3"));
    await user.keyboard("{End}");
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-rowindex")).toBe("301"));
    await user.keyboard("{Home}{ArrowDown}");
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-rowindex")).toBe("3"));
    await user.keyboard("{Enter}");
    await waitFor(() => expect(history.location.pathname).toBe(`/dossiers/${dossierId(1)}`));
  });

  it("has one tab stop among its rows", async () => {
    open();
    const stops = (await rows()).filter((row) => row.tabIndex === 0);
    expect(stops).toHaveLength(1);
  });

  it("sorts by a column, both ways, and says so", async () => {
    const { user } = open();
    await rows();
    const header = () => screen.getByRole("columnheader", { name: "Nom" });
    await user.click(within(header()).getByRole("button"));
    await waitFor(() => expect(header().getAttribute("aria-sort")).toBe("ascending"));
    await waitFor(async () => expect((await rows())[0]?.textContent).toContain("BRÉZILLAC"));
    await user.click(within(header()).getByRole("button"));
    await waitFor(() => expect(header().getAttribute("aria-sort")).toBe("descending"));
  });

  it("finds a name whatever its accents and case", async () => {
    const { user } = open();
    await rows();
    await user.type(screen.getByTestId("search"), "brezillac");
    await waitFor(() => expect(screen.getByTestId("dossier-count").textContent).toMatch(/3 dossiers sur 24/));
  });

  it("shows the dossiers whose outcome is unknown, in words", async () => {
    const { user } = open();
    await rows();
    await click(user, "view-menu");
    await click(user, "view-unknown");
    await waitFor(async () => expect((await rows()).every((row) => row.textContent.includes("Issue inconnue"))).toBe(true));
  });

  it("tells an empty register from a search that finds nothing", async () => {
    open({ count: 0 });
    await waitFor(() => expect(screen.getByTestId("list-state").dataset["state"]).toBe("empty"));
  });

  it("offers to show all when nothing matches", async () => {
    const { user } = open({}, "/?search=personne-de-ce-nom");
    await waitFor(() => expect(screen.getByTestId("list-state").dataset["state"]).toBe("nothing"));
    await user.click(within(screen.getByTestId("list-state")).getByRole("button", { name: "Tout afficher" }));
    expect((await rows()).length).toBeGreaterThan(0);
  });

  it.each(["internal", "unreachable"] as const)("shows %s as the error that it is, with the network down too", async (code) => {
    online(false);
    open({ failing: { listDossiers: code } });
    await waitFor(() => expect(screen.getByTestId("list-state").dataset["state"]).toBe("error"));
    expect(within(screen.getByTestId("list-state")).getByTestId("error").dataset["code"]).toBe(code);
  });

  it("says that rows could not be read, above those that are here, and reads them when asked again", async () => {
    const { backend, user } = open({ count: 500 });
    const [first] = await rows();
    backend.control.fail("listDossiers", "register_busy");
    act(() => first?.focus());
    await user.keyboard("{End}");
    const error = await screen.findByTestId("error");
    expect(error.dataset["code"]).toBe("register_busy");
    expect(screen.getByTestId("dossier-table")).toBeTruthy();
    backend.control.fail("listDossiers", null);
    await user.click(within(error).getByRole("button", { name: "Réessayer" }));
    await waitFor(() => expect(document.querySelector(`[data-id="${dossierId(499)}"]`)).toBeTruthy());
    expect(screen.queryByTestId("error")).toBeNull();
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-rowindex")).toBe("501"));
  });

  it("says of an empty register without a connection that nothing can come from ID360, and offers a file", async () => {
    online(false);
    const { history, user } = open({ count: 0 });
    await waitFor(() => expect(screen.getByTestId("list-state").dataset["state"]).toBe("offline"));
    await user.click(within(screen.getByTestId("list-state")).getByRole("button", { name: "Importer" }));
    await waitFor(() => expect(history.location.pathname).toBe("/import"));
  });

  it("shows its rows without a connection: they are this computer's own", async () => {
    online(false);
    open();
    expect((await rows()).length).toBeGreaterThan(0);
  });

  it("says that it is reading while it reads", async () => {
    open({ delay: 200 });
    expect((await screen.findByTestId("list-state")).dataset["state"]).toBe("loading");
    await rows();
  });

  it("changes a row at once when the dossier ends", async () => {
    const { backend } = open();
    await rows();
    act(() => void backend.control.finish(dossierId(2), "KO"));
    await waitFor(() => {
      const row = screen.getAllByTestId("dossier-row").find(({ dataset }) => dataset["id"] === dossierId(2));
      expect(row?.textContent).toContain("Non conforme");
    });
  });

  it("shows an undocumented status as ID360 spells it", async () => {
    open();
    expect((await rows())[11]?.textContent).toContain("ON_HOLD");
  });

  it("comes back to the row that was open", async () => {
    const { user } = open();
    await user.click((await rows())[3] as HTMLElement);
    await click(user, "back-to-list");
    await waitFor(() => expect(document.activeElement?.getAttribute("data-id")).toBe(dossierId(3)));
  });
});
