import { useContext } from "react";
import { ActRegistryContext, useKnownActs } from "../../app/acts/registry";
import type { SettingsView } from "../../backend/generated/SettingsView";
import { Button } from "../../design/components/Button";
import { Section } from "../../design/components/Section";
import { useMessages } from "../../i18n/language";
import { PolicySection } from "./PolicySection";

export function AboutTab({ settings }: { settings: SettingsView }) {
  const m = useMessages();
  const registry = useContext(ActRegistryContext);
  // Signed out there is no screen with keys of its own.
  const known = useKnownActs().some(({ id }) => id === "keys");
  return (
    <>
      <Section title={m.product_name()}>
        <p>{m.about_version({ version: settings.version })}</p>
        <p className="soft">{m.about_lead()}</p>
      </Section>
      <PolicySection managed={settings.managed} />
      {known && (
        <Section title={m.about_shortcuts()}>
          <p className="soft">{m.about_shortcuts_lead()}</p>
          <div>
            <Button icon="keyboard" onPress={() => registry.run("keys")} data-testid="about-keys">
              {m.keys_title()}
            </Button>
          </div>
        </Section>
      )}
    </>
  );
}
