import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { isPlainLetter } from "../../app/keys";
import { useBackend } from "../../backend/context";
import { useListRows, useListShown } from "../../backend/list-context";
import { dossierKey } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { useListLeft } from "../dossiers/left";

/** The dossiers before and after this one, in the order of the list it was opened from. */
export function Neighbours({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const m = useMessages();
  const f = useFormats();
  const client = useQueryClient();
  const backend = useBackend();
  const rows = useListRows();
  const left = useListLeft();
  const shown = useListShown();
  const opened = left.opened?.id === id ? left.opened.index : null;
  const place = opened === null ? null : rows.placeOf(id, opened);
  const total = shown.total ?? 0;

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

  const go = useCallback(
    (target: string | undefined, index: number) => {
      if (!target) return;
      left.goOn(target, index);
      onOpen(target);
    },
    [left, onOpen],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainLetter(event)) return;
      const letter = event.key.toLowerCase();
      if (letter !== "j" && letter !== "k") return;
      event.preventDefault();
      if (letter === "j") go(next, nextPlace);
      else go(previous, previousPlace);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [go, next, previous, nextPlace, previousPlace]);

  if (opened === null || total === 0) return null;
  return (
    <span className="neighbours">
      {place !== null && <span className="faint">{m.neighbour_place({ n: f.number(place + 1), total: f.number(total) })}</span>}
      <Button small look="quiet" icon="back" iconOnly isDisabled={!previous} onPress={() => go(previous, previousPlace)} aria-keyshortcuts="K" data-testid="previous-dossier">
        {m.neighbour_previous()}
      </Button>
      <Button small look="quiet" icon="next" iconOnly isDisabled={!next} onPress={() => go(next, nextPlace)} aria-keyshortcuts="J" data-testid="next-dossier">
        {m.neighbour_next()}
      </Button>
    </span>
  );
}
