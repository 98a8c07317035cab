import { parseDate } from "@internationalized/date";
import { useState } from "react";
import { CheckboxGroup, DateField, DateInput, DateSegment, Label, RadioGroup } from "react-aria-components";
import type { ListFilter } from "../../../backend/generated/ListFilter";
import type { Stretch } from "../../../backend/generated/Stretch";
import { Check } from "../../../design/components/Check";
import { RadioLine } from "../../../design/components/RadioLine";
import { useFormats } from "../../../i18n/format";
import { FIELD_WORD, NOT_WORD, stretchWords } from "../../../i18n/list-words";
import { useMessages } from "../../../i18n/language";
import { isDate, isMany, manyFilter, STRETCHES, valuesOf, type DateField as DateFieldName, type Field, type ManyField } from "./kinds";
import { useChoices } from "./use-choices";

interface FilterEditorProps {
  field: Field;
  /** `null` while nothing is chosen yet. */
  filter: ListFilter | null;
  /** The sense chosen before any value was. */
  not: boolean;
  onNot: (not: boolean) => void;
  /** `null` when the last value was taken away. */
  onChange: (filter: ListFilter | null) => void;
}

/** What one chip holds: its sense, then its values. Every change counts at once. */
export function FilterEditor({ field, filter, not, onNot, onChange }: FilterEditorProps) {
  const m = useMessages();
  const yesNo = NOT_WORD[field];
  return (
    <>
      <RadioGroup
        className="senses"
        aria-label={m.filter_sense()}
        orientation="horizontal"
        value={not ? "not" : "is"}
        onChange={(sense) => {
          onNot(sense === "not");
          if (filter) onChange({ ...filter, not: sense === "not" });
        }}
      >
        <RadioLine value="is">
          {yesNo ? FIELD_WORD[field]() : m.filter_is()}
        </RadioLine>
        <RadioLine value="not" testId="filter-not">
          {yesNo ? yesNo() : m.filter_is_not()}
        </RadioLine>
      </RadioGroup>
      {isMany(field) && <Many field={field} values={filter ? valuesOf(filter) : []} onChange={(values) => onChange(values.length > 0 ? manyFilter(field, not, values) : null)} />}
      {isDate(field) && <Dates field={field} stretch={filter && "stretch" in filter ? filter.stretch : null} onChange={(stretch) => onChange({ field, not, stretch })} />}
    </>
  );
}

function Many({ field, values, onChange }: { field: ManyField; values: string[]; onChange: (values: string[]) => void }) {
  const m = useMessages();
  const choices = useChoices().of(field);
  if (choices.length === 0) return <p className="soft">{m.filter_no_tag()}</p>;
  return (
    <CheckboxGroup className="filter-values" aria-label={FIELD_WORD[field]()} value={values} onChange={onChange}>
      {choices.map(({ id, label }) => (
        <Check key={id} value={id} data-testid={`filter-value-${id}`}>
          {label}
        </Check>
      ))}
    </CheckboxGroup>
  );
}

function Dates({ field, stretch, onChange }: { field: DateFieldName; stretch: Stretch | null; onChange: (stretch: Stretch) => void }) {
  const m = useMessages();
  const f = useFormats();
  const offered = STRETCHES[field];
  const [choosing, setChoosing] = useState(stretch?.kind === "between");
  // Two empty dates are no filter yet.
  const between = choosing ? (stretch?.kind === "between" ? stretch : ({ kind: "between", from: null, to: null } as const)) : null;
  const known = stretch && offered.findIndex((one) => JSON.stringify(one) === JSON.stringify(stretch));
  const setDays = (from: string | null, to: string | null) => (from || to) && onChange({ kind: "between", from, to });
  const all = stretch && known === -1 && stretch.kind !== "between" ? [...offered, stretch] : offered;
  return (
    <>
      <RadioGroup
        className="filter-values"
        aria-label={FIELD_WORD[field]()}
        value={between ? "between" : stretch ? JSON.stringify(stretch) : null}
        onChange={(chosen) => {
          setChoosing(chosen === "between");
          if (chosen !== "between") onChange(JSON.parse(chosen) as Stretch);
        }}
      >
        {all.map((one) => (
          <RadioLine key={JSON.stringify(one)} value={JSON.stringify(one)} testId={`filter-value-${one.kind}`}>
            {stretchWords(one, f, field === "deadline")}
          </RadioLine>
        ))}
        <RadioLine value="between" testId="filter-value-between">
          {m.stretch_choose()}
        </RadioLine>
      </RadioGroup>
      {between && (
        <div className="filter-dates">
          <Day label={m.stretch_from_label()} day={between.from} onChange={(from) => setDays(from, between.to)} testId="filter-from" />
          <Day label={m.stretch_to_label()} day={between.to} onChange={(to) => setDays(between.from, to)} testId="filter-to" />
        </div>
      )}
    </>
  );
}

function Day({ label, day, onChange, testId }: { label: string; day: string | null; onChange: (day: string | null) => void; testId: string }) {
  return (
    <DateField className="field" value={day ? parseDate(day) : null} onChange={(chosen) => onChange(chosen?.toString() ?? null)}>
      <Label className="field-label">{label}</Label>
      <DateInput className="field-input date-input" data-testid={testId}>
        {(segment) => <DateSegment segment={segment} className="date-segment" />}
      </DateInput>
    </DateField>
  );
}
