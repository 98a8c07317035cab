import { Button } from "../../design/components/Button";
import { Dialog } from "../../design/components/Dialog";
import { useMessages } from "../../i18n/language";

interface ConfirmProps {
  open: boolean;
  title: string;
  lead: string;
  act: string;
  danger?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** The one confirmation of an act; its title and its button name what they act on. */
export function Confirm({ open, title, lead, act, danger, onConfirm, onClose }: ConfirmProps) {
  const m = useMessages();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      urgent
      title={title}
      actions={
        <>
          <Button onPress={onClose} data-testid="cancel">
            {m.cancel()}
          </Button>
          <Button look={danger ? "danger" : "primary"} onPress={onConfirm} data-testid="confirm">
            {act}
          </Button>
        </>
      }
    >
      <p>{lead}</p>
    </Dialog>
  );
}
