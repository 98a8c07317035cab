import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { dossierId, open } from "../../../test/desk";

const rows = () => screen.findAllByTestId("dossier-row");
const rowOf = (index: number) => screen.getAllByTestId("dossier-row").find(({ dataset }) => dataset["id"] === dossierId(index));
const box = (row: HTMLElement | undefined) => within(row as HTMLElement).getByTestId<HTMLInputElement>("row-box");
const scrollTo = (scrollTop: number) =>
  act(() => {
    const scroller = screen.getByTestId("dossier-table").parentElement as HTMLElement;
    scroller.scrollTop = scrollTop;
    scroller.dispatchEvent(new Event("scroll"));
  });

describe("the rows in the page", () => {
  it("stand in the order of the list, whichever way it was scrolled", async () => {
    open({ count: 500 });
    await rows();
    for (const scrollTop of [340, 3400, 3060, 0, 9000, 8990, 170]) {
      scrollTo(scrollTop);
      const indexes = Array.from(screen.getByTestId("dossier-table").querySelectorAll(".row"), (row) => Number(row.getAttribute("aria-rowindex")));
      expect(indexes).toEqual([...indexes].sort((one, other) => one - other));
      expect(new Set(indexes).size).toBe(indexes.length);
      await waitFor(() => expect(screen.getByTestId("dossier-table").querySelectorAll(".row:not([data-id])")).toHaveLength(0));
    }
  });

  it("keep the focus on its dossier while the list rolls on, and give its element to no other", async () => {
    open({ count: 500 });
    await rows();
    const row = rowOf(2) as HTMLElement;
    act(() => row.focus());
    for (const scrollTop of [3400, 9000, 34]) {
      scrollTo(scrollTop);
      expect(document.activeElement).toBe(row);
      expect(row.dataset["id"]).toBe(dossierId(2));
    }
  });

  it("say the new state of a dossier in the element it had", async () => {
    const { backend } = open();
    await rows();
    const row = rowOf(2);
    act(() => void backend.control.finish(dossierId(2), "KO"));
    await waitFor(() => expect(row?.textContent).toContain("Non conforme"));
    expect(rowOf(2)).toBe(row);
  });

  it("take a reference for text", async () => {
    const { backend } = open();
    await rows();
    act(() => backend.control.edit(dossierId(1), (view) => ({ ...view, row: { ...view.row, reference: "<b>REF</b>" } })));
    await waitFor(() => expect(rowOf(1)?.textContent).toContain("<b>REF</b>"));
    expect(rowOf(1)?.querySelector("b")).toBeNull();
    expect(box(rowOf(1)).getAttribute("aria-label")).toBe("Sélectionner <b>REF</b>");
  });

  it("say that an imported dossier has no process", async () => {
    const { backend } = open();
    await rows();
    const process = within(rowOf(0) as HTMLElement).getByText("Ouverture de compte").closest("[role=gridcell]");
    act(() => backend.control.edit(dossierId(0), (view) => ({ ...view, row: { ...view.row, process_name: "" } })));
    await waitFor(() => expect(process?.textContent).toBe("–"));
  });

  it("are chosen by the mouse in their box and by the keyboard, and their box says so", async () => {
    const { user } = open();
    await rows();
    await user.click(box(rowOf(1)));
    await waitFor(() => expect(rowOf(1)?.getAttribute("aria-selected")).toBe("true"));
    expect(box(rowOf(1)).checked).toBe(true);
    act(() => rowOf(3)?.focus());
    await user.keyboard(" ");
    await waitFor(() => expect(box(rowOf(3)).checked).toBe(true));
    await user.keyboard("x");
    await waitFor(() => expect(box(rowOf(3)).checked).toBe(false));
    await user.click(box(rowOf(1)));
    await waitFor(() => expect(box(rowOf(1)).checked).toBe(false));
    expect(rowOf(1)?.getAttribute("aria-selected")).toBe("false");
  });

  it("leave J, K and X alone where the keys of one letter are turned off", async () => {
    const { user } = open({}, "/", (fake) => {
      const read = fake.getSettings.bind(fake);
      fake.getSettings = async () => ({ ...(await read()), letter_keys: false });
    });
    await rows();
    act(() => rowOf(0)?.focus());
    await user.keyboard("jx{ArrowDown} k");
    await waitFor(() => expect(document.activeElement).toBe(rowOf(1)));
    expect(screen.getByTestId("selection-count").textContent).toBe("1 sélectionné");
    expect(box(rowOf(1)).checked).toBe(true);
  });

  it("speak the other language at once", async () => {
    const { user } = open();
    await rows();
    expect(rowOf(0)?.textContent).toContain("Non conforme");
    const { speak } = await import("../../../i18n/language");
    act(() => speak("en"));
    await waitFor(() => expect(box(rowOf(0)).getAttribute("aria-label")).toBe("Select REF-1000"));
    expect(rowOf(0)?.textContent).not.toContain("Non conforme");
    await user.hover(within(rowOf(0) as HTMLElement).getByText("Ouverture de compte"));
    expect(within(rowOf(0) as HTMLElement).getByText("Ouverture de compte").title).toBe("Ouverture de compte");
  });
});
