import { useSettings } from "../../backend/queries";
import { ENVIRONMENT_NAME } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";
import type { Names } from "../../i18n/journal/detail";

/** What environments and processes are called today; one that is gone is named by its id. */
export function useNames(): Names {
  useMessages();
  const settings = useSettings().data;
  const environments = new Map(settings?.environments.map(({ id, name, kind }) => [id, name ?? ENVIRONMENT_NAME[kind]()]));
  const processes = new Map(settings?.processes.map(({ id, name }) => [id, name]));
  return { environment: (id) => environments.get(id) ?? id, process: (id) => processes.get(id) ?? id };
}
