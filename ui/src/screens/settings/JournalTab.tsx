import { useState } from "react";
import { useAct, useKeeping } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { NumberBounds } from "../../backend/generated/NumberBounds";
import type { SettingsView } from "../../backend/generated/SettingsView";
import { useRemember, useSettings } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Check } from "../../design/components/Check";
import { Fixed } from "../../design/components/Fixed";
import { Section } from "../../design/components/Section";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { Confirm } from "../dossier/Confirm";
import { NumberInput } from "./NumberInput";

/** How the desk warns, and how long it remembers what was done. */
export function JournalTab({ settings: given }: { settings: SettingsView }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  // What was just kept is here before what the screen above was drawn with.
  const settings = useSettings().data ?? given;
  const fixed = settings.managed.locked;
  const warn = useKeeping(async (wanted: boolean) => remember.settings(await backend.setNotifications(wanted)));
  return (
    <>
      <Section title={m.alerts_title()}>
        {warn.error && <ErrorBlock error={warn.error} onDismiss={warn.clear} />}
        <Check isSelected={warn.wish ?? settings.notifications} onChange={warn.keep} isReadOnly={fixed.includes("notifications")} data-testid="notifications">
          {m.alerts_check()} {fixed.includes("notifications") && <Fixed testId="notifications-fixed" />}
        </Check>
        <p className="faint">{m.alerts_note()}</p>
      </Section>
      <Retention key={settings.journal_months} kept={settings.journal_months} bounds={settings.bounds.journal_months} fixed={fixed.includes("journal_months")} />
    </>
  );
}

/** A shorter stretch drops entries, so it is confirmed; a longer one is not. */
function Retention({ kept, bounds, fixed }: { kept: number; bounds: NumberBounds; fixed: boolean }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const [months, setMonths] = useState(kept);
  const [asking, setAsking] = useState(false);
  const keep = useAct(async () => remember.settings(await backend.setJournalMonths(months)));
  return (
    <Section title={m.retention_title()}>
      {keep.error && <ErrorBlock error={keep.error} onDismiss={keep.clear} />}
      <div className="retention">
        <NumberInput label={m.retention_months()} value={months} {...bounds} onChange={setMonths} testId="journal-months" fixed={fixed} />
        {!fixed && (
          <Button onPress={() => (months < kept ? setAsking(true) : void keep.run())} isDisabled={months === kept} isPending={keep.running} data-testid="save-journal-months">
            {m.settings_save()}
          </Button>
        )}
      </div>
      <p className="faint">{m.retention_note()}</p>
      <Confirm
        open={asking}
        danger
        title={m.retention_confirm_title({ n: months })}
        lead={m.retention_confirm_lead({ n: months })}
        act={m.retention_confirm_act({ n: months })}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void keep.run();
        }}
      />
    </Section>
  );
}
