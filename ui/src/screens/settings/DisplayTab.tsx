import { Label, RadioButton, RadioField, RadioGroup } from "react-aria-components";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { Language } from "../../backend/generated/Language";
import type { SettingsView } from "../../backend/generated/SettingsView";
import type { Theme } from "../../backend/generated/Theme";
import { useRemember } from "../../backend/queries";
import { Check } from "../../design/components/Check";
import { Select } from "../../design/components/Select";
import { Section } from "../../design/components/Section";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { speak, useLanguage, useMessages } from "../../i18n/language";

export function DisplayTab({ settings }: { settings: SettingsView }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const language = useLanguage();
  const keepLanguage = useAct(async (_intent, chosen: Language) => remember.settings(await backend.setLanguage(chosen)));
  const keepTheme = useAct(async (_intent, chosen: Theme) => remember.settings(await backend.setTheme(chosen)));
  const keepSize = useAct(async (_intent, hundredths: number) => remember.settings(await backend.setTextSize(hundredths)));
  const keepLetters = useAct(async (_intent, wanted: boolean) => remember.settings(await backend.setLetterKeys(wanted)));
  const error = keepLanguage.error ?? keepTheme.error ?? keepSize.error ?? keepLetters.error;
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
          onChange={(chosen) => {
            speak(chosen);
            void keepLanguage.run(chosen);
          }}
        />
        <Options
          label={m.settings_theme()}
          value={settings.theme}
          options={[
            ["system", m.theme_system()],
            ["light", m.theme_light()],
            ["dark", m.theme_dark()],
          ]}
          onChange={(chosen) => void keepTheme.run(chosen)}
        />
        <div className="settings-short">
          <Select
            label={m.settings_text_size()}
            value={String(settings.text_size)}
            options={settings.bounds.text_sizes.map((size) => ({ id: String(size), label: m.text_size({ size }) }))}
            onChange={(size) => void keepSize.run(Number(size))}
            testId="text-size"
          />
        </div>
        <p className="faint settings-note">{m.settings_text_size_note()}</p>
        <Check isSelected={settings.letter_keys} onChange={(wanted) => void keepLetters.run(wanted)} data-testid="letter-keys">
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
