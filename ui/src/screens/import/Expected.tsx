import { Section } from "../../design/components/Section";
import { useMessages } from "../../i18n/language";

/** What a source of an import looks like. */
export function Expected() {
  const m = useMessages();
  return (
    <Section title={m.import_columns_title()}>
      <p>{m.import_columns_lead()}</p>
      <ul className="import-columns">
        <li>{m.import_column_id()}</li>
        <li>{m.import_column_api_key()}</li>
        <li>{m.import_column_reference()}</li>
      </ul>
      <pre className="mono import-sample">{"id;reference;api_key\n880123;REF-1042;…\n880124;REF-1043;"}</pre>
      <p className="faint">{m.import_secret()}</p>
    </Section>
  );
}
