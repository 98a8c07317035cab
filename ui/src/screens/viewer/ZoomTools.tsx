import { ToggleButton, Toolbar } from "react-aria-components";
import { Button } from "../../design/components/Button";
import { Icon } from "../../design/components/Icon";
import { useMessages } from "../../i18n/language";
import { LARGEST } from "./lens";

interface ZoomToolsProps {
  /** Of the active picture; `null` until it is there. */
  scale: number | null;
  tools: Record<"enlarge" | "reduce" | "fit" | "actual" | "rotate", () => void>;
  /** `null` when one page is in view alone. */
  linked: boolean | null;
  onLink: (linked: boolean) => void;
}

export function ZoomTools({ scale, tools, linked, onLink }: ZoomToolsProps) {
  const m = useMessages();
  const none = scale === null;
  return (
    <Toolbar className="viewer-zoom" aria-label={m.viewer_zoom_tools()}>
      <Button small icon="zoomOut" iconOnly isDisabled={none} onPress={tools.reduce} aria-keyshortcuts="Shift+Z" data-testid="zoom-out">
        {m.viewer_zoom_out()}
      </Button>
      <span className="viewer-percent" role="status" data-testid="zoom-percent">
        {none ? "" : m.viewer_zoom({ percent: Math.round(scale * 100) })}
      </span>
      <Button small icon="zoomIn" iconOnly isDisabled={none || scale >= LARGEST} onPress={tools.enlarge} aria-keyshortcuts="Z" data-testid="zoom-in">
        {m.viewer_zoom_in()}
      </Button>
      <Button small icon="fit" isDisabled={none} onPress={tools.fit} aria-keyshortcuts="F" data-testid="zoom-fit">
        {m.viewer_fit()}
      </Button>
      <Button small isDisabled={none} onPress={tools.actual} data-testid="zoom-actual">
        {m.viewer_actual()}
      </Button>
      <Button small icon="rotate" isDisabled={none} onPress={tools.rotate} aria-keyshortcuts="Shift+R" data-testid="rotate">
        {m.viewer_rotate()}
      </Button>
      {linked !== null && (
        <ToggleButton className="button button-small viewer-toggle" isSelected={linked} onChange={onLink} data-testid="link-zoom">
          <Icon name="link" /> {m.viewer_link()}
        </ToggleButton>
      )}
    </Toolbar>
  );
}
