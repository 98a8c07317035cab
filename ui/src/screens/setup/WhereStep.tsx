import { useEffect, useRef, useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { EnvironmentKind } from "../../backend/generated/EnvironmentKind";
import { useRemember, useSettings } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Choice } from "../../design/components/Choice";
import { EnvironmentMark } from "../../design/components/EnvironmentMark";
import { Field } from "../../design/components/Field";
import { Icon } from "../../design/components/Icon";
import { Select } from "../../design/components/Select";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { ENVIRONMENT_NAME, ENVIRONMENT_NOTE } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";
import { OTHER, type StepProps } from "./draft";

const KINDS = ["production", "pre_production", "sandbox"] as const;

/** The name that an address goes by when nobody gives it another. */
function hostOf(address: string): string {
  return URL.parse(address)?.host ?? "";
}

/** Which ID360: one of its two, one of the desk's own, or an address typed here. */
export function WhereStep({ session, draft, onChange }: StepProps) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const [missing, setMissing] = useState(false);
  const step = useRef<HTMLFormElement>(null);
  const address = useRef<HTMLInputElement>(null);
  const { own } = draft;
  const known = useSettings().data;
  const mayAdd = !known?.managed.locked.includes("environments");
  const other = draft.environmentId === OTHER;
  useEffect(() => step.current?.querySelector<HTMLInputElement>("input:checked")?.focus(), []);

  const next = (environmentId: string) => {
    const kept = session.environments.find(({ id }) => id === environmentId)?.remembered[0];
    const elsewhere = draft.tested && draft.tested.desk.current?.environment_id !== environmentId;
    onChange({ step: "account", environmentId, ...(elsewhere && { tested: null }), ...(kept && !draft.username && { account: kept.account, username: kept.username }) });
  };
  const add = useAct(async () => {
    const name = own.name.trim() || hostOf(own.address);
    const { new_environment } = known ?? (await backend.getSettings());
    const settings = await backend.saveEnvironment({ ...new_environment, id: own.id, kind: own.kind, name, base_url: own.address.trim(), ui_base_url: own.address.trim() });
    remember.settings(settings);
    const id = own.id || (settings.environments.at(-1)?.id ?? "");
    remember.session(await backend.getSession());
    onChange({ own: { ...own, id } });
    next(id);
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const wrong = other && hostOf(own.address) === "";
    setMissing(wrong);
    if (wrong) address.current?.focus();
    else if (other) void add.run();
    else next(draft.environmentId);
  };
  const refused = add.error?.code === "invalid_field" && add.error.params["field"] === "base_url";
  const environments = session.environments.filter(({ id }) => id !== "sandbox" && id !== own.id);
  return (
    <Form className="gate-form" onSubmit={submit} ref={step}>
      <Choice
        label={m.setup_where_title()}
        columns={3}
        value={draft.environmentId === own.id ? OTHER : draft.environmentId}
        onChange={(environmentId) => onChange({ environmentId })}
        options={[
          ...environments.map((choice) => ({
            id: choice.id,
            testId: `setup-env-${choice.id}`,
            className: `environment-card environment-${choice.kind}`,
            content: (
              <>
                <span className="sign-in-mark">
                  <EnvironmentMark kind={choice.kind} />
                </span>
                {choice.name && <strong>{choice.name}</strong>}
                <span className="soft sign-in-note">{ENVIRONMENT_NOTE[choice.kind]()}</span>
                <span className="faint mono sign-in-note">{choice.host}</span>
              </>
            ),
          })),
          ...(mayAdd ? [{
            id: OTHER,
            testId: "setup-env-other",
            content: (
              <>
                <strong className="setup-other">
                  <Icon name="link" /> {m.setup_other()}
                </strong>
                <span className="soft sign-in-note">{m.setup_other_note()}</span>
              </>
            ),
          }] : []),
        ]}
      />
      {add.error && !refused && <ErrorBlock error={add.error} onDismiss={add.clear} />}
      {(other || draft.environmentId === own.id) && (
        <>
          <Field
            label={m.setup_address()}
            hint={m.setup_address_hint()}
            value={own.address}
            onChange={(text) => onChange({ environmentId: OTHER, tested: null, own: { ...own, address: text } })}
            problem={missing || refused ? m.setup_address_problem() : null}
            inputRef={address}
            spellCheck="false"
            mono
            testId="setup-address"
          />
          <div className="form-grid">
            <Field label={m.setup_name()} hint={m.setup_name_hint()} value={own.name} onChange={(name) => onChange({ environmentId: OTHER, own: { ...own, name } })} placeholder={hostOf(own.address)} testId="setup-name" />
            <Select
              label={m.environment_kind()}
              value={own.kind}
              onChange={(kind) => onChange({ environmentId: OTHER, own: { ...own, kind: kind as EnvironmentKind } })}
              options={KINDS.map((id) => ({ id, label: ENVIRONMENT_NAME[id]() }))}
              testId="setup-kind"
            />
          </div>
        </>
      )}
      <div className="gate-acts">
        <Button look="primary" type="submit" isPending={add.running} data-testid="setup-next">
          {m.setup_next()}
        </Button>
      </div>
    </Form>
  );
}
