import { useEffect, useState } from "react";
import type { Chord } from "../../app/acts/chord";
import { useDeskActs, type DeskAct } from "../../app/acts/registry";
import type { DossierView } from "../../backend/generated/DossierView";
import { useMessages } from "../../i18n/language";
import { Mrz } from "../dossier/comparison/Mrz";
import type { Arrangement, Leaves } from "./arrangement";
import { Faces } from "./Faces";
import { useGlass } from "./glass";
import { STEP, type Point } from "./lens";
import { filterOf, LightTools, NEUTRAL, type Light } from "./LightTools";
import type { Leaf } from "./pages";
import { Pane } from "./Pane";
import { SaveOriginal } from "./SaveOriginal";
import { ZoomTools } from "./ZoomTools";

/** Pixels that an arrow moves the picture. */
const ARROW = 60;
/** Milliseconds that each of two pages is in front: slow enough to be looked at, and to harm nobody who must not see flashes. */
const IN_FRONT = 800;

interface StageProps {
  dossier: DossierView;
  leaves: Leaves;
  leaf: Leaf;
  arrangement: Arrangement;
  /** One page, or two side by side. */
  shown: [Leaf] | [Leaf, Leaf];
  onShow: (leaf: Leaf | undefined, how?: Arrangement) => void;
  /** What is in view has come, or will not come. */
  onSettled: (leaf: Leaf) => void;
}

/** The pages in view with their tools. Turns, light and contrast last as long as the dossier is looked at. */
export function Stage({ dossier, leaves, leaf, arrangement, shown, onShow, onSettled }: StageProps) {
  const m = useMessages();
  const [turns, setTurns] = useState<Partial<Record<string, number>>>({});
  const [light, setLight] = useState<Light>(NEUTRAL);
  const [linked, setLinked] = useState(true);
  const [chosen, setChosen] = useState(0);
  const [blinking, setBlinking] = useState(false);
  const [left, right] = shown;
  const turnOf = (page: Leaf | undefined) => (page && turns[page.key]) ?? 0;
  const first = useGlass(left.key, turnOf(left));
  const second = useGlass(right?.key ?? "", turnOf(right));

  const blinks = right !== undefined && blinking;
  const front = useTurns(blinks);
  const active = right ? chosen : 0;
  const glass = active === 0 ? first : second;
  const looked = (active === 0 ? left : right) ?? left;
  /** Both when they are linked, else the one that the keys and tools act on. */
  const moved = (at: number) => (right && linked ? [first, second] : [at === 0 ? first : second]);
  const zoom = (factor: number, at: number, point?: Point) => {
    for (const one of moved(at)) one.zoomBy(factor, point);
  };
  const pan = (by: Point, at = active) => {
    for (const one of moved(at)) one.pan(by);
  };
  const tools = {
    enlarge: () => zoom(STEP, active),
    reduce: () => zoom(1 / STEP, active),
    fit: () => moved(active).forEach((one) => one.fit()),
    actual: () => moved(active).forEach((one) => one.zoomTo(1)),
    rotate: () => {
      const { key } = looked;
      setTurns((before) => ({ ...before, [key]: ((before[key] ?? 0) + 90) % 360 }));
    },
  };
  const arrow = (chord: Chord, label: string, x: number, y: number): DeskAct => ({ id: `pan ${chord}`, label, keys: [chord], keysOnly: true, repeats: true, run: () => pan({ x: x * ARROW, y: y * ARROW }) });
  useDeskActs("cover", [
    arrow("ArrowLeft", m.viewer_pan_left(), -1, 0),
    arrow("ArrowRight", m.viewer_pan_right(), 1, 0),
    arrow("ArrowUp", m.viewer_pan_up(), 0, -1),
    arrow("ArrowDown", m.viewer_pan_down(), 0, 1),
  ]);
  return (
    <>
      <div className="viewer-stage" data-panes={shown.length} data-blinks={blinks}>
        {shown.map((page, at) => (
          <Pane
            key={page.key}
            dossier={dossier}
            leaf={page}
            glass={at === 0 ? first : second}
            turn={turnOf(page)}
            filter={filterOf(light)}
            active={shown.length > 1 && at === active}
            behind={blinks && at !== front}
            onActive={() => setChosen(at)}
            onZoom={(factor, point) => zoom(factor, at, point)}
            onPan={(by) => pan(by, at)}
            onSettled={() => onSettled(page)}
          />
        ))}
      </div>
      <aside className="viewer-side" aria-label={m.viewer_tools()}>
        <Faces leaves={leaves} leaf={leaf} arrangement={arrangement} onShow={onShow} />
        <ZoomTools scale={glass.shown ? glass.scale : null} tools={tools} linked={right ? linked : null} onLink={setLinked} blinking={blinking} onBlink={setBlinking} />
        {glass.shown && looked.reduced && (
          <div className="viewer-reduced" data-testid="reduced">
            <p className="faint">{m.viewer_reduced({ width: looked.reduced.width, height: looked.reduced.height })}</p>
            <SaveOriginal key={looked.file} dossier={dossier} page={looked.page} />
          </div>
        )}
        <LightTools light={light} onLight={setLight} />
        {dossier.report?.mrz.map((zone, index) => (
          <Mrz key={`${zone.json_path} ${index}`} mrz={zone} />
        ))}
      </aside>
    </>
  );
}

/** Which of two is in front: the one, then the other, for as long as that is wanted; the first one else. */
function useTurns(wanted: boolean): number {
  const [front, setFront] = useState(0);
  useEffect(() => {
    if (!wanted) return undefined;
    const timer = setInterval(() => setFront((before) => 1 - before), IN_FRONT);
    return () => {
      clearInterval(timer);
      setFront(0);
    };
  }, [wanted]);
  return front;
}
