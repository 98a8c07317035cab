import { useState, type ReactNode } from "react";
import { Disclosure, DisclosurePanel, Button as AriaButton, Label, RadioButton, RadioField, RadioGroup } from "react-aria-components";
import { useLongAct } from "../../app/long-acts/use-long-act";
import { useBackend } from "../../backend/context";
import type { BackupView } from "../../backend/generated/BackupView";
import { useRemember } from "../../backend/queries";
import { useStore } from "../../backend/register-queries";
import { wireError } from "../../backend/wire-error";
import { Button } from "../../design/components/Button";
import { Callout } from "../../design/components/Callout";
import { Icon } from "../../design/components/Icon";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { Soundness } from "../settings/store/Soundness";
import { Rebuild } from "./Rebuild";
import "./Damaged.css";

/** Ways on from a damaged register, the one that loses least first. */
export function DamagedRegister({ retry }: { retry: ReactNode }) {
  const m = useMessages();
  const store = useStore();
  const [refused, setRefused] = useState<readonly string[]>([]);
  if (!store.data && !store.error) {
    return (
      <p className="soft" role="status">
        {m.store_loading()}
      </p>
    );
  }
  // Rust reads them up to the first that is whole: one behind it is found damaged only when it is chosen.
  const backups = (store.data?.backups ?? []).map((backup) => ({ ...backup, sound: backup.sound && !refused.includes(backup.name) }));
  const best = backups.find(({ sound }) => sound);
  const foundDamaged = (name: string) => {
    setRefused((known) => [...known, name]);
    void store.refetch();
  };
  return (
    <>
      {store.error && <ErrorBlock error={store.error} acts={{ retry: () => void store.refetch() }} />}
      {best ? (
        <Restore backups={backups} best={best} onDamaged={foundDamaged} />
      ) : (
        store.data && (
          <Callout tone="attention" data-testid="no-backup">
            {m.restore_none()}
          </Callout>
        )
      )}
      {retry}
      <Disclosure className="damaged-last" defaultExpanded={!best}>
        <AriaButton slot="trigger" className="damaged-more" data-testid="rebuild-more">
          <Icon name="chevron" size={12} /> {m.rebuild_more()}
        </AriaButton>
        <DisclosurePanel>
          <Rebuild />
        </DisclosurePanel>
      </Disclosure>
    </>
  );
}

function Restore({ backups, best, onDamaged }: { backups: BackupView[]; best: BackupView; onDamaged: (name: string) => void }) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const remember = useRemember();
  const { run, running } = useLongAct();
  const [name, setName] = useState(best.name);
  const chosen = backups.find((backup) => backup.name === name && backup.sound) ?? best;
  const restore = async () => {
    const words = { title: () => m.restore_running(), outcome: () => m.restore_done({ date: f.dateTime(chosen.at) }) };
    const session = await run(words, async (intentId) => {
      try {
        return await backend.restoreBackup(intentId, chosen.name);
      } catch (reason) {
        if (wireError(reason).code === "backup_damaged") onDamaged(chosen.name);
        throw reason;
      }
    });
    if (session) remember.session(session);
  };
  return (
    <section className="damaged-restore" aria-label={m.restore_title()}>
      <h2>{m.restore_title()}</h2>
      <p className="soft">{m.restore_lead()}</p>
      <RadioGroup className="damaged-list" value={chosen.name} onChange={setName}>
        <Label className="visually-hidden">{m.restore_choice()}</Label>
        {backups.map((backup) => (
          <RadioField key={backup.name} value={backup.name} isDisabled={!backup.sound}>
            <RadioButton className="damaged-backup option" data-testid="backup-choice">
              <span className="choice-dot" />
              <span>{f.dateTime(backup.at)}</span>
              <span className="damaged-number">{m.restore_dossiers({ count: backup.dossiers, n: f.number(backup.dossiers) })}</span>
              <span className="damaged-number soft">{f.bytes(backup.size)}</span>
              {backup === best ? <strong>{m.restore_best()}</strong> : <Soundness sound={backup.sound} />}
            </RadioButton>
          </RadioField>
        ))}
      </RadioGroup>
      <div>
        <Button look="primary" onPress={() => void restore()} isPending={running} data-testid="restore-backup">
          {m.restore_act({ date: f.dateTime(chosen.at) })}
        </Button>
      </div>
    </section>
  );
}
