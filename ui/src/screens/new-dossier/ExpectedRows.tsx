import { useRef } from "react";
import { ComboBox, Button as AriaButton, FieldError, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { useFallenFocus } from "../../app/focus";
import { Button } from "../../design/components/Button";
import { Callout } from "../../design/components/Callout";
import { Check } from "../../design/components/Check";
import { Field } from "../../design/components/Field";
import { Icon } from "../../design/components/Icon";
import { Select } from "../../design/components/Select";
import { useMessages, type Messages } from "../../i18n/language";
import type { ExpectedRow } from "./draft";
import { inputId } from "./fields";
import type { FormProps } from "./FormField";
import { rowFor } from "./template";
import { problemSentence, type Problem } from "./problems";

const KNOWN: { name: string; word: (m: Messages) => string }[] = [
  { name: "name", word: (m) => m.expected_name() },
  { name: "first_name", word: (m) => m.expected_first_name() },
  { name: "birth_date", word: (m) => m.expected_birth_date() },
  { name: "phone_number", word: (m) => m.expected_phone_number() },
];

/** Those of ID360's guide (facts §C.4). */
export const DOCUMENTED_NAMES = KNOWN.map(({ name }) => name);

const HINTS: Partial<Record<string, (m: Messages) => string>> = {
  name: (m) => m.expected_name_hint(),
  birth_date: (m) => m.expected_birth_date_hint(),
};

const AUTO = { unset: null, later: true, now: false } as const;

/** Data that ID360 compares with the document: a name, a value, a lock. */
export function ExpectedRows({ form, problems, onChange }: FormProps) {
  const m = useMessages();
  const rows = form.expected;
  const adding = useRef<HTMLButtonElement>(null);
  useFallenFocus(() => adding.current, rows.length);
  const change = (key: number, part: Partial<ExpectedRow>) => onChange({ expected: rows.map((row) => (row.key === key ? { ...row, ...part } : row)) });
  const add = () => {
    const next = KNOWN.find(({ name }) => !rows.some((row) => row.name === name))?.name ?? "";
    onChange({ expected: [...rows, rowFor(form, next)] });
  };
  return (
    <fieldset className="form-section" id="field-expected">
      <legend className="form-legend">{m.new_expected()}</legend>
      <p className="soft">{m.new_expected_note()}</p>
      {rows.length > 0 && (
        <ul className="expected-rows">
          {rows.map((row) => (
            <ExpectedRowFields
              key={row.key}
              row={row}
              problems={problems}
              onChange={(part) => change(row.key, part)}
              onRemove={() => onChange({ expected: rows.filter(({ key }) => key !== row.key) })}
            />
          ))}
        </ul>
      )}
      <div>
        <Button small icon="plus" buttonRef={adding} onPress={add} data-testid="add-expected">
          {m.new_expected_add()}
        </Button>
      </div>
    </fieldset>
  );
}

export interface ExpectedRowFieldsProps {
  /** Offered to choose from; by default those of ID360's guide. */
  names?: string[];
  row: ExpectedRow;
  problems: Problem[];
  onChange: (part: Partial<ExpectedRow>) => void;
  onRemove: () => void;
}

/** One datum: its name, its value, and whether it is locked. */
export function ExpectedRowFields({ names = DOCUMENTED_NAMES, row, problems, onChange, onRemove }: ExpectedRowFieldsProps) {
  const m = useMessages();
  const find = (part: string) => {
    const problem = problems.find(({ field }) => field === `expected.${row.key}.${part}`);
    return problem ? problemSentence(m, problem) : null;
  };
  const auto = row.auto === null ? "unset" : row.auto ? "later" : "now";
  return (
    <li className="expected-row" data-testid="expected-row">
      <NameField names={names} name={row.name} problem={find("name")} id={inputId(`expected.${row.key}.name`)} onChange={(name) => onChange({ name, auto: name.trim() === "phone_number" ? row.auto : null })} />
      <Field
        label={m.new_expected_value()}
        value={row.value}
        onChange={(value) => onChange({ value })}
        hint={HINTS[row.name]?.(m)}
        problem={find("value")}
        id={inputId(`expected.${row.key}.value`)}
        testId="expected-value"
        autoComplete="off"
        spellCheck="false"
      />
      <div className="expected-acts">
        <Check isSelected={row.locked} onChange={(locked) => onChange({ locked })}>
          <span title={m.new_expected_locked_hint()}>{m.new_expected_locked()}</span>
        </Check>
        <Button small look="quiet" icon="trash" iconOnly onPress={onRemove} data-testid="remove-expected">
          {m.new_expected_remove({ name: row.name || m.new_expected_unnamed() })}
        </Button>
      </div>
      {row.name.trim() === "phone_number" && (
        <div className="expected-auto">
          <Select
            label={m.auto_label()}
            value={auto}
            onChange={(id) => onChange({ auto: AUTO[id as keyof typeof AUTO] })}
            options={[
              { id: "unset", label: m.auto_unset() },
              { id: "later", label: m.auto_later() },
              { id: "now", label: m.auto_now() },
            ]}
            testId="expected-auto"
          />
          {row.auto !== true && <Callout tone="attention">{m.auto_warning()}</Callout>}
        </div>
      )}
    </li>
  );
}

function NameField({ names, name, problem, id, onChange }: { names: string[]; name: string; problem: string | null; id: string; onChange: (name: string) => void }) {
  const m = useMessages();
  return (
    <ComboBox className="field" allowsCustomValue menuTrigger="focus" inputValue={name} onInputChange={onChange} isInvalid={problem !== null} validationBehavior="aria">
      <Label className="field-label">{m.new_expected_name()}</Label>
      <div className="combo">
        <Input className="field-input mono" id={id} data-testid="expected-name" spellCheck="false" />
        <AriaButton className="combo-button">
          <Icon name="chevron" size={12} />
        </AriaButton>
      </div>
      <FieldError className="field-problem">{problem}</FieldError>
      <Popover className="popover">
        <ListBox className="listbox">
          {names.map((offered) => (
            <ListBoxItem key={offered} id={offered} textValue={offered} className="listbox-item">
              <span className="mono">{offered}</span>
              <span className="field-hint">{KNOWN.find((known) => known.name === offered)?.word(m)}</span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
