import type { FocusEventHandler, ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import "./Callout.css";

export type Tone = "information" | "attention" | "error" | "critical" | "good";

const ICON: Record<Tone, IconName> = {
  information: "info",
  attention: "warning",
  error: "stop",
  critical: "stop",
  good: "check",
};

interface CalloutProps {
  tone: Tone;
  /** Read out at once for errors, politely otherwise, never for text that was there from the start. */
  live?: "alert" | "status";
  children: ReactNode;
  actions?: ReactNode;
  onFocus?: FocusEventHandler<HTMLElement> | undefined;
  "data-testid"?: string;
  "data-code"?: string;
}

export function Callout({ tone, live, children, actions, ...rest }: CalloutProps) {
  return (
    <div className={`callout callout-${tone}`} role={live} {...rest}>
      <Icon name={ICON[tone]} />
      <div className="callout-body">{children}</div>
      {actions && <div className="callout-actions">{actions}</div>}
    </div>
  );
}
