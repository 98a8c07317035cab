import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { useBackend } from "../../backend/context";
import type { Language } from "../../backend/generated/Language";
import { useRemember } from "../../backend/queries";
import { speak, useLanguage, useMessages } from "../../i18n/language";
import "./LanguageSwitch.css";

/** Changes the language at once; the preference is kept by Rust behind. */
export function LanguageSwitch() {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const language = useLanguage();
  const choose = (chosen: Language) => {
    speak(chosen);
    backend.setLanguage(chosen).then(remember.settings, () => undefined);
  };
  return (
    <ToggleButtonGroup className="language-switch" aria-label={m.language_switch()} selectionMode="single" disallowEmptySelection selectedKeys={[language]} onSelectionChange={(keys) => { for (const key of keys) choose(key as Language); }}>
      <ToggleButton id="fr" className="language" aria-label={m.language_fr()} data-testid="language-fr">FR</ToggleButton>
      <ToggleButton id="en" className="language" aria-label={m.language_en()} data-testid="language-en">EN</ToggleButton>
    </ToggleButtonGroup>
  );
}
