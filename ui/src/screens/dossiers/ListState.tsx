import { useLayoutEffect, useRef, type ReactNode } from "react";
import { useOffline } from "../../app/connection";
import { useListRows, useListShown } from "../../backend/list-context";
import type { ListShown } from "../../backend/list-rows";
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
  /** What had the focus is gone with what stood here. */
  onGone: () => void;
}

type Standing = "error" | "loading" | "none" | "trouble" | "rows";

/** Trouble: rows, of which some could not be read. */
function standing({ error, lacking, total, exact }: ListShown): Standing {
  if (error && lacking) return "error";
  if (total === null) return "loading";
  if (total === 0 && exact) return "none";
  return error ? "trouble" : "rows";
}

/** The list, or why there is none: empty, loading, error, offline and «nothing matches» are five different texts. */
export function ListState({ children, onNew, onImport, onClear, onGone }: ListStateProps) {
  const m = useMessages();
  const f = useFormats();
  const rows = useListRows();
  const shown = useListShown();
  const offline = useOffline();

  const stands = standing(shown);
  const stood = useRef(stands);
  useLayoutEffect(() => {
    const gone = stood.current !== stands && stood.current !== "loading" && stands !== "trouble";
    stood.current = stands;
    if (gone && document.activeElement === document.body) onGone();
  }, [stands, onGone]);

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
  if (stands === "rows" || stands === "trouble") {
    return (
      <>
        {/* Rows that could not be read would be blank without a word. */}
        {shown.error && (
          <div className="list-trouble">
            <ErrorBlock error={shown.error} acts={{ retry: rows.readAgain }} />
          </div>
        )}
        {children}
      </>
    );
  }
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
