import { useKeeping } from "../backend/act";
import { useBackend } from "../backend/context";
import { useRemember, useSettings } from "../backend/queries";
import type { IconName } from "../design/components/Icon";
import { useMessages } from "../i18n/language";
import { useDeskActs, type DeskAct } from "./acts/registry";
import type { Refusable } from "./speaking";

/** Hundredths. */
const USUAL = 100;

/** The size of everything in the window, a step at a time. */
export function useTextSize(): Refusable {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const { data: settings } = useSettings();
  const sizes = settings?.bounds.text_sizes ?? [];
  const { keep, wish, error, clear } = useKeeping(async (hundredths: number) => remember.settings(await backend.setTextSize(hundredths)));
  // A second press goes a step on from the first, kept or not.
  const now = wish ?? settings?.text_size ?? USUAL;
  const sized = (id: string, label: string, icon: IconName, keys: string[], hundredths: number | undefined): DeskAct => ({
    id,
    label,
    icon,
    keys,
    always: true,
    available: hundredths !== undefined && hundredths !== now,
    run: () => {
      if (hundredths !== undefined) keep(hundredths);
    },
  });
  useDeskActs("desk", [
    sized("text-larger", m.text_larger(), "zoomIn", ["Control++", "Control+="], sizes.find((size) => size > now)),
    sized("text-smaller", m.text_smaller(), "zoomOut", ["Control+-"], sizes.findLast((size) => size < now)),
    sized("text-usual", m.text_usual(), "settings", ["Control+0"], USUAL),
  ]);
  return { error, clear };
}
