import { ToggleButton, Toolbar } from "react-aria-components";
import { ActButton } from "../../app/acts/ActButton";
import { Icon } from "../../design/components/Icon";
import { useMessages } from "../../i18n/language";
import { LARGEST } from "./lens";

const ENLARGE = ["Z", "+"];
const REDUCE = ["Shift+Z", "-"];
const FIT = ["F"];
const ROTATE = ["Shift+R"];

interface ZoomToolsProps {
  /** Of the active picture; `null` until it is there. */
  scale: number | null;
  tools: Record<"enlarge" | "reduce" | "fit" | "actual" | "rotate", () => void>;
  /** `null` when one page is in view alone. */
  linked: boolean | null;
  onLink: (linked: boolean) => void;
  /** Two pages stand in one place by turns. */
  blinking: boolean;
  onBlink: (blinking: boolean) => void;
}

export function ZoomTools({ scale, tools, linked, onLink, blinking, onBlink }: ZoomToolsProps) {
  const m = useMessages();
  const none = scale === null;
  return (
    <Toolbar className="viewer-zoom" aria-label={m.viewer_zoom_tools()}>
      <ActButton act="zoom-out" keys={REDUCE} layer="cover" repeats small icon="zoomOut" iconOnly isDisabled={none} onPress={tools.reduce} data-testid="zoom-out">
        {m.viewer_zoom_out()}
      </ActButton>
      <span className="viewer-percent" role="status" data-testid="zoom-percent">
        {none ? "" : m.viewer_zoom({ percent: Math.round(scale * 100) })}
      </span>
      <ActButton act="zoom-in" keys={ENLARGE} layer="cover" repeats small icon="zoomIn" iconOnly isDisabled={none || scale >= LARGEST} onPress={tools.enlarge} data-testid="zoom-in">
        {m.viewer_zoom_in()}
      </ActButton>
      <ActButton act="fit" keys={FIT} layer="cover" small icon="fit" isDisabled={none} onPress={tools.fit} data-testid="zoom-fit">
        {m.viewer_fit()}
      </ActButton>
      <ActButton act="actual" layer="cover" small isDisabled={none} onPress={tools.actual} data-testid="zoom-actual">
        {m.viewer_actual()}
      </ActButton>
      <ActButton act="rotate" keys={ROTATE} layer="cover" small icon="rotate" isDisabled={none} onPress={tools.rotate} data-testid="rotate">
        {m.viewer_rotate()}
      </ActButton>
      {linked !== null && (
        <>
          <ToggleButton className="button button-small viewer-toggle" isSelected={linked} onChange={onLink} data-testid="link-zoom">
            <Icon name="link" /> {m.viewer_link()}
          </ToggleButton>
          <ToggleButton className="button button-small viewer-toggle" isSelected={blinking} onChange={onBlink} data-testid="blink">
            <Icon name="sides" /> {m.viewer_blink()}
          </ToggleButton>
        </>
      )}
    </Toolbar>
  );
}
