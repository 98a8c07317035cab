import { Section } from "../../design/components/Section";
import { useMessages } from "../../i18n/language";

export function AboutTab({ version }: { version: string }) {
  const m = useMessages();
  const shortcuts: [string, string][] = [
    ["Ctrl+N", m.about_shortcut_new()],
    ["Ctrl+K", m.about_shortcut_search()],
    [m.launch_keys(), m.about_shortcut_main()],
    [m.about_keys_list(), m.about_shortcut_list()],
    [m.about_keys_select(), m.about_shortcut_select()],
    [m.about_keys_neighbours(), m.about_shortcut_neighbours()],
    [m.about_keys_evidence(), m.about_shortcut_evidence()],
    [m.about_keys_viewer(), m.about_shortcut_viewer()],
  ];
  return (
    <>
      <Section title={m.product_name()}>
        <p>{m.about_version({ version })}</p>
        <p className="soft">{m.about_lead()}</p>
      </Section>
      <Section title={m.about_shortcuts()}>
        <dl className="rows">
          {shortcuts.map(([keys, act]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{act}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  );
}
