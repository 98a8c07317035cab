import { describe, expect, it } from "vitest";

const STYLES = import.meta.glob<string>("/src/**/*.css", { query: "?raw", import: "default", eager: true });
const SOURCES = import.meta.glob<string>(["/src/**/*.{ts,tsx}", "!/src/paraglide/**", "!/src/**/*.test.*"], { query: "?raw", import: "default", eager: true });

/** Classes that a sheet gives a rule of their own. */
function styled(sheet: string): string[] {
  const rules = sheet.replace(/\/\*[^]*?\*\//g, "").matchAll(/([^{};@]+)\{/g);
  return [...rules].flatMap(([, selectors = ""]) => selectors.split(",").flatMap((selector) => /^\.([\w-]+)$/.exec(selector.trim())?.[1] ?? []));
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/"));

describe("style sheets", () => {
  it("are each imported by something that is drawn with them", () => {
    const imported = Object.entries(SOURCES).flatMap(([source, text]) => [...text.matchAll(/import "([^"]+\.css)"/g)].map(([, path = ""]) => new URL(path, `file://${source}`).pathname));
    const sheets = Object.keys(STYLES);
    expect(sheets.length).toBeGreaterThan(20);
    expect(sheets.filter((sheet) => !imported.includes(sheet))).toEqual([]);
  });

  it("of two folders never give one class two looks: which of them wins would hang on their order", () => {
    const folders = new Map<string, Set<string>>();
    for (const [path, sheet] of Object.entries(STYLES)) {
      for (const name of styled(sheet)) folders.set(name, (folders.get(name) ?? new Set()).add(folderOf(path)));
    }
    expect([...folders].filter(([, where]) => where.size > 1).map(([name, where]) => `${name}: ${[...where].join(", ")}`)).toEqual([]);
  });
});
