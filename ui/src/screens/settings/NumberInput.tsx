import { Button, FieldError, Group, Input, Label, NumberField, Text } from "react-aria-components";
import { Fixed } from "../../design/components/Fixed";

interface NumberInputProps {
  label: string;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
  testId: string;
  /** The organisation sets it. */
  fixed?: boolean;
}

/** A whole number with its two steps; a value beyond the ends goes back to the nearest one. */
export function NumberInput({ label, value, least, most, onChange, testId, fixed = false }: NumberInputProps) {
  return (
    <NumberField className="field" value={value} minValue={least} maxValue={most} isReadOnly={fixed} onChange={(typed) => Number.isFinite(typed) && onChange(typed)}>
      <Label className="field-hint">{label}</Label>
      <Group className="number">
        {!fixed && (
          <Button slot="decrement" className="number-button">
            −
          </Button>
        )}
        <Input className="field-input" data-testid={testId} />
        {!fixed && (
          <Button slot="increment" className="number-button">
            +
          </Button>
        )}
      </Group>
      {fixed && (
        <Text slot="description">
          <Fixed testId={`${testId}-fixed`} />
        </Text>
      )}
      <FieldError className="field-problem" />
    </NumberField>
  );
}
