import type { Key } from "react-aria-components";
import { Button, FieldError, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue, Text } from "react-aria-components";
import { Icon } from "./Icon";
import "./Field.css";
import "./Select.css";

export interface SelectOption {
  id: string;
  label: string;
  note?: string;
}

interface SelectProps {
  label: string;
  options: SelectOption[];
  value: string | null;
  onChange: (id: string) => void;
  hint?: string;
  problem?: string | null;
  placeholder?: string;
  isDisabled?: boolean;
  testId?: string;
  id?: string;
}

export function Select({ label, options, value, onChange, hint, problem, placeholder, isDisabled = false, testId, id }: SelectProps) {
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key: Key | null) => key !== null && onChange(String(key))}
      isInvalid={Boolean(problem)}
      placeholder={placeholder}
      isDisabled={isDisabled}
      validationBehavior="aria"
    >
      <Label className="field-label">{label}</Label>
      <Button className="select-button" data-testid={testId} id={id}>
        <SelectValue className="select-value" />
        <Icon name="chevron" />
      </Button>
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-problem">{problem}</FieldError>
      <Popover className="popover">
        <ListBox className="listbox" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className="listbox-item">
              <Text slot="label">{option.label}</Text>
              {option.note && (
                <Text slot="description" className="field-hint">
                  {option.note}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
