import { useQueryClient } from "@tanstack/react-query";
import { useTitle } from "../../app/title";
import { useOffline } from "../../app/connection";
import type { ListPlace } from "../../app/router";
import type { ListFilter } from "../../backend/generated/ListFilter";
import { PAGES, useSession } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Icon } from "../../design/components/Icon";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { DossierTable } from "./DossierTable";
import { Filters } from "./Filters";
import { useDossierRows } from "./rows";
import { State } from "./State";
import "./Dossiers.css";

interface DossiersScreenProps {
  place: ListPlace;
  onMove: (change: Partial<ListPlace>) => void;
  /** Place of the row that was open before, to which the focus returns. */
  backTo: number | null;
  onOpen: (id: string, index: number) => void;
  onNew: () => void;
}

function scope(place: ListPlace, environmentId: string | null): ListFilter[] {
  const filters: ListFilter[] = [];
  if (place.statuses.length > 0) filters.push({ field: "status", not: false, words: place.statuses });
  if (environmentId) filters.push({ field: "environment", not: false, ids: [environmentId] });
  return filters;
}

export function DossiersScreen({ place, backTo, onMove, onOpen, onNew }: DossiersScreenProps) {
  const m = useMessages();
  const f = useFormats();
  const client = useQueryClient();
  const session = useSession();
  const offline = useOffline();
  useTitle(m.dossiers_title());
  const environmentId = place.everywhere ? null : (session.data?.current?.environment_id ?? null);
  const rows = useDossierRows({
    search: place.search,
    filters: scope(place, environmentId),
    sort: place.sort === "created_at" && place.descending ? [] : [{ column: place.sort, descending: place.descending }],
  });
  const filtered = place.search !== "" || place.statuses.length > 0 || !place.everywhere;
  const clear = () => onMove({ search: "", statuses: [], everywhere: true });

  return (
    <div className="dossiers">
      <div className="dossiers-head">
        <h1>{m.dossiers_title()}</h1>
        <span className="faint">{m.dossiers_scope()}</span>
        {rows.total !== null && (
          <span className="faint" role="status" data-testid="dossier-count">
            {filtered && rows.total !== rows.all ? m.dossiers_count_of({ count: rows.total, n: f.number(rows.total), all: f.number(rows.all) }) : m.dossiers_count({ count: rows.total, n: f.number(rows.total) })}
          </span>
        )}
        <Button look="primary" icon="plus" onPress={onNew}>
          {m.nav_new()}
        </Button>
      </div>
      <Filters place={place} onMove={onMove} />
      {rows.total !== null && rows.total > 0 ? (
        <DossierTable rows={rows} place={place} backTo={backTo} onMove={onMove} onOpen={onOpen} />
      ) : rows.total !== null && rows.all === 0 ? (
        <State name="empty" icon="dossiers" title={m.dossiers_empty_title()} lead={m.dossiers_empty_lead()} act={<Button look="primary" icon="plus" onPress={onNew}>{m.nav_new()}</Button>} />
      ) : rows.total !== null ? (
        <State name="nothing" icon="search" title={m.dossiers_nothing_title()} lead={m.dossiers_nothing_lead({ count: rows.all, n: f.number(rows.all) })} act={<Button onPress={clear}>{m.dossiers_nothing_clear()}</Button>} />
      ) : rows.error && (offline || rows.error.code === "unreachable") ? (
        <State name="offline" icon="offline" title={m.dossiers_offline_title()} lead={m.dossiers_offline_lead()} act={<Button icon="refresh" onPress={() => void client.invalidateQueries({ queryKey: PAGES })}>{m.retry()}</Button>} />
      ) : rows.error ? (
        <State name="error" icon="warning" title={m.dossiers_error_title()} act={<ErrorBlock error={rows.error} acts={{ retry: () => void client.invalidateQueries({ queryKey: PAGES }) }} />} />
      ) : (
        <p className="dossiers-loading" role="status" data-testid="list-state" data-state="loading">
          <Icon name="clock" /> {m.dossiers_loading()}
        </p>
      )}
    </div>
  );
}
