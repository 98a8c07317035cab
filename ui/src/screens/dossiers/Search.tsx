import { useEffect, useRef } from "react";
import { Button, Input, Label, SearchField } from "react-aria-components";
import { Icon } from "../../design/components/Icon";
import { useMessages } from "../../i18n/language";

/** One box for everything; each key asks at once, and only the newest wish is kept behind a question under way. */
export function Search({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const m = useMessages();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <SearchField className="search" value={search} onChange={onSearch}>
      <Label className="visually-hidden">{m.dossiers_search()}</Label>
      <Icon name="search" />
      <Input ref={input} className="search-input" placeholder={m.dossiers_search_hint()} maxLength={200} aria-keyshortcuts="Control+K" data-testid="search" />
      <kbd className="search-keys" aria-hidden="true">
        {m.dossiers_search_keys()}
      </kbd>
      <Button className="search-clear" aria-label={m.dossiers_search_clear()}>
        <Icon name="close" size={12} />
      </Button>
    </SearchField>
  );
}
