import { useId } from "react";
import { Button } from "../../design/components/Button";
import { useMessages } from "../../i18n/language";

/** Percent; 100 is the picture as it is. */
export interface Light {
  brightness: number;
  contrast: number;
}

export const NEUTRAL: Light = { brightness: 100, contrast: 100 };

/** None for a picture as it is: a filter costs a redraw even when it changes nothing. */
export function filterOf({ brightness, contrast }: Light): string | undefined {
  return brightness === 100 && contrast === 100 ? undefined : `brightness(${brightness}%) contrast(${contrast}%)`;
}

/** For the eye only: the picture's file stays as it is. */
export function LightTools({ light, onLight }: { light: Light; onLight: (light: Light) => void }) {
  const m = useMessages();
  const neutral = filterOf(light) === undefined;
  return (
    <div className="viewer-light" role="group" aria-label={m.viewer_light_tools()}>
      <Slider label={m.viewer_light()} value={light.brightness} onChange={(brightness) => onLight({ ...light, brightness })} testId="viewer-light" />
      <Slider label={m.viewer_contrast()} value={light.contrast} onChange={(contrast) => onLight({ ...light, contrast })} testId="viewer-contrast" />
      <Button small look="quiet" isDisabled={neutral} onPress={() => onLight(NEUTRAL)} data-testid="viewer-neutral">
        {m.viewer_neutral()}
      </Button>
    </div>
  );
}

interface SliderProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  testId: string;
}

function Slider({ label, value, onChange, testId }: SliderProps) {
  const m = useMessages();
  const id = useId();
  return (
    <div className="viewer-slider">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="range" min={40} max={250} step={10} value={value} onChange={({ target }) => onChange(Number(target.value))} data-testid={testId} />
      <output htmlFor={id}>{m.viewer_zoom({ percent: value })}</output>
    </div>
  );
}
