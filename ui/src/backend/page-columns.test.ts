import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ListPage } from "./generated/ListPage";
import type { PageColumns } from "./generated/PageColumns";
import { listPage } from "./page-columns";

/** Rust's own test holds what it sends against the same file. */
const example = JSON.parse(
  readFileSync("../src-tauri/crates/back-office/src/views/page_columns/example.json", "utf8"),
) as { page: ListPage; columns: PageColumns };

describe("a page that crossed by columns", () => {
  it("is the page that Rust listed", () => {
    expect(listPage(example.columns)).toStrictEqual(example.page);
  });

  it("gives all rows their fields in one order", () => {
    const orders = listPage(example.columns).rows.map((row) => Object.keys(row));
    expect(orders).toEqual(example.page.rows.map((row) => Object.keys(row)));
  });
});
