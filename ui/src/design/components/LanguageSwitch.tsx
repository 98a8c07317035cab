import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { Language } from "../../backend/generated/Language";
import { useLanguage, useMessages } from "../../i18n/language";
import "./LanguageSwitch.css";

/** One press away in every window, before a session too. */
export function LanguageSwitch({ onChoose }: { onChoose: (language: Language) => void }) {
  const m = useMessages();
  const language = useLanguage();
  return (
    <ToggleButtonGroup className="language-switch" aria-label={m.language_switch()} selectionMode="single" disallowEmptySelection selectedKeys={[language]} onSelectionChange={(keys) => { for (const key of keys) onChoose(key as Language); }}>
      <ToggleButton id="fr" className="language" aria-label={m.language_fr()} data-testid="language-fr">FR</ToggleButton>
      <ToggleButton id="en" className="language" aria-label={m.language_en()} data-testid="language-en">EN</ToggleButton>
    </ToggleButtonGroup>
  );
}
