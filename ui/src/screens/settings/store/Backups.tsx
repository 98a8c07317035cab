import { useQueryClient } from "@tanstack/react-query";
import { ActButton } from "../../../app/acts/ActButton";
import { useLongAct } from "../../../app/long-acts/use-long-act";
import { useBackend } from "../../../backend/context";
import type { StoreView } from "../../../backend/generated/StoreView";
import { STORE } from "../../../backend/register-queries";
import { Callout } from "../../../design/components/Callout";
import { Section } from "../../../design/components/Section";
import { entryFor } from "../../../errors/catalogue";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { Soundness } from "./Soundness";
import "../../../design/components/PlainTable.css";

export function Backups({ store }: { store: StoreView }) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const client = useQueryClient();
  const { run, running } = useLongAct();
  const backUp = async () => {
    const words = {
      title: () => m.store_backup_title(),
      outcome: (kept: StoreView) => {
        const count = kept.backups[0]?.dossiers ?? 0;
        return m.store_backup_done({ count, n: f.number(count) });
      },
    };
    const kept = await run(words, (intentId) => backend.backUpNow(intentId));
    if (kept) client.setQueryData(STORE, kept);
  };
  return (
    <Section title={m.store_backups()}>
      <p className="soft">{m.store_backups_lead()}</p>
      {store.trouble && (
        <Callout tone="error" data-testid="backup-trouble" data-code={store.trouble}>
          <p>{m.store_backup_failed()}</p>
          <p>{entryFor({ code: store.trouble, params: {}, retryable: false, trace_id: "" }).sentence({})}</p>
        </Callout>
      )}
      {store.backups.length === 0 ? (
        <p>{m.store_backups_none()}</p>
      ) : (
        <table className="plain-table">
          <caption className="visually-hidden">{m.store_backups_table()}</caption>
          <thead>
            <tr>
              <th scope="col">{m.store_column_at()}</th>
              <th scope="col" className="plain-number">
                {m.store_column_dossiers()}
              </th>
              <th scope="col" className="plain-number">
                {m.store_column_size()}
              </th>
              <th scope="col">{m.store_column_state()}</th>
            </tr>
          </thead>
          <tbody>
            {store.backups.map((backup) => (
              <tr key={backup.name} data-testid="backup">
                <th scope="row" title={backup.name}>
                  {f.dateTime(backup.at)}
                </th>
                <td className="plain-number">{f.number(backup.dossiers)}</td>
                <td className="plain-number">{f.bytes(backup.size)}</td>
                <td>
                  <Soundness sound={backup.sound} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div>
        <ActButton act="back-up" icon="save" onPress={() => void backUp()} isPending={running} data-testid="back-up-now">
          {m.store_backup_now()}
        </ActButton>
      </div>
    </Section>
  );
}
