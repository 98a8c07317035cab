import { memo, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { ListFilter } from "../../../backend/generated/ListFilter";
import { Button } from "../../../design/components/Button";
import { Icon } from "../../../design/components/Icon";
import { Menu } from "../../../design/components/Menu";
import { Panel } from "../../../design/components/Panel";
import { FIELD_WORD, NOT_WORD } from "../../../i18n/list-words";
import { useMessages } from "../../../i18n/language";
import { FilterEditor } from "./FilterEditor";
import { FIELDS, type Field } from "./kinds";
import { useChoices } from "./use-choices";
import "./Filters.css";

interface FilterBarProps {
  filters: ListFilter[];
  onChange: (filters: ListFilter[]) => void;
}

/** One chip for each filter; all of them must hold. */
export const FilterBar = memo(function FilterBar({ filters, onChange }: FilterBarProps) {
  const m = useMessages();
  const { words } = useChoices();
  const bar = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState("");
  /** The chip whose editor is open: one of the filters, or a new one that has no value yet. */
  const [edited, setEdited] = useState<{ place: number; field: Field; not: boolean } | null>(null);

  const put = (place: number, filter: ListFilter | null) => {
    if (filter) onChange(place < filters.length ? filters.map((one, index) => (index === place ? filter : one)) : [...filters, filter]);
    else onChange(filters.filter((_, index) => index !== place));
  };
  const focusChip = (place: number) =>
    requestAnimationFrame(() => {
      const chips = bar.current?.querySelectorAll<HTMLElement>("[data-chip]");
      (chips?.[Math.min(place, chips.length - 1)] ?? bar.current?.querySelector<HTMLElement>("[data-testid=filter-add]"))?.focus();
    });
  const remove = (place: number) => {
    const gone = filters[place];
    if (gone) setSaid(m.filter_removed({ chip: words(gone) }));
    put(place, null);
    focusChip(place);
  };
  const add = (field: Field) => {
    // A yes-or-no filter holds from the start; the others wait for their first value.
    if (NOT_WORD[field]) {
      onChange([...filters, { field, not: false } as ListFilter]);
      focusChip(filters.length);
    } else setEdited({ place: filters.length, field, not: false });
  };
  const chips: { field: Field; filter: ListFilter | null }[] = filters.map((filter) => ({ field: filter.field, filter }));
  if (edited && edited.place >= filters.length) chips.push({ field: edited.field, filter: null });

  return (
    <div ref={bar} className="filters" role="group" aria-label={m.filter_bar()}>
      {chips.map(({ field, filter }, place) => {
        const isNew = place >= filters.length;
        return (
          <Chip
            // The same chip before and after its first value, so that its editor stays open.
            key={`${field}-${place}`}
            words={filter ? words(filter) : FIELD_WORD[field]()}
            field={field}
            open={edited?.place === place}
            onOpen={(open) => {
              setEdited(open ? { place, field, not: filter?.not ?? false } : null);
              if (!open) focusChip(place);
            }}
            onRemove={() => (isNew ? setEdited(null) : remove(place))}
          >
            <FilterEditor
              field={field}
              filter={filter}
              not={edited?.not ?? filter?.not ?? false}
              onNot={(not) => setEdited(edited && { ...edited, not })}
              onChange={(next) => {
                if (!next && isNew) return;
                put(place, next);
                // Without a value it holds no more, but its editor stays, behind the others.
                if (!next) setEdited({ place: filters.length - 1, field, not: filter?.not ?? false });
              }}
            />
          </Chip>
        );
      })}
      <Menu
        label={m.filter_add_label()}
        button={
          <Button small look="quiet" icon="plus" aria-label={m.filter_add_label()} data-testid="filter-add">
            {m.filter_add()}
          </Button>
        }
        groups={[{ acts: FIELDS.map((field) => ({ id: field, label: FIELD_WORD[field](), testId: `filter-field-${field}` })) }]}
        onAct={(field) => add(field as Field)}
      />
      {filters.length > 1 && (
        <Button small look="quiet" onPress={() => { onChange([]); focusChip(0); }} data-testid="filter-clear">
          {m.filter_clear()}
        </Button>
      )}
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </div>
  );
});

interface ChipProps {
  words: string;
  field: Field;
  open: boolean;
  onOpen: (open: boolean) => void;
  onRemove: () => void;
  children: React.ReactNode;
}

function Chip({ words, field, open, onOpen, onRemove, children }: ChipProps) {
  const m = useMessages();
  const anchor = useRef<HTMLDivElement>(null);
  return (
    <div ref={anchor} className="chip" data-testid={`filter-${field}`}>
      <AriaButton
        className="chip-words"
        data-chip=""
        aria-label={m.filter_edit({ chip: words })}
        aria-expanded={open}
        aria-haspopup="dialog"
        onPress={() => onOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === "Delete" || event.key === "Backspace") onRemove();
          else event.continuePropagation();
        }}
      >
        {words}
      </AriaButton>
      <AriaButton className="chip-remove" aria-label={m.filter_remove({ chip: words })} onPress={onRemove} data-testid={`filter-${field}-remove`}>
        <Icon name="close" size={10} />
      </AriaButton>
      <Panel label={words} open={open} onOpenChange={onOpen} anchor={anchor} testId="filter-editor">
        {children}
      </Panel>
    </div>
  );
}
