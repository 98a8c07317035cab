import { useState } from "react";
import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { EnvironmentSettings } from "../../../backend/generated/EnvironmentSettings";
import type { SettingsView } from "../../../backend/generated/SettingsView";
import { useRemember } from "../../../backend/queries";
import { Button } from "../../../design/components/Button";
import { Callout } from "../../../design/components/Callout";
import { EnvironmentMark } from "../../../design/components/EnvironmentMark";
import { Fixed } from "../../../design/components/Fixed";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { ENVIRONMENT_NAME } from "../../../i18n/domain-words";
import { useMessages } from "../../../i18n/language";
import { Removal } from "../Removal";
import { useEditing } from "../use-editing";
import { EnvironmentForm } from "./EnvironmentForm";

export function EnvironmentsTab({ settings, onBegun }: { settings: SettingsView; onBegun: (begun: boolean) => void }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const { editing, edit, cards, adding } = useEditing(settings.environments.length, onBegun);
  const [removing, setRemoving] = useState<EnvironmentSettings | null>(null);
  const remove = useAct(async (_intent, id: string) => remember.settings(await backend.removeEnvironment(id)));
  const nameOf = (environment: EnvironmentSettings) => environment.name ?? ENVIRONMENT_NAME[environment.kind]();
  const done = () => edit(null);
  const { managed } = settings;
  const isFixed = (id: string) => managed.environment_ids.includes(id) || managed.state === "closed";
  return (
    <>
      <p className="soft">{m.environments_lead()}</p>
      {remove.error && <ErrorBlock error={remove.error} onDismiss={remove.clear} />}
      <ul ref={cards} className="cards">
        {settings.environments.map((environment) => (
          <li key={environment.id} className="card" data-card={environment.id} data-testid={`environment-${environment.id}`}>
            {editing === environment.id ? (
              <EnvironmentForm environment={environment} managed={managed} onDone={done} />
            ) : (
              <div className="card-line">
                <EnvironmentMark kind={environment.kind} />
                <span className="card-words">
                  {environment.name && <strong>{environment.name}</strong>}
                  <span className="mono card-mono">{environment.base_url}</span>
                  {environment.built_in && <span className="faint">{m.environment_built_in()}</span>}
                  {isFixed(environment.id) && <Fixed />}
                </span>
                <Button small onPress={() => edit(environment.id)}>
                  {isFixed(environment.id) ? m.managed_look() : m.settings_edit_short()}
                  <span className="visually-hidden"> {nameOf(environment)}</span>
                </Button>
                {!environment.built_in && !isFixed(environment.id) && (
                  <Button small look="danger" icon="trash" onPress={() => setRemoving(environment)}>
                    {m.settings_remove_short()}
                    <span className="visually-hidden"> {nameOf(environment)}</span>
                  </Button>
                )}
              </div>
            )}
          </li>
        ))}
        {editing === "" && (
          <li className="card">
            <EnvironmentForm environment={settings.new_environment} managed={managed} onDone={done} />
          </li>
        )}
      </ul>
      {managed.locked.includes("environments") ? (
        <Callout tone="information" data-testid="no-other-environment">
          <Fixed /> {m.managed_no_environment()}
        </Callout>
      ) : (
        editing === null && (
        <div>
          <Button icon="plus" buttonRef={adding} onPress={() => edit("")} data-testid="add-environment">
            {m.environments_add()}
          </Button>
        </div>
        )
      )}
      <Removal
        name={removing && nameOf(removing)}
        title={m.environment_remove_title({ name: removing ? nameOf(removing) : "" })}
        lead={m.environment_remove_lead()}
        onClose={() => setRemoving(null)}
        onConfirm={() => {
          if (removing) void remove.run(removing.id);
          setRemoving(null);
        }}
      />
    </>
  );
}
