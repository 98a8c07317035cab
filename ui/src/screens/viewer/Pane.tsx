import { useLayoutEffect, useState } from "react";
import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import { letGo } from "../../design/let-go";
import { useMessages } from "../../i18n/language";
import { useDossierName } from "../dossier/names";
import type { Glass } from "./glass";
import { useHandling } from "./handling";
import type { Point, Size } from "./lens";
import { PageFailure } from "./PageFailure";
import { documentWord, isVideo, sideWord, type Leaf } from "./pages";
import { Video } from "./Video";
import { VideoTools } from "./VideoTools";

interface PaneProps {
  dossier: DossierView;
  leaf: Leaf;
  glass: Glass;
  /** Degrees. */
  turn: number;
  /** CSS filter of light and contrast. */
  filter?: string | undefined;
  /** The keys and tools act on it. */
  active?: boolean;
  /** The other page is in front of it now. */
  behind?: boolean;
  onActive?: () => void;
  onZoom?: (factor: number, at: Point) => void;
  onPan?: (by: Point) => void;
  /** Its picture has come, or will not come. */
  onSettled?: () => void;
}

/**
 * One page of one dossier. It is mounted anew for each page, so that it is blank until its own picture is
 * there; the dossier's name is drawn inside the picture's area.
 */
export function Pane({ dossier, leaf, glass, turn, filter, active, behind, onActive, onZoom, onPan, onSettled }: PaneProps) {
  const m = useMessages();
  const backend = useBackend();
  const name = useDossierName(dossier);
  const { frame, room, shown, taken, learn } = glass;
  const [attempt, setAttempt] = useState(0);
  const [size, setSize] = useState<Size | null>(null);
  // A page that goes to the other place comes under a glass that has not seen its picture, which does not load again.
  useLayoutEffect(() => {
    if (size) learn(size);
  }, [size, learn]);
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  const [player, setPlayer] = useState<HTMLVideoElement | null>(null);
  const ready = (film: HTMLVideoElement | null) => {
    setPlayer(film);
    setSize(film && { width: film.videoWidth, height: film.videoHeight });
  };
  const settle = (next: "shown" | "failed") => {
    setState(next);
    onSettled?.();
  };
  useHandling(frame, { onZoom, onPan });
  const side = sideWord(m, leaf);
  const document = documentWord(m, leaf);
  const video = isVideo(leaf);
  return (
    // Where a press or the focus is, there the keys act: the frame inside is what is operated.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <figure className="pane" data-active={active} data-behind={behind} onFocus={onActive} onPointerDown={onActive}>
      {/* A picture larger than its frame scrolls, by the keyboard too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="pane-frame" ref={frame} tabIndex={0} role="group" aria-label={m.viewer_picture({ side, document, name })}>
        {video ? (
          <Video dossier={dossier} leaf={leaf} name={name} glass={glass} turn={turn} filter={filter} onReady={ready} />
        ) : state === "failed" ? (
          <PageFailure
            dossier={dossier}
            page={leaf.page}
            attempt={attempt}
            onRetry={() => {
              // The button goes away with the press: the focus stays on the page.
              frame.current?.focus();
              setAttempt(attempt + 1);
              setState("loading");
            }}
          />
        ) : (
          <div className="pane-room" ref={room} style={taken ? { inlineSize: taken.width, blockSize: taken.height } : undefined}>
            <img
              key={attempt}
              ref={letGo}
              className={state === "shown" ? "pane-image" : "pane-image pane-image-waiting"}
              src={backend.pageUrl(dossier.row.id, leaf.page.document_id, leaf.page.page_number, leaf.sheet, "screen", attempt)}
              alt={m.viewer_picture({ side, document, name })}
              style={shown ? { inlineSize: shown.width, blockSize: shown.height, rotate: `${turn}deg`, filter } : undefined}
              draggable={false}
              onLoad={({ currentTarget }) => {
                setSize({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight });
                settle("shown");
              }}
              onError={() => settle("failed")}
              data-testid="page-image"
              data-state={state}
            />
          </div>
        )}
        {state === "loading" && !video && (
          <p className="pane-words pane-loading" role="status">
            {m.viewer_loading()}
          </p>
        )}
      </div>
      <figcaption className="pane-caption" data-testid="page-caption">
        {name} · {document} · {side}
      </figcaption>
      {player && <VideoTools player={player} />}
    </figure>
  );
}
