import { Button, FieldError, Group, Input, Label, NumberField } from "react-aria-components";

interface NumberInputProps {
  label: string;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
  testId: string;
}

/** A whole number with its two steps; a value beyond the ends goes back to the nearest one. */
export function NumberInput({ label, value, least, most, onChange, testId }: NumberInputProps) {
  return (
    <NumberField className="field" value={value} minValue={least} maxValue={most} onChange={(typed) => Number.isFinite(typed) && onChange(typed)}>
      <Label className="field-hint">{label}</Label>
      <Group className="number">
        <Button slot="decrement" className="number-button">
          −
        </Button>
        <Input className="field-input" data-testid={testId} />
        <Button slot="increment" className="number-button">
          +
        </Button>
      </Group>
      <FieldError className="field-problem" />
    </NumberField>
  );
}
