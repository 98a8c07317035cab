import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useBackend } from "../../backend/context";
import { useListEdition, useListRows, useListShown } from "../../backend/list-context";
import { dossierKey } from "../../backend/queries";
import { useListLeft } from "../dossiers/left";

export interface Neighbourhood {
  /** Place in the list, from 0; `null` when the dossier left it meanwhile. */
  place: number | null;
  /** 0 when the dossier was not opened from a list. */
  total: number;
  /** Opens it; absent at the end of the list. */
  previous: (() => void) | undefined;
  next: (() => void) | undefined;
}

/** The dossiers before and after this one, in the order of the list it was opened from. */
export function useNeighbours(id: string, onOpen: (id: string) => void): Neighbourhood {
  const client = useQueryClient();
  const backend = useBackend();
  const rows = useListRows();
  const left = useListLeft();
  const shown = useListShown();
  useListEdition();
  const opened = left.opened?.id === id ? left.opened.index : null;
  const place = opened === null ? null : rows.placeOf(id, opened);
  const total = opened === null ? 0 : (shown.total ?? 0);

  // One that left the list meanwhile stands before the row that took its place.
  const before = place ?? opened;
  const previousPlace = before === null ? -1 : before - 1;
  const nextPlace = before === null ? total : place === null ? before : before + 1;
  const previous = rows.at(previousPlace)?.id;
  const next = rows.at(nextPlace)?.id;

  useEffect(() => {
    if (opened !== null) rows.want(Math.max(0, previousPlace), Math.min(total - 1, nextPlace));
  }, [rows, opened, previousPlace, nextPlace, total]);
  useEffect(() => {
    // Words only: a picture is read when a person looks at it.
    for (const near of [next, previous]) if (near) void client.query({ queryKey: dossierKey(near), queryFn: () => backend.getDossier(near) }).catch(() => undefined);
  }, [client, backend, next, previous]);

  return useMemo(() => {
    const towards = (target: string | undefined, index: number) =>
      target === undefined
        ? undefined
        : () => {
            left.goOn(target, index);
            onOpen(target);
          };
    return { place, total, previous: towards(previous, previousPlace), next: towards(next, nextPlace) };
  }, [left, onOpen, place, total, previous, previousPlace, next, nextPlace]);
}
