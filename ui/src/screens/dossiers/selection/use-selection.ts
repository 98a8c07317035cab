import { useMemo, useState } from "react";
import { useLatest } from "../../../app/latest";
import type { ListQuery } from "../../../backend/generated/ListQuery";
import type { Selection } from "../../../backend/generated/Selection";

/** Chosen dossiers: these ones, or all that match but these. */
export interface Chosen {
  all: boolean;
  ids: ReadonlySet<string>;
}

export const NONE: Chosen = { all: false, ids: new Set() };

export interface Choosing {
  chosen: Chosen;
  has: (id: string) => boolean;
  set: (ids: string[], on: boolean) => void;
  takeAll: () => void;
  clear: () => void;
}

/** The choice belongs to one search and one set of filters: what is out of sight is never chosen by surprise. */
export function useSelection(query: ListQuery, before: { about: string; chosen: Chosen } | null, onChange: (about: string, chosen: Chosen) => void): Choosing {
  const about = JSON.stringify([query.search, query.filters]);
  const [kept, setKept] = useState(before ?? { about, chosen: NONE });
  const chosen = kept.about === about ? kept.chosen : NONE;

  // Rows that had to be read first may come late: they are added to what is chosen by then, and to no other list's choice.
  const change = useLatest((of: string, choose: (now: Chosen) => Chosen) => {
    if (of !== about) return;
    const next = choose(chosen);
    setKept({ about, chosen: next });
    onChange(about, next);
  });
  return useMemo(
    () => ({
      chosen,
      has: (id) => chosen.ids.has(id) !== chosen.all,
      set: (ids, on) =>
        change(about, ({ all, ids: taken }) => {
          const next = new Set(taken);
          for (const id of ids) if (on === all) next.delete(id); else next.add(id);
          return { all, ids: next };
        }),
      takeAll: () => change(about, () => ({ all: true, ids: new Set() })),
      clear: () => change(about, () => NONE),
    }),
    [about, chosen, change],
  );
}

/** How many are chosen of a list of that many. */
export function countOf({ all, ids }: Chosen, total: number): number {
  return all ? Math.max(0, total - ids.size) : ids.size;
}

export function wire({ all, ids }: Chosen, query: ListQuery): Selection {
  return all ? { kind: "matching", query, except: Array.from(ids) } : { kind: "some", ids: Array.from(ids) };
}
