import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ListQuery } from "../../../backend/generated/ListQuery";
import { useSelection } from "./use-selection";

const searching = (search: string): ListQuery => ({ search, filters: [], sort: [] });

/** The choice over a list, which another search may take the place of. */
function choice() {
  const { result, rerender } = renderHook(({ search }) => useSelection(searching(search), null, () => undefined), { initialProps: { search: "" } });
  const ids = () => Array.from(result.current.chosen.ids);
  return { result, ids, search: (typed: string) => rerender({ search: typed }) };
}

describe("what is chosen of a list", () => {
  it("does not go over to another search with rows that come late", () => {
    const { result, ids, search } = choice();
    act(() => result.current.set(["a"], true));
    const asked = result.current;
    search("NUÑEZ");
    act(() => asked.set(["b", "c"], true));
    expect(ids()).toEqual([]);
    search("");
    expect(ids()).toEqual(["a"]);
  });

  it("keeps what was chosen while further rows were on their way", () => {
    const { result, ids } = choice();
    const asked = result.current;
    act(() => result.current.set(["a"], true));
    act(() => asked.set(["b"], true));
    expect(ids()).toEqual(["a", "b"]);
  });
});
