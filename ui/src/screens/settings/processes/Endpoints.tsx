import type { CallbackEndpointSettings } from "../../../backend/generated/CallbackEndpointSettings";
import { Button } from "../../../design/components/Button";
import { Field } from "../../../design/components/Field";
import { useMessages } from "../../../i18n/language";

interface EndpointsProps {
  endpoints: CallbackEndpointSettings[];
  /** `callback_endpoints.0`, … */
  wrong: string[];
  onChange: (endpoints: CallbackEndpointSettings[]) => void;
}

/** Where ID360 tells the organisation's own server; the letters go out as typed. */
export function Endpoints({ endpoints, wrong, onChange }: EndpointsProps) {
  const m = useMessages();
  const change = (at: number, part: Partial<CallbackEndpointSettings>) => onChange(endpoints.map((endpoint, index) => (index === at ? { ...endpoint, ...part } : endpoint)));
  return (
    <fieldset className="form-section">
      <legend className="field-label">{m.process_endpoints()}</legend>
      <p className="faint settings-note">{m.process_endpoints_note()}</p>
      {endpoints.map((endpoint, index) => (
        <div key={index} className="endpoint">
          <Field label={m.process_endpoint_url()} value={endpoint.url} onChange={(url) => change(index, { url })} problem={wrong.includes(`callback_endpoints.${index}`) ? m.problem_url() : null} mono />
          <Field label={m.process_endpoint_on()} value={endpoint.on.join(" ")} onChange={(text) => change(index, { on: text.split(/[\s,]+/) })} mono />
          <Button small look="quiet" icon="trash" iconOnly onPress={() => onChange(endpoints.filter((_, other) => other !== index))}>
            {m.process_endpoint_remove({ n: index + 1 })}
          </Button>
        </div>
      ))}
      <div>
        <Button small icon="plus" onPress={() => onChange([...endpoints, { url: "https://", on: [] }])}>
          {m.process_endpoint_add()}
        </Button>
      </div>
    </fieldset>
  );
}
