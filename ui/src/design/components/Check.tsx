import type { ReactNode } from "react";
import { Checkbox, type CheckboxProps } from "react-aria-components";
import { Icon } from "./Icon";
import "./Check.css";

export function Check({ children, ...rest }: Omit<CheckboxProps, "className" | "children"> & { children: ReactNode }) {
  return (
    <Checkbox {...rest} className="check">
      <span className="check-box">
        <Icon name="check" size={12} />
      </span>
      <span>{children}</span>
    </Checkbox>
  );
}
