import type { ReactNode } from "react";
import { CheckboxButton, CheckboxField, type CheckboxFieldProps } from "react-aria-components";
import { Icon } from "./Icon";
import "./Check.css";

interface CheckProps extends Omit<CheckboxFieldProps, "className" | "children"> {
  children: ReactNode;
  "data-testid"?: string;
}

export function Check({ children, "data-testid": testId, ...rest }: CheckProps) {
  return (
    <CheckboxField {...rest} className="check-field">
      <CheckboxButton className="check" data-testid={testId}>
        <span className="check-box">
          <Icon name="check" size={12} />
        </span>
        <span>{children}</span>
      </CheckboxButton>
    </CheckboxField>
  );
}
