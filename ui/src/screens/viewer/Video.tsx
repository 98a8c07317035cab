import { useCallback, useState, type RefCallback } from "react";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import { useSettings } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import type { Glass } from "./glass";
import { documentWord, sideWord, type Leaf } from "./pages";
import { SaveOriginal } from "./SaveOriginal";

interface VideoProps {
  dossier: DossierView;
  leaf: Leaf;
  name: string;
  glass: Glass;
  /** Degrees. */
  turn: number;
  filter: string | undefined;
  /** It can be played; `null`: it cannot any more. */
  onReady: (player: HTMLVideoElement | null) => void;
}

/** A liveness video: asked for on purpose, by whom may, and in memory only as long as its page is in view. */
export function Video({ dossier, leaf, name, glass, turn, filter, onReady }: VideoProps) {
  const m = useMessages();
  const backend = useBackend();
  const settings = useSettings().data;
  const [film, setFilm] = useState<Blob | null>(null);
  const [unplayable, setUnplayable] = useState(false);
  const { document_id, page_number } = leaf.page;
  const ask = useAct(async () => setFilm(await backend.getVideo(dossier.row.id, document_id, page_number)));
  const player = useFilm(film);
  const play = () => {
    // The button goes away with the press: the focus stays on the page.
    glass.frame.current?.focus();
    void ask.run();
  };
  if (!settings) return null;
  if (unplayable || !settings.play_videos) {
    return (
      <div className="pane-words" data-testid="video-not-played">
        <p role={unplayable ? "alert" : undefined}>{unplayable ? m.viewer_video_unplayable() : m.viewer_video_not_allowed()}</p>
        <SaveOriginal dossier={dossier} page={leaf.page} />
      </div>
    );
  }
  if (!film) {
    return (
      <div className="pane-words pane-asking">
        {ask.error && <ErrorBlock error={ask.error} onDismiss={ask.clear} />}
        {ask.running ? (
          <p role="status">{m.viewer_video_loading()}</p>
        ) : (
          <Button look="primary" icon="play" onPress={play} data-testid="ask-video">
            {m.viewer_video_ask()}
          </Button>
        )}
        <p className="soft">{m.viewer_video_noted()}</p>
        <SaveOriginal dossier={dossier} page={leaf.page} />
      </div>
    );
  }
  const { room, shown, taken } = glass;
  return (
    <div className="pane-room" ref={room} style={taken ? { inlineSize: taken.width, blockSize: taken.height } : undefined}>
      <video
        ref={player}
        className={shown ? "pane-image" : "pane-image pane-image-waiting"}
        aria-label={m.viewer_picture({ side: sideWord(m, leaf), document: documentWord(m, leaf), name })}
        style={shown ? { inlineSize: shown.width, blockSize: shown.height, rotate: `${turn}deg`, filter } : undefined}
        muted
        playsInline
        // In a window of its own it would be without the dossier's name.
        disablePictureInPicture
        disableRemotePlayback
        onLoadedMetadata={({ currentTarget }) => {
          onReady(currentTarget);
          // Where the engine does not begin by itself, its button does.
          void currentTarget.play().catch(() => undefined);
        }}
        onError={() => {
          setUnplayable(true);
          onReady(null);
        }}
        data-testid="page-video"
      />
    </div>
  );
}

/** For a player: it has the film as long as it is there, and nothing of it afterwards. */
function useFilm(film: Blob | null): RefCallback<HTMLVideoElement> {
  return useCallback(
    (player) => {
      if (!film || !player) return undefined;
      const address = URL.createObjectURL(film);
      player.src = address;
      return () => {
        player.removeAttribute("src");
        player.load();
        URL.revokeObjectURL(address);
      };
    },
    [film],
  );
}
