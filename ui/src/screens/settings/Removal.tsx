import { Button } from "../../design/components/Button";
import { Dialog } from "../../design/components/Dialog";
import { useMessages } from "../../i18n/language";

interface RemovalProps {
  /** The thing to be removed, or `null` when nothing is asked. */
  name: string | null;
  title: string;
  lead: string;
  onConfirm: () => void;
  onClose: () => void;
}

export function Removal({ name, title, lead, onConfirm, onClose }: RemovalProps) {
  const m = useMessages();
  return (
    <Dialog
      open={name !== null}
      onClose={onClose}
      urgent
      title={title}
      actions={
        <>
          <Button onPress={onClose}>{m.cancel()}</Button>
          <Button look="danger" onPress={onConfirm} data-testid="confirm">
            {m.settings_remove({ name: name ?? "" })}
          </Button>
        </>
      }
    >
      <p>{lead}</p>
    </Dialog>
  );
}
