import type { ListShown } from "../../backend/list-rows";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { countOf, type Chosen } from "./selection/use-selection";

interface CountWords {
  /** Of the list, beside its title. */
  shown: (shown: ListShown) => string;
  /** Of a choice, inside a sentence. */
  chosen: (chosen: Chosen, shown: ListShown) => string;
  /** Of the whole list, inside a sentence. */
  all: (shown: ListShown) => string;
}

/** Counts in words; a lower bound never passes for the number. */
export function useCountWords(): CountWords {
  const m = useMessages();
  const f = useFormats();
  const all = ({ total, exact }: ListShown) => (exact ? m.export_all : m.export_all_least)({ n: f.number(total ?? 0) });
  return {
    all,
    shown: (shown) => {
      const count = shown.total ?? 0;
      const n = f.number(count);
      if (!shown.exact) return m.dossiers_count_least({ n });
      return count === shown.all ? m.dossiers_count({ count, n }) : m.dossiers_count_of({ count, n, all: f.number(shown.all) });
    },
    chosen: (chosen, shown) => {
      if (chosen.all && (chosen.ids.size === 0 || !shown.exact)) return all(shown);
      const count = countOf(chosen, shown.total ?? 0);
      return m.export_some({ count, n: f.number(count) });
    },
  };
}
