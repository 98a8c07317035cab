import { useEffect, useRef, useState } from "react";
import { Button, Input, Label, SearchField, ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { ListPlace } from "../../app/router";
import { Check } from "../../design/components/Check";
import { Icon } from "../../design/components/Icon";
import { STATUS_WORD } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";

const STATUSES = ["NEW", "STARTED", "OK", "KO", "CANCELED", "FAILED", "DISCONTINUED", "DELETED"] as const;
const PAUSE = 150;

interface FiltersProps {
  place: ListPlace;
  onMove: (change: Partial<ListPlace>) => void;
}

export function Filters({ place, onMove }: FiltersProps) {
  const m = useMessages();
  return (
    <div className="filters">
      <Search key={place.search === "" ? "empty" : "used"} search={place.search} onSearch={(search) => onMove({ search })} />
      <ToggleButtonGroup
        className="chips"
        selectionMode="multiple"
        aria-label={m.dossiers_filter()}
        selectedKeys={place.statuses}
        onSelectionChange={(keys) => onMove({ statuses: Array.from(keys, String) })}
      >
        {STATUSES.map((status) => (
          <ToggleButton key={status} id={status} className="chip" data-testid={`filter-${status}`}>
            {STATUS_WORD[status]()}
          </ToggleButton>
        ))}
        <ToggleButton id="OUTCOME_UNKNOWN" className="chip" data-testid="filter-OUTCOME_UNKNOWN">
          {m.status_OUTCOME_UNKNOWN()}
        </ToggleButton>
      </ToggleButtonGroup>
      <Check isSelected={!place.everywhere} onChange={(here) => onMove({ everywhere: !here })}>
        {m.dossiers_filter_environment()}
      </Check>
    </div>
  );
}

/** Waits for a pause in the typing before asking the register. */
function Search({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const m = useMessages();
  const [typed, setTyped] = useState(search);
  const input = useRef<HTMLInputElement>(null);
  const report = useRef(onSearch);
  useEffect(() => {
    report.current = onSearch;
  });
  useEffect(() => {
    if (typed === search) return undefined;
    const timer = setTimeout(() => report.current(typed), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, search]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <SearchField className="search" value={typed} onChange={setTyped}>
      <Label className="visually-hidden">{m.dossiers_search()}</Label>
      <Icon name="search" />
      <Input ref={input} className="search-input" placeholder={m.dossiers_search_hint()} data-testid="search" />
      <Button className="search-clear" aria-label={m.dossiers_search_clear()}>
        <Icon name="close" size={12} />
      </Button>
    </SearchField>
  );
}
