import { useSyncExternalStore } from "react";
import { ToggleButton } from "react-aria-components";
import { ActButton } from "../../app/acts/ActButton";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";

const PLAY = ["P"];
const SLOW = 0.25;
/** Seconds that the position moves by an arrow: about one picture of a telephone's video. */
const STEP = 0.05;

/** Plays, stops and goes through the video in view. */
export function VideoTools({ player }: { player: HTMLVideoElement }) {
  const m = useMessages();
  const f = useFormats();
  const at = usePlayer(player, ({ currentTime }) => currentTime);
  const playing = usePlayer(player, ({ paused, ended }) => !paused && !ended);
  const slow = usePlayer(player, ({ playbackRate }) => playbackRate < 1);
  // A browser's own recording has no length until it was played to its end.
  const length = usePlayer(player, ({ duration }) => (Number.isFinite(duration) ? duration : null));
  const seconds = (value: number) => f.number(Math.round(value * 10) / 10);
  const words = length === null ? m.viewer_video_time({ at: seconds(at) }) : m.viewer_video_time_of({ at: seconds(at), length: seconds(length) });
  return (
    <div className="video-tools" role="group" aria-label={m.viewer_video_tools()}>
      <ActButton act="play-video" keys={PLAY} layer="cover" small icon={playing ? "pause" : "play"} onPress={() => (playing ? player.pause() : void player.play().catch(() => undefined))} data-testid="play-video">
        {playing ? m.viewer_pause() : m.viewer_play()}
      </ActButton>
      <ToggleButton className="button button-small viewer-toggle" isSelected={slow} onChange={(wanted) => pace(player, wanted ? SLOW : 1)} data-testid="slow-video">
        {m.viewer_slow()}
      </ToggleButton>
      {length !== null && (
        <input
          type="range"
          min={0}
          max={length}
          step={STEP}
          value={at}
          aria-label={m.viewer_position()}
          aria-valuetext={words}
          onChange={({ target }) => seek(player, Number(target.value))}
          data-testid="video-position"
        />
      )}
      <span className="video-time" data-testid="video-time">
        {words}
      </span>
    </div>
  );
}

function pace(player: HTMLVideoElement, rate: number): void {
  player.playbackRate = rate;
}

function seek(player: HTMLVideoElement, seconds: number): void {
  player.pause();
  player.currentTime = seconds;
}

const TOLD = ["timeupdate", "play", "pause", "ended", "seeked", "seeking", "durationchange", "ratechange"];

function usePlayer<Told>(player: HTMLVideoElement, tell: (player: HTMLVideoElement) => Told): Told {
  return useSyncExternalStore(
    (changed) => {
      const ending = new AbortController();
      for (const name of TOLD) player.addEventListener(name, changed, { signal: ending.signal });
      return () => ending.abort();
    },
    () => tell(player),
  );
}
