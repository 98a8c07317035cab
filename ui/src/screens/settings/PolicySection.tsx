import type { ManagedView } from "../../backend/generated/ManagedView";
import { Callout } from "../../design/components/Callout";
import { Section } from "../../design/components/Section";
import { useMessages } from "../../i18n/language";
import { MANAGED_SETTING, POLICY_STATE, POLICY_TROUBLE } from "../../i18n/managed-words";

/** Whether an organisation fixes settings here, and what is wrong with its file. */
export function PolicySection({ managed }: { managed: ManagedView }) {
  const m = useMessages();
  const { state, trouble, locked } = managed;
  return (
    <Section title={m.managed_title()}>
      {trouble ? (
        <Callout tone="attention" data-testid="policy-trouble" data-code={trouble}>
          <p>{POLICY_STATE[state]()}</p>
          <p>
            <strong>{POLICY_TROUBLE[trouble]({ keys: managed.bad_keys.join(", ") })}</strong>
          </p>
          <p>{m.managed_trouble_todo()}</p>
        </Callout>
      ) : (
        <p data-testid="policy-state">{POLICY_STATE[state]()}</p>
      )}
      {state !== "none" && (
        <dl className="rows">
          <div>
            <dt>{m.managed_place()}</dt>
            <dd className="mono">{managed.place}</dd>
          </div>
          {locked.length > 0 && (
            <div>
              <dt>{m.managed_locked()}</dt>
              <dd>{locked.map((setting) => MANAGED_SETTING[setting]()).join(", ")}</dd>
            </div>
          )}
        </dl>
      )}
      {managed.unknown_keys.length > 0 && <p className="faint policy-keys">{m.managed_unknown({ keys: managed.unknown_keys.join(", ") })}</p>}
    </Section>
  );
}
