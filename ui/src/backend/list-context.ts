import { createContext, useContext, useSyncExternalStore } from "react";
import type { ListRows, ListShown } from "./list-rows";

export const ListContext = createContext<ListRows | null>(null);

export function useListRows(): ListRows {
  const rows = useContext(ListContext);
  if (!rows) throw new Error("no list above this component");
  return rows;
}

/** What the list shows now beside its rows; the calling component redraws when it changes. */
export function useListShown(): ListShown {
  const rows = useListRows();
  return useSyncExternalStore(rows.subscribe, rows.snapshot);
}

/** The calling component redraws when any row may be another one. */
export function useListEdition(): number {
  const rows = useListRows();
  return useSyncExternalStore(rows.subscribe, rows.edition);
}

/** Whether the list has any row; the calling component redraws only when that changes. */
export function useListAnything(): boolean {
  const rows = useListRows();
  return useSyncExternalStore(rows.subscribe, () => (rows.snapshot().total ?? 0) > 0);
}
