import type { ReactNode, RefObject } from "react";
import { Dialog, Popover } from "react-aria-components";
import "./Panel.css";

interface PanelProps {
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  anchor: RefObject<Element | null>;
  children: ReactNode;
  testId?: string;
}

/** A small dialog beside what it changes; Escape and a press outside close it, the focus goes back. */
export function Panel({ label, open, onOpenChange, anchor, children, testId }: PanelProps) {
  return (
    <Popover className="popover panel-popover" placement="bottom start" isOpen={open} onOpenChange={onOpenChange} triggerRef={anchor}>
      <Dialog className="panel" aria-label={label} data-testid={testId}>
        {children}
      </Dialog>
    </Popover>
  );
}
