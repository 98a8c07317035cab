import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { useFallenFocus } from "../../app/focus";
import { useBackend } from "../../backend/context";
import { useDossierQuery } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Icon } from "../../design/components/Icon";
import { useMessages } from "../../i18n/language";
import { dossierName } from "../dossier/names";

const OFFERED = 8;

/** One dossier, found as in the list. */
export function DossierFilter({ id, onChange }: { id: string | null; onChange: (id: string | null) => void }) {
  const place = useRef<HTMLDivElement>(null);
  // What chose it goes with the choice, here and in the rows, and what clears it with the clearing.
  useFallenFocus(() => place.current?.querySelector<HTMLElement>("input, button"), id);
  return (
    <div ref={place} className="journal-filter-dossier">
      {id === null ? <Find onFound={onChange} /> : <Found id={id} onClear={() => onChange(null)} />}
    </div>
  );
}

function Found({ id, onClear }: { id: string; onClear: () => void }) {
  const m = useMessages();
  const dossier = useDossierQuery(id);
  return (
    <div className="field">
      <span className="field-label">{m.journal_filter_dossier()}</span>
      <span className="field-input dossier-only" data-testid="filter-dossier-only">
        <strong>{dossier.data ? dossierName(m, dossier.data.row) : id}</strong>
        <Button small look="quiet" icon="close" iconOnly onPress={onClear} data-testid="filter-dossier-clear">
          {m.journal_filter_dossier_clear()}
        </Button>
      </span>
    </div>
  );
}

function Find({ onFound }: { onFound: (id: string) => void }) {
  const m = useMessages();
  const backend = useBackend();
  const [typed, setTyped] = useState("");
  const search = typed.trim();
  const found = useQuery({
    queryKey: ["register", "find", search],
    queryFn: () => backend.listDossiers({ search, filters: [], sort: [] }, 0, OFFERED),
    enabled: search !== "",
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    // The list behind may have overtaken it.
    retry: (tries, { code }) => code === "cancelled" && tries < 3,
    retryDelay: 80,
  });
  const rows = search === "" ? [] : (found.data?.rows ?? []);
  return (
    <ComboBox
      className="field"
      items={rows}
      inputValue={typed}
      onInputChange={setTyped}
      value={null}
      onChange={(key) => key !== null && onFound(String(key))}
      allowsEmptyCollection={search !== "" && found.isSuccess}
    >
      <Label className="field-label">{m.journal_filter_dossier()}</Label>
      <div className="combo">
        <Icon name="search" />
        <Input className="field-input" placeholder={m.journal_filter_dossier_hint()} data-testid="filter-dossier" />
      </div>
      <Popover className="popover">
        <ListBox className="listbox" renderEmptyState={() => <p className="dossier-none soft">{m.journal_filter_dossier_none()}</p>}>
          {(row: (typeof rows)[number]) => (
            <ListBoxItem id={row.id} textValue={dossierName(m, row)} className="listbox-item">
              <strong>{dossierName(m, row)}</strong>
              <span className="field-hint">{[row.last_name, row.first_name].filter(Boolean).join(" ")}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
