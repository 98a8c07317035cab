import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../backend/generated/ErrorCode";
import { click, dossierId, open } from "../../test/desk";

const OK = `/dossiers/${dossierId(1)}`;
const VIEWER = `${OK}?view=first`;

const pictures = () => screen.queryAllByTestId<HTMLImageElement>("page-image");
const captions = () => screen.getAllByTestId("page-caption").map(({ textContent }) => textContent);

/** Lets every picture in view arrive, 800 pixels by 600. */
async function arrive(): Promise<void> {
  await screen.findAllByTestId("page-image");
  for (const picture of pictures()) {
    Object.defineProperty(picture, "naturalWidth", { configurable: true, value: 800 });
    Object.defineProperty(picture, "naturalHeight", { configurable: true, value: 600 });
    fireEvent.load(picture);
  }
  await waitFor(() => expect(pictures().every(({ dataset }) => dataset["state"] === "shown")).toBe(true));
}

const widths = () => pictures().map(({ style }) => Number.parseFloat(style.inlineSize));

describe("the viewer", () => {
  it("opens with D, closes with Escape, and gives the focus back to the dossier", async () => {
    const { user } = open({}, OK);
    await screen.findByTestId("tab-summary");
    await user.keyboard("d");
    await screen.findByTestId("viewer");
    expect(captions()).toEqual(["REF-1001 · Pièce d’identité · Recto"]);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("viewer")).toBeNull());
    await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
  });

  it("opens on the page that was looked at, which is then painted nowhere else", async () => {
    const { user } = open({}, `${OK}?tab=documents`);
    await click(user, "view-verso");
    await click(user, "open-viewer");
    await screen.findByTestId("viewer");
    expect(captions()).toEqual(["REF-1001 · Pièce d’identité · Verso"]);
    expect(pictures()).toHaveLength(1);
  });

  it("is blank until its own picture is there, and the small pictures wait for it", async () => {
    open({}, VIEWER);
    const [picture] = await screen.findAllByTestId("page-image");
    expect(picture?.dataset["state"]).toBe("loading");
    expect(screen.queryAllByTestId("thumbnail-image")).toEqual([]);
    await arrive();
    // Five pages, one of them a video.
    expect(await screen.findAllByTestId("thumbnail-image")).toHaveLength(4);
  });

  it("says why a picture does not come now, not why it did not come before", async () => {
    let why: ErrorCode = "unreachable";
    const { user } = open({}, VIEWER, (fake) => (fake.getPageTrouble = () => Promise.resolve(why)));
    fireEvent.error((await screen.findAllByTestId("page-image"))[0] as HTMLElement);
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("unreachable");
    await user.keyboard("v");
    await screen.findByTestId("page-image");
    why = "document_gone";
    await user.keyboard("r");
    fireEvent.error(await screen.findByTestId("page-image"));
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("document_gone");
  });

  it("never keeps the former picture when another page is asked", async () => {
    const { user } = open({}, VIEWER);
    await arrive();
    const [recto] = pictures();
    await user.keyboard("v");
    expect(captions()).toEqual(["REF-1001 · Pièce d’identité · Verso"]);
    const [verso] = pictures();
    expect(verso).not.toBe(recto);
    expect(verso?.dataset["state"]).toBe("loading");
    expect(verso?.hasAttribute("src")).toBe(true);
    // Its pixels are given back at once.
    await waitFor(() => expect(recto?.hasAttribute("src")).toBe(false));
  });

  it("shows recto and verso together, and the selfie beside the face that is asked", async () => {
    const { user } = open({}, VIEWER);
    await arrive();
    await user.keyboard("b");
    expect(captions()).toEqual(["REF-1001 · Pièce d’identité · Recto", "REF-1001 · Pièce d’identité · Verso"]);
    await user.keyboard("s");
    expect(captions()).toEqual(["REF-1001 · Pièce d’identité · Recto", "REF-1001 · Selfie · Page 1"]);
    await user.keyboard("v");
    expect(captions()).toEqual(["REF-1001 · Pièce d’identité · Verso", "REF-1001 · Selfie · Page 1"]);
    await user.keyboard("s");
    expect(captions()).toEqual(["REF-1001 · Pièce d’identité · Verso"]);
  });

  it("enlarges both pictures together, and one alone once they are no longer linked", async () => {
    const { user } = open({}, VIEWER);
    await arrive();
    await user.keyboard("b");
    await arrive();
    const [left = 0, right = 0] = widths();
    await user.keyboard("z");
    expect(widths()).toEqual([left * 1.25, right * 1.25]);
    await click(user, "link-zoom");
    await user.keyboard("{Shift>}z{/Shift}");
    expect(widths()).toEqual([left, right * 1.25]);
    await user.keyboard("f");
    expect(widths()).toEqual([left, right * 1.25]);
  });

  it("shows two pages in one place by turns, each under its own caption, until that is stopped", async () => {
    const { user } = open({}, VIEWER);
    await arrive();
    expect(screen.queryByTestId("blink")).toBeNull();
    await user.keyboard("s");
    await arrive();
    const behind = () => screen.getAllByTestId("page-caption").map((caption) => caption.closest("figure")?.dataset["behind"]);
    expect(behind()).toEqual(["false", "false"]);
    await click(user, "blink");
    expect(behind()).toEqual(["false", "true"]);
    await waitFor(() => expect(behind()).toEqual(["true", "false"]), { timeout: 3_000 });
    await waitFor(() => expect(behind()).toEqual(["false", "true"]), { timeout: 3_000 });
    await click(user, "blink");
    expect(behind()).toEqual(["false", "false"]);
  });

  it("keeps a page at its size, with its tools, when it is left alone by the one beside it", async () => {
    const { user } = open({}, VIEWER);
    await arrive();
    await user.keyboard("b");
    await arrive();
    await user.keyboard("v");
    expect(captions()).toEqual(["REF-1001 · Pièce d’identité · Verso"]);
    expect(widths()).toEqual([800]);
    await user.keyboard("z{Shift>}r{/Shift}");
    expect(widths()).toEqual([1000]);
    expect(pictures()[0]?.style.rotate).toBe("90deg");
  });

  it("keeps a page at its size when another one comes before it", async () => {
    const { user } = open({}, VIEWER);
    await arrive();
    await user.keyboard("v");
    await arrive();
    await user.keyboard("b");
    expect(pictures().map(({ dataset }) => dataset["state"])).toEqual(["loading", "shown"]);
    expect(widths()[1]).toBe(800);
  });

  it("enlarges to 800 % and no further", async () => {
    const { user } = open({}, VIEWER);
    await arrive();
    await user.keyboard("z".repeat(20));
    expect(widths()).toEqual([6400]);
    expect(screen.getByTestId("zoom-percent").textContent).toMatch(/^800\s%$/u);
    expect(screen.getByTestId("zoom-in").hasAttribute("disabled")).toBe(true);
  });

  it("tells that a picture is a smaller copy, how large the original is, and saves that", async () => {
    const { calls, user } = open({}, VIEWER);
    await arrive();
    const reduced = await screen.findByTestId("reduced");
    expect(reduced.textContent).toContain("Copie réduite pour l’écran\u202f; original 4032 × 3024");
    await user.click(within(reduced).getByTestId("save-original"));
    await within(reduced).findByTestId("save-result");
    expect(calls("savePage").map((args) => args.slice(1))).toEqual([[dossierId(1), "900101", 0]]);
    await user.keyboard("v");
    await arrive();
    expect(screen.queryByTestId("reduced")).toBeNull();
  });

  it("offers the original of what it may not play, and of what could not be shown", async () => {
    const { calls, user } = open({}, VIEWER, (fake) => {
      fake.getPageTrouble = () => Promise.resolve("format_not_shown");
    });
    fireEvent.error((await screen.findAllByTestId("page-image"))[0] as HTMLElement);
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("format_not_shown");
    await click(user, "save-original");
    await screen.findByTestId("save-result");
    await user.keyboard("{End}");
    expect(screen.getByText(/vidéo/)).toBeTruthy();
    await click(user, "save-original");
    await waitFor(() => expect(calls("savePage").map((args) => args.slice(2))).toEqual([["900101", 0], ["900104", 0]]));
  });

  it("turns a page, and keeps it turned when another was looked at meanwhile", async () => {
    const { user } = open({}, VIEWER);
    await arrive();
    await user.keyboard("{Shift>}r{/Shift}");
    expect(pictures()[0]?.style.rotate).toBe("90deg");
    await user.keyboard("vr");
    await arrive();
    expect(pictures()[0]?.style.rotate).toBe("90deg");
  });

  it("goes to the last page with End and to the first with Home", async () => {
    const { user } = open({}, VIEWER);
    await arrive();
    await user.keyboard("{End}");
    expect(captions()[0]).toContain("Preuve de vie");
    expect(screen.getByText(/vidéo/)).toBeTruthy();
    await user.keyboard("{Home}");
    expect(captions()[0]).toContain("Recto");
    expect(screen.getByTestId("page-place").textContent).toBe("Page 1 sur 5");
  });

  it("goes through the sheets of a file that has several, to the last with End", async () => {
    const { user } = open({}, VIEWER);
    await arrive();
    await user.keyboard("{PageDown}{PageDown}{PageDown}");
    await arrive();
    await waitFor(() => expect(captions()[0]).toContain("feuille 1 sur 3"));
    await user.keyboard("{End}");
    expect(captions()[0]).toContain("feuille 3 sur 3");
    expect(pictures()[0]?.dataset["state"]).toBe("loading");
    await user.keyboard("{Home}");
    expect(captions()[0]).toContain("feuille 1 sur 3");
  });

  it("lights and contrasts for the eye only, and goes back to what the picture is", async () => {
    const { user } = open({}, VIEWER);
    await arrive();
    fireEvent.change(screen.getByTestId("viewer-light"), { target: { value: "150" } });
    fireEvent.change(screen.getByTestId("viewer-contrast"), { target: { value: "80" } });
    expect(pictures()[0]?.style.filter).toBe("brightness(150%) contrast(80%)");
    await click(user, "viewer-neutral");
    expect(pictures()[0]?.style.filter).toBe("");
  });

  it("decodes the machine-readable zone beside the document, check digit by check digit", async () => {
    open({}, VIEWER);
    const viewer = await screen.findByTestId("viewer");
    const checks = await within(viewer).findByTestId("mrz-checks");
    expect(checks.textContent).toContain("Clé générale fausse");
    expect(viewer.textContent).toContain("VALMONTEL");
  });

  it("says since when a page is gone, and who may still show it", async () => {
    const { user } = open({}, VIEWER, (fake) => {
      fake.getPageTrouble = () => Promise.resolve("document_gone");
      const read = fake.getDossier.bind(fake);
      fake.getDossier = async (id) => {
        const view = await read(id);
        return { ...view, deadlines: view.deadlines.map((line) => ({ ...line, at: "2026-02-03T08:14:00Z", passed: true })) };
      };
    });
    fireEvent.error((await screen.findAllByTestId("page-image"))[0] as HTMLElement);
    const error = await screen.findByTestId("error");
    expect(error.textContent).toMatch(/depuis le 3 févr\. 2026|depuis le 03\/02\/2026/);
    expect(error.textContent).toContain("console");
    // There is nothing left to save.
    expect(screen.queryByTestId("save-original")).toBeNull();
    await click(user, "retry-page");
    expect(pictures()[0]?.dataset["state"]).toBe("loading");
  });

  it("goes on to the next dossier of the list, blank until that dossier's own picture is there", async () => {
    const { user } = open({}, "/");
    const rows = await screen.findAllByTestId("dossier-row");
    const index = rows.findIndex(({ textContent }) => textContent.includes("REF-1000"));
    await user.click(rows[index] as HTMLElement);
    await waitFor(() => expect(screen.getByTestId("next-dossier").hasAttribute("disabled")).toBe(false));
    await user.keyboard("d");
    await arrive();
    const [former] = pictures();
    expect(captions()[0]).toContain("REF-1000 ·");
    await user.keyboard("j");
    await waitFor(() => expect(captions()[0]).toContain("REF-1001 ·"));
    const [next] = pictures();
    expect(next).not.toBe(former);
    expect(next?.dataset["state"]).toBe("loading");
    await user.keyboard("k");
    await waitFor(() => expect(captions()[0]).toContain("REF-1000 ·"));
  });

  it("keeps the focus on the button that leads from one dossier to the next", async () => {
    const { user } = open({}, "/");
    const row = (await screen.findAllByTestId("dossier-row")).find(({ textContent }) => textContent.includes("REF-1000"));
    await user.click(row as HTMLElement);
    await waitFor(() => expect(screen.getByTestId("next-dossier").hasAttribute("disabled")).toBe(false));
    await user.keyboard("d");
    await arrive();
    act(() => screen.getByTestId("viewer-next-dossier").focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(captions()[0]).toContain("REF-1001 ·"));
    expect(document.activeElement).toBe(screen.getByTestId("viewer-next-dossier"));
  });

  it("takes the focus itself where the button leads no further", async () => {
    const { user } = open({ count: 3 }, "/");
    const row = (await screen.findAllByTestId("dossier-row")).find(({ textContent }) => textContent.includes("REF-1001"));
    await user.click(row as HTMLElement);
    await waitFor(() => expect(screen.getByTestId("next-dossier").hasAttribute("disabled")).toBe(false));
    await user.keyboard("d");
    await arrive();
    act(() => screen.getByTestId("viewer-next-dossier").focus());
    await user.keyboard("{Enter}");
    await screen.findByTestId("viewer-no-document");
    expect(screen.getByTestId("viewer-next-dossier").hasAttribute("disabled")).toBe(true);
    expect(document.activeElement).toBe(screen.getByTestId("viewer"));
  });

  it("names the document of a process with a third party by its own name, not by its family", async () => {
    const { backend } = open({}, VIEWER);
    await arrive();
    const page = { document_id: "900120", page_number: 0, side: "verso", hash_stated: false } as const;
    act(() =>
      backend.control.edit(dossierId(1), (view) => ({ ...view, report: view.report && { ...view.report, documents: [{ name: "ar24_in_back", family: "other", status: null, pages: [page] }] } })),
    );
    await waitFor(() => expect(captions()).toEqual(["REF-1001 · Pièce d’identité · Verso"]));
  });

  it("says so where a dossier has no document", async () => {
    open({}, `/dossiers/${dossierId(2)}?view=first`);
    expect((await screen.findByTestId("viewer-no-document")).textContent).toContain("avec le rapport");
  });
});
