import type { ExtractedView } from "../../../backend/generated/ExtractedView";
import { Section } from "../../../design/components/Section";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { identityValue, identityWord, methodWord, stepWord } from "../../../i18n/report-words";
import { Rows } from "../summary/Rows";

/** What one document, or one electronic identity, says; keys that no catalogue has stay ID360's own. */
export function Extracted({ entry }: { entry: ExtractedView }) {
  const m = useMessages();
  const f = useFormats();
  const title = entry.is_electronic ? m.extracted_electronic({ family: methodWord(entry.family) }) : m.extracted_title({ family: stepWord(entry.family) });
  return (
    <Section title={title}>
      <Rows
        rows={entry.fields.map((field) => ({
          term: identityWord(field),
          mono: identityWord(field) === field.key,
          value: identityValue(field, (value) => f.day(value)),
          note: field.doubtful ? m.summary_doubtful() : null,
          warn: field.doubtful,
        }))}
      />
    </Section>
  );
}
