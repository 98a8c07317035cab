import { useLongAct } from "../../../app/long-acts/use-long-act";
import { useBackend } from "../../../backend/context";
import type { BulkOutcome } from "../../../backend/generated/BulkOutcome";
import type { RefreshOutcome } from "../../../backend/generated/RefreshOutcome";
import type { Selection } from "../../../backend/generated/Selection";
import { useListRows } from "../../../backend/list-context";
import { ERRORS } from "../../../errors/catalogue";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";

interface BulkActs {
  refresh: (selection: Selection) => void;
  tag: (selection: Selection, add: string[], remove: string[]) => void;
  treat: (selection: Selection, treated: boolean) => void;
  running: boolean;
}

/** What is done with many dossiers at once, followed in the dock. */
export function useBulkActs(): BulkActs {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const rows = useListRows();
  const { run, running } = useLongAct();

  const changed = (word: (count: { count: number; n: string }) => string) => (outcome: BulkOutcome) =>
    outcome.changed === 0 ? m.bulk_nothing() : word({ count: outcome.changed, n: f.number(outcome.changed) });
  const refreshed = ({ read, changed: moved, failed, left_out, cancelled }: RefreshOutcome) => {
    const said = [
      m.bulk_refresh_read({ count: read, n: f.number(read) }),
      m.bulk_refresh_changed({ count: moved, n: f.number(moved) }),
      m.bulk_refresh_failed({ count: failed, n: f.number(failed) }),
      m.bulk_refresh_left({ count: left_out, n: f.number(left_out) }),
    ];
    const counts = `${said.join(", ")}.`;
    return cancelled ? m.bulk_refresh_stopped({ counts }) : counts;
  };
  const thenRead = (act: Promise<unknown>) => void act.then(rows.readAgain);

  return {
    running,
    refresh: (selection) =>
      thenRead(run({ title: () => m.bulk_refresh_title(), outcome: refreshed, detail: (outcome) => <Failures outcome={outcome} /> }, (intentId) => backend.refreshDossiers(intentId, selection))),
    tag: (selection, add, remove) => thenRead(run({ title: () => m.bulk_tag_title(), outcome: changed(m.bulk_tag_done) }, (intentId) => backend.tagDossiers(intentId, selection, add, remove))),
    treat: (selection, treated) =>
      thenRead(
        run({ title: () => (treated ? m.bulk_treated_title() : m.bulk_untreated_title()), outcome: changed(treated ? m.bulk_treated_done : m.bulk_untreated_done) }, (intentId) =>
          backend.markTreated(intentId, selection, treated),
        ),
      ),
  };
}

function Failures({ outcome: { failures } }: { outcome: RefreshOutcome }) {
  const m = useMessages();
  if (failures.length === 0) return null;
  return (
    <details>
      <summary>{m.bulk_refresh_failures()}</summary>
      <ul className="failures" data-testid="refresh-failures">
        {failures.map(({ id, label, code }) => (
          <li key={id}>
            <strong>{label}</strong> {ERRORS[code].sentence({})}
          </li>
        ))}
      </ul>
    </details>
  );
}
