import { useRef } from "react";
import { useFallenFocus } from "../../../app/focus";
import { Button } from "../../../design/components/Button";
import { Field } from "../../../design/components/Field";
import { useMessages } from "../../../i18n/language";
import type { EndpointDraft } from "./endpoint-draft";
import { Headers } from "./Headers";

interface EndpointsProps {
  endpoints: EndpointDraft[];
  /** `callback_endpoints.0`, … */
  wrong: string[];
  /** What Rust found wrong with a header, if anything. */
  wrongHeader: string | null;
  isKept: (url: string, header: string) => boolean;
  onChange: (endpoints: EndpointDraft[]) => void;
}

/** Where ID360 tells the organisation's own server; the letters go out as typed. */
export function Endpoints({ endpoints, wrong, wrongHeader, isKept, onChange }: EndpointsProps) {
  const m = useMessages();
  const adding = useRef<HTMLButtonElement>(null);
  useFallenFocus(() => adding.current, endpoints.length);
  const change = (at: number, part: Partial<EndpointDraft>) => onChange(endpoints.map((endpoint, index) => (index === at ? { ...endpoint, ...part } : endpoint)));
  return (
    <fieldset className="form-section">
      <legend className="field-label">{m.process_endpoints()}</legend>
      <p className="faint settings-note">{m.process_endpoints_note()}</p>
      {endpoints.map((endpoint, index) => (
        <div key={index} className="endpoint-group" role="group" aria-label={m.process_endpoint_n({ n: index + 1 })}>
          <div className="endpoint">
            <Field label={m.process_endpoint_url()} value={endpoint.url} onChange={(url) => change(index, { url })} problem={wrong.includes(`callback_endpoints.${index}`) ? m.problem_url() : null} mono testId="endpoint-url" />
            <Field label={m.process_endpoint_on()} value={endpoint.on.join(" ")} onChange={(text) => change(index, { on: text.split(/[\s,]+/) })} mono />
            <Button small look="quiet" icon="trash" iconOnly onPress={() => onChange(endpoints.filter((_, other) => other !== index))}>
              {m.process_endpoint_remove({ n: index + 1 })}
            </Button>
          </div>
          <Headers headers={endpoint.headers} isKept={(name) => isKept(endpoint.url, name)} onChange={(headers) => change(index, { headers })} />
        </div>
      ))}
      {wrongHeader && (
        <p className="field-problem" role="alert">
          {wrongHeader}
        </p>
      )}
      <div>
        <Button small icon="plus" buttonRef={adding} onPress={() => onChange([...endpoints, { url: "https://", on: [], headers: [] }])} data-testid="add-endpoint">
          {m.process_endpoint_add()}
        </Button>
      </div>
    </fieldset>
  );
}
