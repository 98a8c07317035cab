import { useRef, useState } from "react";
import type { ListQuery } from "../../../backend/generated/ListQuery";
import { useListShown } from "../../../backend/list-context";
import { Button } from "../../../design/components/Button";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { useCaptureActs } from "../../evidence/capture-acts";
import { usePackActs } from "../../evidence/pack-acts";
import { useBulkActs } from "./bulk-acts";
import { useCountWords } from "../words";
import { TagDialog } from "./TagDialog";
import { countOf, wire, type Choosing } from "./use-selection";
import "./BulkBar.css";

interface BulkBarProps {
  choosing: Choosing;
  query: ListQuery;
  onExport: () => void;
  /** The bar left with the focus in it. */
  onGone: () => void;
}

/** What is chosen, in words, and what can be done with it. */
export function BulkBar({ choosing, query, onExport, onGone }: BulkBarProps) {
  const m = useMessages();
  const f = useFormats();
  const shown = useListShown();
  const inWords = useCountWords();
  const acts = useBulkActs();
  const captures = useCaptureActs();
  const packs = usePackActs();
  const [tagging, setTagging] = useState(false);
  const clearButton = useRef<HTMLButtonElement>(null);
  const total = shown.total ?? 0;
  const { chosen } = choosing;
  const count = countOf(chosen, total);
  if (!chosen.all && count === 0) return null;

  const least = chosen.all && !shown.exact;
  const whole = chosen.all && chosen.ids.size === 0;
  const words = whole ? (least ? m.selection_all_least({ n: f.number(total) }) : m.selection_all({ count: total, n: f.number(total) })) : m.selection_count({ count, n: f.number(count) });
  const selection = () => wire(chosen, query);
  /** Its button goes with the press: the one beside it takes the focus. */
  const takeAll = () => {
    choosing.takeAll();
    requestAnimationFrame(() => clearButton.current?.focus());
  };
  const clear = () => {
    choosing.clear();
    onGone();
  };
  /** Those marked may leave the list: they do not stay chosen out of sight. */
  const treat = (treated: boolean) => {
    acts.treat(selection(), treated);
    clear();
  };
  return (
    <section className="bulk" aria-label={m.selection_bar()} data-testid="bulk-bar">
      <strong role="status" data-testid="selection-count">
        {words}
      </strong>
      {!whole && (
        <Button small look="quiet" onPress={takeAll} data-testid="take-all">
          {shown.exact ? m.selection_take_all({ count: total, n: f.number(total) }) : m.selection_take_all_least({ n: f.number(total) })}
        </Button>
      )}
      <Button small look="quiet" buttonRef={clearButton} onPress={clear} data-testid="clear-selection">
        {m.selection_clear()}
      </Button>
      <div className="bulk-acts">
        <Button small icon="refresh" isPending={acts.running} onPress={() => acts.refresh(selection())} data-testid="bulk-refresh">
          {m.bulk_refresh()}
        </Button>
        <Button small icon="tag" isPending={acts.running} onPress={() => setTagging(true)} data-testid="bulk-tag">
          {m.bulk_tag()}
        </Button>
        <Button small icon="check" isPending={acts.running} onPress={() => treat(true)} data-testid="bulk-treated">
          {m.bulk_treated()}
        </Button>
        <Button small isPending={acts.running} onPress={() => treat(false)} data-testid="bulk-untreated">
          {m.bulk_untreated()}
        </Button>
        <Button small isPending={captures.running} onPress={() => void captures.many(selection())} data-testid="bulk-capture">
          {m.bulk_capture()}
        </Button>
        <Button small icon="seal" isPending={packs.running} onPress={() => packs.many(selection())} data-testid="bulk-pack">
          {m.bulk_pack()}
        </Button>
        <Button small icon="export" onPress={onExport} data-testid="bulk-export">
          {m.bulk_export()}
        </Button>
      </div>
      {tagging && (
        <TagDialog
          count={inWords.chosen(chosen, shown)}
          onClose={() => setTagging(false)}
          onTag={(add, remove) => {
            setTagging(false);
            acts.tag(selection(), add, remove);
          }}
        />
      )}
    </section>
  );
}
