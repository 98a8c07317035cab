import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { DossierView } from "../../backend/generated/DossierView";
import { dossierId, open } from "../../test/desk";

const HOSTILE = [
  "<script>window.pwned=1</script>",
  "<img src=x onerror=window.pwned=1>",
  "\"><svg onload=window.pwned=1>",
  "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
  "javascript:window.pwned=1",
  "<a href=javascript:window.pwned=1>clic</a>",
  "{{constructor.constructor('window.pwned=1')()}}",
  "</title><style>*{display:none}</style>",
  "<math><mi//xlink:href=\"data:x,<script>window.pwned=1</script>\">",
  "\u202e<b>VALMONTEL</b>",
  "__proto__",
  "constructor",
];

/** The same value in every place where Rust gives a text. */
function poison(view: DossierView, text: string): DossierView {
  const deep = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return ["id", "environment_id", "environment_kind", "creation", "known", "side", "source", "kind", "outcome", "subject", "evidence", "trouble", "category", "statement", "saying", "next", "sayings", "next_steps", "agreement", "writing", "format"].includes(key) || key.endsWith("_at") || key === "at" ? value : text;
    // The keys of a zone are Rust's own words.
    if (key === "mrz") return view.report?.mrz.map((zone) => ({ ...zone, lines: [text], json_path: text, fields: zone.fields.map((field) => ({ ...field, value: text })) }));
    if (Array.isArray(value)) return value.map((one) => deep(one, key));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, deep(one, name)]));
    return value;
  };
  return deep(view, "") as DossierView;
}

describe("text that comes from a report", () => {
  for (const tab of ["summary", "why", "comparison", "documents", "technical"]) {
    it(`stays text on «${tab}»`, async () => {
      const { backend, container } = open({}, `/dossiers/${dossierId(0)}?tab=${tab}`);
      await screen.findByTestId("dossier-status");
      const shape = () => Array.from(container.querySelectorAll("script, iframe, style, math, b, a, object, embed, form, img")).map(({ tagName }) => tagName);
      const before = shape();
      for (const text of HOSTILE) {
        act(() => backend.control.edit(dossierId(0), (view) => poison(view, text)));
        await waitFor(() => expect(container.textContent).toContain(text));
        expect(shape()).toEqual(before);
      }
      expect(Object.hasOwn(window, "pwned")).toBe(false);
    });
  }

  it("stays text in the list", async () => {
    const { backend, container } = open();
    await screen.findAllByTestId("dossier-row");
    for (const text of HOSTILE) {
      act(() => backend.control.edit(dossierId(0), (view) => poison(view, text)));
      await waitFor(() => expect(container.textContent).toContain(text));
      expect(container.querySelectorAll("script, iframe, style, math, b, img")).toHaveLength(0);
    }
    expect(Object.hasOwn(window, "pwned")).toBe(false);
  });
});
