import { useSettings, useTags } from "../../../backend/queries";
import type { ListFilter } from "../../../backend/generated/ListFilter";
import { DECISION } from "../../../i18n/decision-words";
import { ENVIRONMENT_NAME } from "../../../i18n/domain-words";
import { useFormats } from "../../../i18n/format";
import { EVIDENCE_WORD, FIELD_WORD, NOT_WORD, statusFilterWord, stretchWords } from "../../../i18n/list-words";
import { useMessages } from "../../../i18n/language";
import { DECISIONS, EVIDENCE, STATUSES, valuesOf, type ManyField } from "./kinds";

/** As the register has it where an import named no process. */
const NO_PROCESS = "";

export interface Choice {
  id: string;
  label: string;
}

interface Choices {
  of: (field: ManyField) => Choice[];
  /** «Statut : KO, OK» */
  words: (filter: ListFilter) => string;
}

/** What each chip can hold, in words. */
export function useChoices(): Choices {
  const m = useMessages();
  const f = useFormats();
  const settings = useSettings().data;
  const tags = useTags().data ?? [];

  const of = (field: ManyField): Choice[] => {
    switch (field) {
      case "status": return STATUSES.map((id) => ({ id, label: statusFilterWord(id) }));
      case "process": return [...(settings?.processes ?? []).map(({ id, name }) => ({ id, label: name })), { id: NO_PROCESS, label: m.filter_process_none() }];
      case "environment": return (settings?.environments ?? []).map(({ id, kind, name }) => ({ id, label: name ?? ENVIRONMENT_NAME[kind]() }));
      case "evidence": return EVIDENCE.map((id) => ({ id, label: EVIDENCE_WORD[id]() }));
      case "decision": return DECISIONS.map((id) => ({ id, label: id === "none" ? m.filter_decision_none() : DECISION[id]() }));
      case "tag": return tags.map((tag) => ({ id: tag, label: tag }));
    }
  };
  const label = (field: ManyField, id: string): string => {
    if (field === "status") return statusFilterWord(id);
    return of(field).find((choice) => choice.id === id)?.label ?? id;
  };
  const words = (filter: ListFilter): string => {
    switch (filter.field) {
      case "mine":
      case "in_progress":
      case "to_treat":
      case "treated":
      case "troubled":
      case "lost": return (filter.not ? NOT_WORD[filter.field] : FIELD_WORD[filter.field])?.() ?? "";
      case "created":
      case "finished":
      case "deadline": return chip(filter, stretchWords(filter.stretch, f, filter.field === "deadline"));
      default: {
        const { field } = filter;
        return chip(filter, shorten(valuesOf(filter).map((id) => label(field, id))));
      }
    }
  };
  const chip = ({ field, not }: ListFilter, values: string) => (not ? m.filter_chip_not : m.filter_chip)({ field: FIELD_WORD[field](), values });
  const shorten = (values: string[]) => (values.length > 3 ? m.filter_and_more({ first: values.slice(0, 2).join(", "), more: values.length - 2 }) : values.join(", "));
  return { of, words };
}
