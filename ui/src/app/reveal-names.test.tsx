import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, dossierId, open } from "../test/desk";

const rows = () => screen.findAllByTestId("dossier-row");
const button = () => screen.getByTestId("reveal-names");
const shown = async () => (await rows()).map((row) => row.textContent).join(" ");

describe("names of several dossiers", () => {
  it("are whole, with nothing to press, on a desk that does not mask them", async () => {
    open();
    expect(await shown()).toContain("VALMONTEL");
    expect(screen.queryByTestId("reveal-names")).toBeNull();
  });

  it("are masked until a person shows them, by the keyboard too, and masked again on their word", async () => {
    const { user, calls } = open({ mask_names: true });
    expect(await shown()).toContain("VAL••• On•••");
    expect(await shown()).not.toContain("VALMONTEL");
    expect(button().textContent).toBe("Afficher les noms");
    expect(button().getAttribute("aria-pressed")).toBe("false");

    button().focus();
    await user.keyboard("{Enter}");
    await waitFor(async () => expect(await shown()).toContain("VALMONTEL Ondine"));
    expect(button().textContent).toBe("Masquer les noms");
    expect(button().getAttribute("aria-pressed")).toBe("true");
    expect(document.activeElement).toBe(button());

    await click(user, "reveal-names");
    await waitFor(async () => expect(await shown()).not.toContain("VALMONTEL"));
    expect(calls("revealNames")).toEqual([[true], [false]]);
  });

  it("stay masked, and say why, when the journal cannot be written", async () => {
    const { user } = open({ mask_names: true, failing: { revealNames: "disk_full" } });
    await rows();
    await click(user, "reveal-names");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("disk_full");
    expect(button().getAttribute("aria-pressed")).toBe("false");
    expect(await shown()).not.toContain("VALMONTEL");
  });

  it("are found by their letters while they are masked", async () => {
    const { user } = open({ mask_names: true });
    await rows();
    await user.type(screen.getByTestId("search"), "valmontel");
    await waitFor(() => expect(screen.getByTestId("dossier-count").textContent).toMatch(/dossiers sur 24/));
    expect(await shown()).toMatch(/^(.*VAL•••.*)+$/);
  });

  it("stay masked in the row of a dossier that changes, and are whole on its page", async () => {
    const { backend, user } = open({ mask_names: true });
    await rows();
    const row = () => screen.getAllByTestId("dossier-row").find(({ dataset }) => dataset["id"] === dossierId(2)) as HTMLElement;
    expect(row().textContent).toContain("D'OR••• Ma•••");
    act(() => void backend.control.finish(dossierId(2), "OK"));
    await waitFor(() => expect(row().textContent).toContain("Conforme"));
    expect(row().textContent).toContain("D'OR••• Ma•••");
    await user.click(row());
    expect((await screen.findByText("D'ORSENNE Maëlys")).closest("header")).toBeTruthy();
    expect(screen.queryByTestId("reveal-names")).toBeNull();
  });

  it("are masked on the other screens, where they can be shown as well", async () => {
    for (const place of ["/today", "/deadlines"]) {
      const { container, user } = open({ mask_names: true }, place);
      await waitFor(() => expect(container.textContent).toMatch(/[A-ZÀ-Ž]{3}••• \p{Lu}/u));
      expect(container.textContent).not.toContain("VALMONTEL");
      await click(user, "reveal-names");
      await waitFor(() => expect(container.textContent).toContain("VALMONTEL"));
      container.remove();
    }
  });

  it("that one screen showed are never shown by it again before it is read anew", async () => {
    const { backend, user } = open({ mask_names: true }, "/today");
    await click(user, "reveal-names");
    await waitFor(() => expect(document.body.textContent).toContain("VALMONTEL"));
    await click(user, "nav-dossiers");
    await rows();
    await click(user, "reveal-names");
    await waitFor(() => expect(button().getAttribute("aria-pressed")).toBe("false"));
    backend.control.fail("getHome", "internal");
    await click(user, "nav-today");
    await screen.findByTestId("error");
    expect(document.body.textContent).not.toContain("VALMONTEL");
  });

  it("are masked again after the desk was locked", async () => {
    const { backend, user } = open({ mask_names: true });
    await rows();
    await click(user, "reveal-names");
    await waitFor(async () => expect(await shown()).toContain("VALMONTEL"));
    await act(() => backend.lock());
    await act(() => backend.unlock(null));
    await waitFor(async () => expect(await shown()).toContain("VAL•••"));
    expect(button().getAttribute("aria-pressed")).toBe("false");
  });
});
