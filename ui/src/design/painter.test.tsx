import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { PLAIN } from "../backend/fake/scenario";
import { fakeBackend } from "../backend/fake";
import type { DossierRow } from "../backend/generated/DossierRow";
import { useFormats, type Formats } from "../i18n/format";
import { useMessages, speak, type Messages } from "../i18n/language";
import { cell } from "../screens/dossiers/grid/cell";
import { COLUMNS } from "../screens/dossiers/place";
import { Painting } from "./painter";

const NOW = Date.parse("2026-02-03T09:00:00Z");

function words(): { m: Messages; f: Formats } {
  const found: { m: Messages; f: Formats }[] = [];
  function Words() {
    found.push({ m: useMessages(), f: useFormats() });
    return null;
  }
  render(<Words />);
  return found[0] as { m: Messages; f: Formats };
}

const drawn = (wanted: ReactNode) => render(<div>{wanted}</div>).container.firstElementChild?.outerHTML;

async function rows(): Promise<DossierRow[]> {
  const backend = fakeBackend({ ...PLAIN, count: 40 });
  return (await backend.listDossiers({ search: "", filters: [], sort: [] }, 0, 40)).rows;
}

describe("a painting", () => {
  it.each(["fr", "en"] as const)("is what React would draw, of every cell, in whatever order they come (%s)", async (language) => {
    speak(language);
    const { m, f } = words();
    const all = await rows();
    for (const column of COLUMNS) {
      const element = document.createElement("div");
      const painting = new Painting(element);
      for (const row of [...all, ...all.slice().reverse()]) {
        const wanted = cell(row, column, { m, f, now: NOW, elsewhere: row.treated });
        painting.show(wanted);
        expect(element.outerHTML).toBe(drawn(wanted));
      }
    }
  });

  it("leaves what stays the same alone, and takes back what was taken out", () => {
    const element = document.createElement("div");
    const painting = new Painting(element);
    painting.show(<time dateTime="a">a</time>);
    const first = element.firstChild;
    painting.show(<time dateTime="b">b</time>);
    expect(element.firstChild).toBe(first);
    painting.show("–");
    expect(element.outerHTML).toBe("<div>–</div>");
    painting.show(<time dateTime="c">c</time>);
    expect(element.firstChild).toBe(first);
    expect(element.outerHTML).toBe('<div><time datetime="c">c</time></div>');
    painting.show(null);
    expect(element.childNodes).toHaveLength(0);
  });

  it("puts text in as text", () => {
    const element = document.createElement("div");
    new Painting(element).show(<span title="<b>">{"<b>gras</b>"}</span>);
    expect(element.querySelector("b")).toBeNull();
    expect(element.textContent).toBe("<b>gras</b>");
  });

  it("refuses a listener, which would never be called", () => {
    const element = document.createElement("div");
    expect(() => new Painting(element).show(<button onClick={() => undefined} />)).toThrow("cannot be painted");
  });
});
