import { Label, RadioButton, RadioField, RadioGroup } from "react-aria-components";
import { useSpeaking } from "../../app/speaking";
import { useKeeping } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { SettingsView } from "../../backend/generated/SettingsView";
import type { Theme } from "../../backend/generated/Theme";
import { useRemember, useSettings } from "../../backend/queries";
import { Check } from "../../design/components/Check";
import { Select } from "../../design/components/Select";
import { Section } from "../../design/components/Section";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useLanguage, useMessages } from "../../i18n/language";

export function DisplayTab({ settings: given }: { settings: SettingsView }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  // What was just kept is here before what the screen above was drawn with.
  const settings = useSettings().data ?? given;
  const language = useLanguage();
  const speaking = useSpeaking();
  const theme = useKeeping(async (chosen: Theme) => remember.settings(await backend.setTheme(chosen)));
  const size = useKeeping(async (hundredths: number) => remember.settings(await backend.setTextSize(hundredths)));
  const letters = useKeeping(async (wanted: boolean) => remember.settings(await backend.setLetterKeys(wanted)));
  const error = speaking.error ?? theme.error ?? size.error ?? letters.error;
  return (
    <>
      {error && <ErrorBlock error={error} />}
      <Section title={m.settings_display()}>
        <Options
          label={m.settings_language()}
          value={language}
          options={[
            ["fr", m.language_fr()],
            ["en", m.language_en()],
          ]}
          onChange={speaking.choose}
        />
        <Options
          label={m.settings_theme()}
          value={theme.wish ?? settings.theme}
          options={[
            ["system", m.theme_system()],
            ["light", m.theme_light()],
            ["dark", m.theme_dark()],
          ]}
          onChange={theme.keep}
        />
        <div className="settings-short">
          <Select
            label={m.settings_text_size()}
            value={String(size.wish ?? settings.text_size)}
            options={settings.bounds.text_sizes.map((hundredths) => ({ id: String(hundredths), label: m.text_size({ size: hundredths }) }))}
            onChange={(chosen) => size.keep(Number(chosen))}
            testId="text-size"
          />
        </div>
        <p className="faint settings-note">{m.settings_text_size_note()}</p>
        <Check isSelected={letters.wish ?? settings.letter_keys} onChange={letters.keep} data-testid="letter-keys">
          {m.letter_keys()}
        </Check>
        <p className="faint settings-note">{m.letter_keys_note()}</p>
      </Section>
    </>
  );
}

function Options<Id extends string>({ label, value, options, onChange }: { label: string; value: Id; options: [Id, string][]; onChange: (id: Id) => void }) {
  return (
    <RadioGroup className="options" value={value} onChange={(id) => onChange(id as Id)} orientation="horizontal">
      <Label className="field-label">{label}</Label>
      <div className="options-row">
        {options.map(([id, word]) => (
          <RadioField key={id} value={id}>
            <RadioButton className="option" data-testid={`option-${id}`}>
              <span className="choice-dot" />
              {word}
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
