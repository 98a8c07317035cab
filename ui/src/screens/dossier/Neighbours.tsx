import { useEffect } from "react";
import { isPlainLetter } from "../../app/keys";
import { Button } from "../../design/components/Button";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { useNeighbours, type Neighbourhood } from "./neighbours";

/** Goes to the dossiers before and after this one, by buttons and by J and K. */
export function Neighbours({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const neighbours = useNeighbours(id, onOpen);
  const { previous, next } = neighbours;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainLetter(event)) return;
      const letter = event.key.toLowerCase();
      if (letter !== "j" && letter !== "k") return;
      event.preventDefault();
      if (letter === "j") next?.();
      else previous?.();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [next, previous]);
  return <NeighbourButtons neighbours={neighbours} testId="" />;
}

/** `testId` tells two sets of buttons apart. */
export function NeighbourButtons({ neighbours: { place, total, previous, next }, testId }: { neighbours: Neighbourhood; testId: string }) {
  const m = useMessages();
  const f = useFormats();
  if (total === 0) return null;
  return (
    <span className="neighbours">
      {place !== null && <span className="faint">{m.neighbour_place({ n: f.number(place + 1), total: f.number(total) })}</span>}
      <Button small look="quiet" icon="back" iconOnly isDisabled={!previous} onPress={() => previous?.()} aria-keyshortcuts="K" data-testid={`${testId}previous-dossier`}>
        {m.neighbour_previous()}
      </Button>
      <Button small look="quiet" icon="next" iconOnly isDisabled={!next} onPress={() => next?.()} aria-keyshortcuts="J" data-testid={`${testId}next-dossier`}>
        {m.neighbour_next()}
      </Button>
    </span>
  );
}
