import { useState } from "react";
import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { NumberBounds } from "../../../backend/generated/NumberBounds";
import { useRemember, useSettings } from "../../../backend/queries";
import { Button } from "../../../design/components/Button";
import { Section } from "../../../design/components/Section";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useMessages } from "../../../i18n/language";
import { NumberInput } from "../NumberInput";

/** After how long without anybody the desk locks itself. */
export function LockMinutes() {
  const settings = useSettings().data;
  return settings && <Minutes key={settings.lock_minutes} kept={settings.lock_minutes} bounds={settings.bounds.lock_minutes} fixed={settings.managed.locked.includes("lock_minutes")} />;
}

function Minutes({ kept, bounds, fixed }: { kept: number; bounds: NumberBounds; fixed: boolean }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const [minutes, setMinutes] = useState(kept);
  const keep = useAct(async () => remember.settings(await backend.setLockMinutes(minutes)));
  return (
    <Section title={m.lock_settings_title()}>
      {keep.error && <ErrorBlock error={keep.error} onDismiss={keep.clear} />}
      <div className="retention">
        <NumberInput label={m.lock_minutes()} value={minutes} {...bounds} onChange={setMinutes} testId="lock-minutes" fixed={fixed} />
        {!fixed && (
          <Button onPress={() => void keep.run()} isDisabled={minutes === kept} isPending={keep.running} data-testid="save-lock-minutes">
            {m.settings_save()}
          </Button>
        )}
      </div>
      <p className="faint">{m.lock_settings_note()}</p>
    </Section>
  );
}
