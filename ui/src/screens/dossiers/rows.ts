import { useQueries } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { DossierRow } from "../../backend/generated/DossierRow";
import type { ListQuery } from "../../backend/generated/ListQuery";
import type { WireError } from "../../backend/generated/WireError";
import { usePageOptions } from "../../backend/queries";

const PAGE = 200;

export interface DossierRows {
  /** `null` until the first page is here. */
  total: number | null;
  all: number;
  error: WireError | null;
  /** The row at a place of the whole list, once its page is here. */
  at: (index: number) => DossierRow | undefined;
  /** Asks for the pages under these places. */
  want: (first: number, last: number) => void;
}

/** The whole list as a run of pages, of which only those in sight are read. */
export function useDossierRows(query: ListQuery): DossierRows {
  const page = usePageOptions();
  const [span, setSpan] = useState({ first: 0, last: 0 });
  const numbers = Array.from({ length: span.last - span.first + 1 }, (_, step) => span.first + step);
  const wanted = numbers.includes(0) ? numbers : [0, ...numbers];
  const results = useQueries({ queries: wanted.map((number) => page(query, number * PAGE, PAGE)) });

  const newest = results.find((result) => result.data)?.data;
  const want = useCallback((first: number, last: number) => {
    const next = { first: Math.floor(first / PAGE), last: Math.floor(last / PAGE) };
    setSpan((before) => (before.first === next.first && before.last === next.last ? before : next));
  }, []);
  return {
    total: newest?.total ?? null,
    all: newest?.all ?? 0,
    error: newest ? null : (results.find((result) => result.error)?.error ?? null),
    at: (index) => results[wanted.indexOf(Math.floor(index / PAGE))]?.data?.rows[index % PAGE],
    want,
  };
}
