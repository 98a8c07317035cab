import { useBackend } from "../../../backend/context";
import { useMessages } from "../../../i18n/language";
import { YesNo } from "./YesNo";

/** Whether lists keep to themselves whom the next customer could read. */
export function MaskNames() {
  const m = useMessages();
  const backend = useBackend();
  return <YesNo setting="mask_names" title={m.mask_names_title()} words={m.mask_names()} note={m.mask_names_note()} keep={(wanted) => backend.setMaskNames(wanted)} testId="mask-names" />;
}
