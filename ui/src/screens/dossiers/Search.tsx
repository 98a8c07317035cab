import { useRef } from "react";
import { Button, Input, Label, SearchField } from "react-aria-components";
import { chordWords } from "../../app/acts/chord";
import { useDeskActs } from "../../app/acts/registry";
import { Icon } from "../../design/components/Icon";
import { useMessages } from "../../i18n/language";

const KEYS = ["Control+F"];

/** One box for everything; each key asks at once, and only the newest wish is kept behind a question under way. */
export function Search({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const m = useMessages();
  const input = useRef<HTMLInputElement>(null);
  const take = () => {
    input.current?.focus();
    input.current?.select();
  };
  useDeskActs("screen", [{ id: "search-list", label: m.dossiers_search_list(), icon: "search", keys: KEYS, run: take }]);
  return (
    <SearchField className="search" value={search} onChange={onSearch}>
      <Label className="visually-hidden">{m.dossiers_search()}</Label>
      <Icon name="search" />
      <Input ref={input} className="search-input" placeholder={m.dossiers_search_hint()} maxLength={200} aria-keyshortcuts={KEYS.join(" ")} data-testid="search" />
      <kbd className="search-keys" aria-hidden="true">
        {chordWords(m, "Control+F")}
      </kbd>
      <Button className="search-clear" aria-label={m.dossiers_search_clear()}>
        <Icon name="close" size={12} />
      </Button>
    </SearchField>
  );
}
