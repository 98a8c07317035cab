import { useCallback, useState, type ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useDeskActs } from "../../app/acts/registry";
import "./Dialog.css";

interface DialogProps {
  title: string;
  open: boolean;
  /** Absent: the dialog can only be left by its own buttons. */
  onClose?: () => void;
  urgent?: boolean;
  wide?: boolean;
  children: ReactNode;
  actions: ReactNode;
}

const KEYS = ["Control+Enter"];

function mainButton(actions: Element | null | undefined): HTMLButtonElement | null {
  return actions?.querySelector<HTMLButtonElement>(".button-primary, .button-danger") ?? null;
}

/** Of the dialog that lies over the others. */
function pressMain(): void {
  mainButton([...document.querySelectorAll(".dialog-actions")].at(-1))?.click();
}

/** Over the screen, whose keys sleep; Ctrl+Enter presses the main button, where there is one. */
export function Dialog({ title, open, onClose, urgent, wide, children, actions }: DialogProps) {
  const [main, setMain] = useState<string | null>(null);
  const look = useCallback((drawn: HTMLDivElement | null) => setMain(mainButton(drawn)?.textContent ?? null), []);
  useDeskActs("cover", main === null ? [] : [{ id: "main", label: main, keys: KEYS, always: true, run: pressMain }]);
  return (
    <ModalOverlay className="veil" isOpen={open} isDismissable={false} isKeyboardDismissDisabled={!onClose} onOpenChange={(isOpen) => !isOpen && onClose?.()}>
      <Modal className={wide ? "modal modal-wide" : "modal"}>
        <AriaDialog className="dialog" role={urgent ? "alertdialog" : "dialog"}>
          <Heading slot="title" level={2} className="dialog-title">
            {title}
          </Heading>
          <div className="dialog-body">{children}</div>
          <div className="dialog-actions" ref={look}>
            {actions}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
