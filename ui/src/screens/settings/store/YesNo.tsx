import { useKeeping } from "../../../backend/act";
import type { SettingsView } from "../../../backend/generated/SettingsView";
import { useRemember, useSettings } from "../../../backend/queries";
import { Check } from "../../../design/components/Check";
import { Fixed } from "../../../design/components/Fixed";
import { Section } from "../../../design/components/Section";
import { ErrorBlock } from "../../../errors/ErrorBlock";

interface YesNoProps {
  setting: "mask_names" | "play_videos";
  title: string;
  words: string;
  note: string;
  keep: (wanted: boolean) => Promise<SettingsView>;
  testId: string;
}

/** A setting of the desk that is on or off, and that an organisation may fix. */
export function YesNo({ setting, title, words, note, keep, testId }: YesNoProps) {
  const remember = useRemember();
  const settings = useSettings().data;
  const change = useKeeping(async (wanted: boolean) => remember.settings(await keep(wanted)));
  if (!settings) return null;
  const fixed = settings.managed.locked.includes(setting);
  return (
    <Section title={title}>
      {change.error && <ErrorBlock error={change.error} onDismiss={change.clear} />}
      <Check isSelected={change.wish ?? settings[setting]} onChange={change.keep} isReadOnly={fixed} data-testid={testId}>
        {words} {fixed && <Fixed testId={`${testId}-fixed`} />}
      </Check>
      <p className="faint">{note}</p>
    </Section>
  );
}
