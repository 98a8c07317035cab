import { useState } from "react";
import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { ProcessSettings } from "../../../backend/generated/ProcessSettings";
import type { SettingsView } from "../../../backend/generated/SettingsView";
import { useRemember, useSession } from "../../../backend/queries";
import { Button } from "../../../design/components/Button";
import { Callout } from "../../../design/components/Callout";
import { EnvironmentMark } from "../../../design/components/EnvironmentMark";
import { Fixed } from "../../../design/components/Fixed";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useMessages } from "../../../i18n/language";
import { Removal } from "../Removal";
import { useEditing } from "../use-editing";
import { ProcessForm } from "./ProcessForm";

export function ProcessesTab({ settings, onBegun }: { settings: SettingsView; onBegun: (begun: boolean) => void }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const session = useSession();
  const { editing, edit, cards, adding } = useEditing(settings.processes.length, onBegun);
  const [removing, setRemoving] = useState<ProcessSettings | null>(null);
  const remove = useAct(async (_intent, id: string) => remember.settings(await backend.removeProcess(id)));
  const done = () => edit(null);
  const fresh: ProcessSettings = {
    id: "",
    environment_id: session.data?.current?.environment_id ?? settings.environments[0]?.id ?? "",
    name: "",
    process_uuid: "",
    idclaim: false,
    callback_endpoints: [],
    deadlines: null,
    capture: null,
    launch_mode: "this_pc",
    link_minutes: null,
    return_page: null,
    enrollment_pages: "browser",
    la_poste_identity: false,
    template: { group: "", reference: "", expected: [], lang: null },
  };
  return (
    <>
      <p className="soft">{m.processes_lead()}</p>
      {remove.error && <ErrorBlock error={remove.error} onDismiss={remove.clear} />}
      {settings.processes.length === 0 && editing === null && <p>{m.processes_none()}</p>}
      <ul ref={cards} className="cards">
        {settings.processes.map((process) => (
          <li key={process.id} className="card" data-card={process.id} data-testid="process">
            {editing === process.id ? (
              <ProcessForm process={process} settings={settings} onDone={done} />
            ) : (
              <ProcessLine process={process} settings={settings} onEdit={() => edit(process.id)} onRemove={() => setRemoving(process)} />
            )}
          </li>
        ))}
        {editing === "" && (
          <li className="card">
            <ProcessForm process={fresh} settings={settings} onDone={done} />
          </li>
        )}
      </ul>
      {settings.managed.locked.includes("processes") && (
        <Callout tone="information" data-testid="no-other-process">
          <Fixed /> {m.managed_no_process()}
        </Callout>
      )}
      {editing === null && !settings.managed.locked.includes("processes") && (
        <div>
          <Button icon="plus" buttonRef={adding} onPress={() => edit("")} data-testid="add-process">
            {m.processes_add()}
          </Button>
        </div>
      )}
      <Removal
        name={removing && removing.name}
        title={m.process_remove_title({ name: removing?.name ?? "" })}
        lead={m.process_remove_lead()}
        onClose={() => setRemoving(null)}
        onConfirm={() => {
          if (removing) void remove.run(removing.id);
          setRemoving(null);
        }}
      />
    </>
  );
}

function ProcessLine({ process, settings, onEdit, onRemove }: { process: ProcessSettings; settings: SettingsView; onEdit: () => void; onRemove: () => void }) {
  const m = useMessages();
  const environment = settings.environments.find(({ id }) => id === process.environment_id);
  const fixed = settings.managed.process_ids.includes(process.id) || settings.managed.locked.includes("processes");
  return (
    <div className="card-line">
      {environment && <EnvironmentMark kind={environment.kind} />}
      <span className="card-words">
        <strong>{process.name}</strong>
        <span className="mono card-mono">{process.process_uuid}</span>
        {process.idclaim && <span className="faint">{m.process_idclaim_short()}</span>}
        {fixed && <Fixed testId="process-fixed" />}
      </span>
      {!fixed && (
        <>
          <Button small onPress={onEdit}>
            {m.settings_edit_short()}
            <span className="visually-hidden"> {process.name}</span>
          </Button>
          <Button small look="danger" icon="trash" onPress={onRemove}>
            {m.settings_remove_short()}
            <span className="visually-hidden"> {process.name}</span>
          </Button>
        </>
      )}
    </div>
  );
}
