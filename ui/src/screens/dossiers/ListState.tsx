import type { ReactNode } from "react";
import { useOffline } from "../../app/connection";
import { useListRows, useListShown } from "../../backend/list-context";
import { Button } from "../../design/components/Button";
import { Icon } from "../../design/components/Icon";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { State } from "./State";

interface ListStateProps {
  children: ReactNode;
  onNew: () => void;
  onImport: () => void;
  onClear: () => void;
}

/** The list, or why there is none: empty, loading, error, offline and «nothing matches» are five different texts. */
export function ListState({ children, onNew, onImport, onClear }: ListStateProps) {
  const m = useMessages();
  const f = useFormats();
  const rows = useListRows();
  const shown = useListShown();
  const offline = useOffline();

  // The list is this computer's own: what keeps it from being read is never the network.
  if (shown.error && shown.lacking) {
    return <State name="error" icon="warning" title={m.dossiers_error_title()} act={<ErrorBlock error={shown.error} acts={{ retry: rows.readAgain }} />} />;
  }
  if (shown.total === null) {
    return (
      <p className="dossiers-loading" role="status" data-testid="list-state" data-state="loading">
        <Icon name="clock" /> {m.dossiers_loading()}
      </p>
    );
  }
  if (shown.total > 0 || !shown.exact) return children;
  if (shown.all === 0 && offline) {
    return <State name="offline" icon="offline" title={m.dossiers_offline_title()} lead={m.dossiers_offline_lead()} act={<Button onPress={onImport}>{m.dossiers_import()}</Button>} />;
  }
  if (shown.all === 0) {
    return <State name="empty" icon="dossiers" title={m.dossiers_empty_title()} lead={m.dossiers_empty_lead()} act={<Button look="primary" icon="plus" onPress={onNew}>{m.nav_new()}</Button>} />;
  }
  return (
    <State name="nothing" icon="search" title={m.dossiers_nothing_title()} lead={m.dossiers_nothing_lead({ count: shown.all, n: f.number(shown.all) })} act={<Button onPress={onClear}>{m.dossiers_nothing_clear()}</Button>} />
  );
}
