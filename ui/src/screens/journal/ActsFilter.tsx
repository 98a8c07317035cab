import { useRef, useState } from "react";
import { Button as AriaButton, Collection, Header, ListBox, ListBoxItem, ListBoxSection, type Selection } from "react-aria-components";
import { Button } from "../../design/components/Button";
import { Icon } from "../../design/components/Icon";
import { Panel } from "../../design/components/Panel";
import { ACT_GROUPS, actWord } from "../../i18n/act-words";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";

/** Any number of acts, by group; none chosen means all. */
export function ActsFilter({ acts, onChange }: { acts: string[]; onChange: (acts: string[]) => void }) {
  const m = useMessages();
  const f = useFormats();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const [only] = acts;
  const summary = only === undefined ? m.journal_filter_acts_all() : acts.length === 1 ? actWord(only) : m.journal_filter_acts_some({ count: acts.length, n: f.number(acts.length) });
  const choose = (chosen: Selection) => onChange(chosen === "all" ? [] : Array.from(chosen, String));
  return (
    <div ref={anchor} className="field">
      <span className="field-label">{m.journal_filter_acts()}</span>
      <AriaButton className="select-button" aria-label={`${m.journal_filter_acts()} ${summary}`} aria-expanded={open} aria-haspopup="dialog" onPress={() => setOpen(!open)} data-testid="filter-acts">
        <span className="select-value">{summary}</span>
        <Icon name="chevron" />
      </AriaButton>
      <Panel label={m.journal_filter_acts()} open={open} onOpenChange={setOpen} anchor={anchor} testId="acts-panel">
        <ListBox className="listbox acts-list" aria-label={m.journal_filter_acts()} selectionMode="multiple" escapeKeyBehavior="none" selectedKeys={acts} onSelectionChange={choose} items={ACT_GROUPS}>
          {(group) => (
            <ListBoxSection id={group.id} className="acts-group">
              <Header className="acts-title">{group.word()}</Header>
              <Collection items={group.acts.map(([id, word]) => ({ id, label: word() }))}>
                {(act) => (
                  <ListBoxItem id={act.id} textValue={act.label} className="listbox-item acts-item" data-testid={`act-${act.id}`}>
                    {({ isSelected }) => (
                      <>
                        <span className="check-box">{isSelected && <Icon name="check" size={12} />}</span>
                        {act.label}
                      </>
                    )}
                  </ListBoxItem>
                )}
              </Collection>
            </ListBoxSection>
          )}
        </ListBox>
        <Button small onPress={() => onChange([])} isDisabled={acts.length === 0} data-testid="acts-clear">
          {m.journal_filter_acts_clear()}
        </Button>
      </Panel>
    </div>
  );
}
