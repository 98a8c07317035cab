import { useKeeping } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import { useRemember, useSettings } from "../../../backend/queries";
import { Section } from "../../../design/components/Section";
import { Select } from "../../../design/components/Select";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useMessages } from "../../../i18n/language";

/** How long a customer's link that was copied stays in the clipboard. */
export function ClipboardSeconds() {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const settings = useSettings().data;
  const change = useKeeping(async (seconds: number) => remember.settings(await backend.setClipboardSeconds(seconds)));
  if (settings === undefined) return null;
  return (
    <Section title={m.clipboard_title()}>
      {change.error && <ErrorBlock error={change.error} onDismiss={change.clear} />}
      <div className="settings-short">
        <Select
          label={m.clipboard_seconds()}
          options={settings.bounds.clipboard_seconds.map((seconds) => ({ id: String(seconds), label: m.clipboard_choice({ seconds: String(seconds) }) }))}
          value={String(change.wish ?? settings.clipboard_seconds)}
          onChange={(id) => change.keep(Number(id))}
          testId="clipboard-seconds"
        />
      </div>
      <p className="faint">{m.clipboard_note()}</p>
    </Section>
  );
}
