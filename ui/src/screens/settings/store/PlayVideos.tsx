import { useBackend } from "../../../backend/context";
import { useMessages } from "../../../i18n/language";
import { YesNo } from "./YesNo";

/** The right to look at liveness videos on this computer. */
export function PlayVideos() {
  const m = useMessages();
  const backend = useBackend();
  return <YesNo setting="play_videos" title={m.play_videos_title()} words={m.play_videos()} note={m.play_videos_note()} keep={(wanted) => backend.setPlayVideos(wanted)} testId="play-videos" />;
}
