import { useAct } from "../backend/act";
import { useBackend } from "../backend/context";
import { useRemember, useSettings } from "../backend/queries";
import type { IconName } from "../design/components/Icon";
import { useMessages } from "../i18n/language";
import { useDeskActs, type DeskAct } from "./acts/registry";

/** Hundredths. */
const USUAL = 100;

/** The size of everything in the window, a step at a time. */
export function useTextSize(): void {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const { data: settings } = useSettings();
  const now = settings?.text_size ?? USUAL;
  const sizes = settings?.bounds.text_sizes ?? [];
  const resize = useAct(async (_intent, hundredths: number) => remember.settings(await backend.setTextSize(hundredths)));
  const sized = (id: string, label: string, icon: IconName, keys: string[], hundredths: number | undefined): DeskAct => ({
    id,
    label,
    icon,
    keys,
    always: true,
    available: hundredths !== undefined && hundredths !== now,
    run: () => void (hundredths !== undefined && resize.run(hundredths)),
  });
  useDeskActs("desk", [
    sized("text-larger", m.text_larger(), "zoomIn", ["Control++", "Control+="], sizes.find((size) => size > now)),
    sized("text-smaller", m.text_smaller(), "zoomOut", ["Control+-"], sizes.findLast((size) => size < now)),
    sized("text-usual", m.text_usual(), "settings", ["Control+0"], USUAL),
  ]);
}
