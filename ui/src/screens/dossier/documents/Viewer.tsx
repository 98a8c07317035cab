import { useState, type KeyboardEvent } from "react";
import { Toolbar } from "react-aria-components";
import { useBackend } from "../../../backend/context";
import type { DossierView } from "../../../backend/generated/DossierView";
import { Button } from "../../../design/components/Button";
import { useMessages } from "../../../i18n/language";
import { useDossierName } from "../names";
import { documentWord, isVideo, sideWord, type Leaf } from "./pages";
import { PageFailure } from "./PageFailure";
import { useViewport, type Viewport } from "./viewport";

interface ViewerProps {
  dossier: DossierView;
  leaf: Leaf;
  onRecto: () => void;
  onVerso: () => void;
  onFirst: () => void;
  onLast: () => void;
}

/**
 * One page of one dossier. It is mounted anew for each page, so that it is blank until its own picture is
 * there; the dossier's name is drawn inside the picture's area.
 */
export function Viewer({ dossier, leaf, onRecto, onVerso, onFirst, onLast }: ViewerProps) {
  const m = useMessages();
  const backend = useBackend();
  const name = useDossierName(dossier);
  const viewport = useViewport();
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  const side = sideWord(m, leaf.page);
  const document = documentWord(m, leaf);
  const video = isVideo(leaf);
  const { frame, shown, room, turn } = viewport;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.shiftKey ? `Shift ${event.key.toLowerCase()}` : event.key.toLowerCase();
    const acts: Partial<Record<string, () => void>> = {
      r: onRecto,
      v: onVerso,
      z: () => viewport.zoomBy(1),
      "Shift z": () => viewport.zoomBy(-1),
      "+": () => viewport.zoomBy(1),
      "-": () => viewport.zoomBy(-1),
      f: viewport.fit,
      "Shift r": viewport.rotate,
      home: onFirst,
      end: onLast,
    };
    const act = acts[key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    // The keys act only while the focus is inside; every one of them also has a button.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className="viewer" aria-label={m.viewer()} onKeyDown={onKeyDown}>
      <Tools viewport={viewport} disabled={state !== "shown"} />
      <figure className="viewer-figure">
        {/* A picture larger than its frame scrolls, by the keyboard too. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className="viewer-frame" ref={frame} tabIndex={0} role="group" aria-label={m.viewer_picture({ side, document, name })}>
          {video ? (
            <p className="viewer-words">{m.viewer_format()}</p>
          ) : state === "failed" ? (
            <PageFailure
              dossier={dossier}
              page={leaf.page}
              attempt={attempt}
              onRetry={() => {
                setAttempt(attempt + 1);
                setState("loading");
              }}
            />
          ) : (
            <div className="viewer-room" style={room ? { inlineSize: room.width, blockSize: room.height } : undefined}>
              <img
                key={attempt}
                className={state === "shown" ? "viewer-image" : "viewer-image viewer-image-waiting"}
                src={backend.pageUrl(dossier.row.id, leaf.page.document_id, leaf.page.page_number, attempt)}
                alt={m.viewer_picture({ side, document, name })}
                style={shown ? { inlineSize: shown.width, blockSize: shown.height, rotate: `${turn}deg` } : undefined}
                draggable={false}
                onLoad={({ currentTarget }) => {
                  viewport.learn({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight });
                  setState("shown");
                }}
                onError={() => setState("failed")}
                data-testid="page-image"
                data-state={state}
              />
            </div>
          )}
          {state === "loading" && !video && (
            <p className="viewer-words viewer-loading" role="status">
              {m.viewer_loading()}
            </p>
          )}
        </div>
        <figcaption className="viewer-caption" data-testid="page-caption">
          {name} · {document} · {side}
        </figcaption>
      </figure>
      <p className="faint viewer-keys">{m.viewer_keys()}</p>
    </section>
  );
}

function Tools({ viewport, disabled }: { viewport: Viewport; disabled: boolean }) {
  const m = useMessages();
  return (
    <Toolbar className="viewer-tools" aria-label={m.viewer_tools()}>
      <Button small look="quiet" icon="zoomOut" iconOnly isDisabled={disabled} onPress={() => viewport.zoomBy(-1)}>
        {m.viewer_zoom_out()}
      </Button>
      <span className="viewer-percent" role="status">
        {disabled ? "" : m.viewer_zoom({ percent: Math.round(viewport.scale * 100) })}
      </span>
      <Button small look="quiet" icon="zoomIn" iconOnly isDisabled={disabled} onPress={() => viewport.zoomBy(1)}>
        {m.viewer_zoom_in()}
      </Button>
      <Button small look="quiet" icon="fit" isDisabled={disabled} onPress={viewport.fit}>
        {m.viewer_fit()}
      </Button>
      <Button small look="quiet" isDisabled={disabled} onPress={() => viewport.zoomTo(1)}>
        {m.viewer_actual()}
      </Button>
      <Button small look="quiet" icon="rotate" isDisabled={disabled} onPress={viewport.rotate}>
        {m.viewer_rotate()}
      </Button>
    </Toolbar>
  );
}
