import { useRef } from "react";
import { useFallenFocus } from "../../../app/focus";
import { Button } from "../../../design/components/Button";
import { Field } from "../../../design/components/Field";
import { useMessages } from "../../../i18n/language";
import type { HeaderDraft } from "./endpoint-draft";

interface HeadersProps {
  headers: HeaderDraft[];
  isKept: (name: string) => boolean;
  onChange: (headers: HeaderDraft[]) => void;
}

/** Headers that ID360 sends along, so that the organisation's server knows who calls. */
export function Headers({ headers, isKept, onChange }: HeadersProps) {
  const m = useMessages();
  const adding = useRef<HTMLButtonElement>(null);
  useFallenFocus(() => adding.current, headers.length);
  const change = (at: number, part: Partial<HeaderDraft>) => onChange(headers.map((header, index) => (index === at ? { ...header, ...part } : header)));
  return (
    <>
      {headers.map((header, index) => {
        const kept = isKept(header.name);
        return (
          <div key={index} className="endpoint endpoint-header">
            <Field label={m.process_header_name()} value={header.name} onChange={(name) => change(index, { name })} mono spellCheck="false" testId="header-name" />
            <Field
              label={m.process_header_value()}
              value={header.value}
              onChange={(value) => change(index, { value })}
              type="password"
              autoComplete="off"
              hint={kept ? m.process_header_kept() : m.process_header_to_type()}
              testId="header-value"
            />
            <Button small look="quiet" icon="trash" iconOnly onPress={() => onChange(headers.filter((_, other) => other !== index))}>
              {m.process_header_remove({ name: header.name || String(index + 1) })}
            </Button>
          </div>
        );
      })}
      <div className="endpoint-header">
        <Button small look="quiet" icon="plus" buttonRef={adding} onPress={() => onChange([...headers, { name: "", value: "" }])} data-testid="add-header">
          {m.process_header_add()}
        </Button>
      </div>
    </>
  );
}
