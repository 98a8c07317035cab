import type { ReactNode } from "react";
import { CheckboxButton, CheckboxField, type CheckboxFieldProps } from "react-aria-components";
import { Icon } from "./Icon";
import "./Check.css";

export function Check({ children, ...rest }: Omit<CheckboxFieldProps, "className" | "children"> & { children: ReactNode }) {
  return (
    <CheckboxField {...rest} className="check-field">
      <CheckboxButton className="check">
        <span className="check-box">
          <Icon name="check" size={12} />
        </span>
        <span>{children}</span>
      </CheckboxButton>
    </CheckboxField>
  );
}
