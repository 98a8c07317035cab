import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button as AriaButton, Disclosure, DisclosurePanel, Label, RadioGroup } from "react-aria-components";
import { useFileChecks } from "../../../app/file-checks";
import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { RevocationRule } from "../../../backend/generated/RevocationRule";
import type { TrustedFor } from "../../../backend/generated/TrustedFor";
import type { TrustedView } from "../../../backend/generated/TrustedView";
import type { TrustView } from "../../../backend/generated/TrustView";
import { Button } from "../../../design/components/Button";
import { Icon } from "../../../design/components/Icon";
import { RadioLine } from "../../../design/components/RadioLine";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { Removal } from "../../settings/Removal";
import { REVOCATION } from "../../../i18n/check-words";

export const TRUST = ["trust"] as const;

const RULES = ["required", "embedded", "not_checked"] as const;

/** Whom this desk trusts. Empty until somebody adds a certificate: nothing is trusted by default. */
export function TrustPanel() {
  const m = useMessages();
  const backend = useBackend();
  const client = useQueryClient();
  const checks = useFileChecks();
  const trust = useQuery({ queryKey: TRUST, queryFn: () => backend.getTrust() });
  const [leaving, setLeaving] = useState<TrustedView | null>(null);
  const keep = (view: TrustView | null) => {
    if (!view) return;
    client.setQueryData(TRUST, view);
    // What is on the screen was judged by whom was trusted before.
    void checks.again();
  };
  const add = useAct(async (intentId, role: TrustedFor) => keep(await backend.addTrusted(intentId, role)));
  const remove = useAct(async (_intent, one: TrustedView) => keep(await backend.removeTrusted(one.role, one.certificate.sha256)));
  const rule = useAct(async (_intent, chosen: RevocationRule) => keep(await backend.setRevocationRule(chosen)));
  const error = add.error ?? remove.error ?? rule.error;
  if (trust.error) return <ErrorBlock error={trust.error} acts={{ retry: () => void trust.refetch() }} />;
  if (!trust.data) return null;
  const { certificates, revocation } = trust.data;
  const lists: [TrustedFor, string, string][] = [
    ["signatures", m.trust_signers(), m.trust_add_signer()],
    ["time_stamps", m.trust_authorities(), m.trust_add_authority()],
  ];
  return (
    <Disclosure className="trust" data-testid="trust" defaultExpanded={certificates.length === 0}>
      <h2 className="trust-title">
        <AriaButton slot="trigger" className="details-button" data-testid="open-trust">
          <Icon name="chevron" size={12} /> {m.trust_title()}
        </AriaButton>
      </h2>
      <DisclosurePanel>
        <div className="trust-body">
          <p className="soft">{m.trust_lead()}</p>
          {error && (
            <ErrorBlock
              error={error}
              onDismiss={() => {
                add.clear();
                remove.clear();
                rule.clear();
              }}
            />
          )}
          {lists.map(([role, title, adding]) => (
            <section key={role} className="trust-list" aria-labelledby={`trust-${role}`} data-testid={`trust-${role}`}>
              <div className="trust-head">
                <h3 id={`trust-${role}`}>{title}</h3>
                <Button small icon="plus" onPress={() => void add.run(role)} isPending={add.running} data-testid={`add-${role}`}>
                  {adding}
                </Button>
              </div>
              <Trusted certificates={certificates.filter((one) => one.role === role)} onRemove={setLeaving} />
            </section>
          ))}
          <RadioGroup className="trust-rule" value={revocation} onChange={(chosen) => void rule.run(chosen as RevocationRule)}>
            <Label className="field-label">{m.trust_rule()}</Label>
            {RULES.map((one) => (
              <RadioLine key={one} value={one} testId={`revocation-${one}`}>
                {REVOCATION[one]()}
              </RadioLine>
            ))}
          </RadioGroup>
        </div>
      </DisclosurePanel>
      <Removal
        name={leaving?.certificate.name ?? null}
        title={m.trust_remove_title()}
        lead={m.trust_remove_lead()}
        onClose={() => setLeaving(null)}
        onConfirm={() => {
          if (leaving) void remove.run(leaving);
          setLeaving(null);
        }}
      />
    </Disclosure>
  );
}

function Trusted({ certificates, onRemove }: { certificates: TrustedView[]; onRemove: (one: TrustedView) => void }) {
  const m = useMessages();
  const f = useFormats();
  if (certificates.length === 0) return <p className="faint">{m.trust_none()}</p>;
  return (
    <ul className="cards">
      {certificates.map((one) => (
        <li key={one.certificate.sha256} className="card" data-testid="trusted">
          <div className="card-line">
            <div className="card-words">
              <strong>{one.certificate.name}</strong>
              <span className={one.is_expired ? "trust-expired" : "soft"}>
                {one.is_expired ? m.trust_expired({ at: f.date(one.certificate.not_after) }) : m.certificate_from_to({ from: f.date(one.certificate.not_before), to: f.date(one.certificate.not_after) })}
              </span>
              <span className="faint">{m.trust_source({ source: one.source, at: f.dateTime(one.added_at) })}</span>
              <span className="mono faint card-mono">SHA-256 {one.certificate.sha256}</span>
            </div>
            <Button small look="quiet" icon="trash" onPress={() => onRemove(one)} aria-label={m.settings_remove({ name: one.certificate.name })} data-testid="remove-trusted">
              {m.trust_remove()}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}
