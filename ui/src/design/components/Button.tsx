import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { Icon, type IconName } from "./Icon";
import "./Button.css";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "children"> {
  look?: "primary" | "secondary" | "quiet" | "danger";
  icon?: IconName;
  /** Hides the words from sight, not from screen readers. */
  iconOnly?: boolean;
  small?: boolean;
  children: ReactNode;
  buttonRef?: Ref<HTMLButtonElement>;
  "data-testid"?: string;
}

/** Pending: it keeps the focus and does nothing. The library's own way leaves a message in a live region that names this button after it is gone. */
function atRest({ isPending = false, onPress, type, ...rest }: Omit<AriaButtonProps, "className" | "children">): AriaButtonProps {
  if (!isPending) return { ...rest, onPress, type };
  return { ...rest, type: type === "submit" ? "button" : type, "aria-disabled": true };
}

export function Button({ look = "secondary", icon, iconOnly = false, small = false, children, buttonRef, ...rest }: ButtonProps) {
  const names = ["button", `button-${look}`, small && "button-small", iconOnly && "button-icon-only"];
  return (
    <AriaButton {...atRest(rest)} ref={buttonRef} className={names.filter(Boolean).join(" ")}>
      {icon && <Icon name={icon} />}
      <span className={iconOnly ? "visually-hidden" : undefined}>{children}</span>
    </AriaButton>
  );
}
