import { ActButton } from "../../app/acts/ActButton";
import type { Layer } from "../../app/acts/registry";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { useNeighbours, type Neighbourhood } from "./neighbours";

const NEXT = ["J"];
const PREVIOUS = ["K"];

/** Goes to the dossiers before and after this one, by buttons and by J and K. */
export function Neighbours({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const neighbours = useNeighbours(id, onOpen);
  return <NeighbourButtons neighbours={neighbours} layer="screen" testId="" />;
}

interface NeighbourButtonsProps {
  neighbours: Neighbourhood;
  layer: Layer;
  /** Tells two sets of buttons apart. */
  testId: string;
}

export function NeighbourButtons({ neighbours: { place, total, previous, next }, layer, testId }: NeighbourButtonsProps) {
  const m = useMessages();
  const f = useFormats();
  if (total === 0) return null;
  return (
    <span className="neighbours">
      {place !== null && <span className="faint">{m.neighbour_place({ n: f.number(place + 1), total: f.number(total) })}</span>}
      <ActButton act="previous-dossier" keys={PREVIOUS} layer={layer} repeats small look="quiet" icon="back" iconOnly isDisabled={!previous} onPress={() => previous?.()} data-testid={`${testId}previous-dossier`}>
        {m.neighbour_previous()}
      </ActButton>
      <ActButton act="next-dossier" keys={NEXT} layer={layer} repeats small look="quiet" icon="next" iconOnly isDisabled={!next} onPress={() => next?.()} data-testid={`${testId}next-dossier`}>
        {m.neighbour_next()}
      </ActButton>
    </span>
  );
}
