import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
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

export function Dialog({ title, open, onClose, urgent, wide, children, actions }: DialogProps) {
  return (
    <ModalOverlay className="veil" isOpen={open} isDismissable={false} isKeyboardDismissDisabled={!onClose} onOpenChange={(isOpen) => !isOpen && onClose?.()}>
      <Modal className={wide ? "modal modal-wide" : "modal"}>
        <AriaDialog className="dialog" role={urgent ? "alertdialog" : "dialog"}>
          <Heading slot="title" level={2} className="dialog-title">
            {title}
          </Heading>
          <div className="dialog-body">{children}</div>
          <div className="dialog-actions">{actions}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
