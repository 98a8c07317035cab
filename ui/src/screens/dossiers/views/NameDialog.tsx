import { useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import type { WireError } from "../../../backend/generated/WireError";
import { Button } from "../../../design/components/Button";
import { Dialog } from "../../../design/components/Dialog";
import { Field } from "../../../design/components/Field";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useMessages } from "../../../i18n/language";

interface NameDialogProps {
  title: string;
  lead?: string;
  name: string;
  act: { running: boolean; error: WireError | null };
  onName: (name: string) => void;
  onClose: () => void;
}

export function NameDialog({ title, lead, name, act, onName, onClose }: NameDialogProps) {
  const m = useMessages();
  const [typed, setTyped] = useState(name);
  const [missing, setMissing] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const chosen = typed.trim();
    setMissing(chosen === "");
    if (chosen) onName(chosen);
  };
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{m.cancel()}</Button>
          <Button look="primary" type="submit" form="view-name" isPending={act.running} data-testid="view-name-save">
            {m.views_save()}
          </Button>
        </>
      }
    >
      {lead && <p className="soft">{lead}</p>}
      {act.error && <ErrorBlock error={act.error} />}
      <Form id="view-name" onSubmit={submit}>
        <Field
          label={m.views_name()}
          value={typed}
          onChange={setTyped}
          problem={missing ? m.views_name_wanted() : null}
          maxLength={60}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- a dialog that waits for one name starts in its field
          autoFocus
          testId="view-name"
        />
      </Form>
    </Dialog>
  );
}
