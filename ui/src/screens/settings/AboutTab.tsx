import { useContext } from "react";
import { ActRegistryContext, useKnownActs } from "../../app/acts/registry";
import { Button } from "../../design/components/Button";
import { Section } from "../../design/components/Section";
import { useMessages } from "../../i18n/language";

export function AboutTab({ version }: { version: string }) {
  const m = useMessages();
  const registry = useContext(ActRegistryContext);
  // Signed out there is no screen with keys of its own.
  const known = useKnownActs().some(({ id }) => id === "keys");
  return (
    <>
      <Section title={m.product_name()}>
        <p>{m.about_version({ version })}</p>
        <p className="soft">{m.about_lead()}</p>
      </Section>
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
