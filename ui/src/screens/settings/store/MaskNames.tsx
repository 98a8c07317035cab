import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import { useRemember, useSettings } from "../../../backend/queries";
import { Check } from "../../../design/components/Check";
import { Fixed } from "../../../design/components/Fixed";
import { Section } from "../../../design/components/Section";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useMessages } from "../../../i18n/language";

/** Whether lists keep to themselves whom the next customer could read. */
export function MaskNames() {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const settings = useSettings().data;
  const keep = useAct(async (_intent, wanted: boolean) => remember.settings(await backend.setMaskNames(wanted)));
  if (!settings) return null;
  const fixed = settings.managed.locked.includes("mask_names");
  return (
    <Section title={m.mask_names_title()}>
      {keep.error && <ErrorBlock error={keep.error} onDismiss={keep.clear} />}
      <Check isSelected={settings.mask_names} onChange={(wanted) => void keep.run(wanted)} isReadOnly={fixed} data-testid="mask-names">
        {m.mask_names()} {fixed && <Fixed testId="mask-names-fixed" />}
      </Check>
      <p className="faint">{m.mask_names_note()}</p>
    </Section>
  );
}
