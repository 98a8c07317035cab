import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { Language } from "../backend/generated/Language";
import { useListRows } from "../backend/list-context";
import { useSettings, useViews } from "../backend/queries";
import { useReadRegisterAgain } from "../backend/register-queries";
import { Button } from "../design/components/Button";
import { viewName } from "../i18n/list-words";
import { useLanguage, useMessages } from "../i18n/language";
import { chordWords } from "./acts/chord";
import { KeySheet } from "./acts/KeySheet";
import { Palette, useGo } from "./acts/Palette";
import type { PaletteLine } from "./acts/palette-groups";
import { useDeskActs, useDeskKeys, type DeskAct } from "./acts/registry";
import { PLACES, settingsPlaces } from "./places";
import { useSetupDoor } from "./setup-door";

const PALETTE_KEYS = ["Control+K"];
const SHEET_KEYS = ["F1"];
const AGAIN_KEYS = ["F5"];

/** The acts of everywhere, their two buttons in the header, and the palette and the sheet of shortcuts over the screen. */
export function DeskActs({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const m = useMessages();
  const navigate = useNavigate();
  const [shown, setShown] = useState<"palette" | "keys" | null>(null);
  const chosen = useRef<PaletteLine | null>(null);
  const go = useGo((id) => void navigate({ to: "/dossiers/$id", params: { id } }));
  const settings = useSettings();
  useDeskKeys(settings.data?.letter_keys ?? true);
  usePlaces();
  useLanguageAct(onLanguage);
  useReadingAgain();
  useDeskActs("desk", [
    { id: "palette", label: m.palette(), keys: PALETTE_KEYS, icon: "search", run: () => setShown("palette") },
    { id: "keys", label: m.keys_title(), keys: SHEET_KEYS, icon: "info", run: () => setShown("keys") },
  ]);

  const latestGo = useRef(go);
  useEffect(() => {
    latestGo.current = go;
  });
  useEffect(() => {
    if (shown !== null || !chosen.current) return;
    const line = chosen.current;
    chosen.current = null;
    // The focus goes back to where it was first, so that what opens now gives it back there in its turn.
    requestAnimationFrame(() => requestAnimationFrame(() => latestGo.current(line)));
  }, [shown]);
  return (
    <>
      <Button small icon="search" onPress={() => setShown("palette")} aria-keyshortcuts={PALETTE_KEYS.join(" ")} data-testid="open-palette">
        {m.palette_button()}
      </Button>
      <kbd className="header-key" aria-hidden="true">
        {chordWords(m, "Control+K")}
      </kbd>
      <Button small look="quiet" icon="keyboard" iconOnly onPress={() => setShown("keys")} aria-keyshortcuts={SHEET_KEYS.join(" ")} data-testid="open-keys">
        {m.keys_title()}
      </Button>
      {shown === "palette" && (
        <Palette
          onClose={() => setShown(null)}
          onGo={(line) => {
            chosen.current = line;
            setShown(null);
          }}
        />
      )}
      {shown === "keys" && <KeySheet onClose={() => setShown(null)} />}
    </>
  );
}

/** The rail, the list's views and the pages of the settings. */
function usePlaces(): void {
  const m = useMessages();
  const navigate = useNavigate();
  const views = useViews();
  const rail = PLACES.map(
    ({ to, icon, label, keys, paletteLabel }): DeskAct => ({ id: `go ${to}`, label: (paletteLabel ?? label)(m), icon, place: true, run: () => void navigate({ to }), ...(keys && { keys }) }),
  );
  const lists = (views.data ?? []).map(
    (view): DeskAct => ({ id: `view ${view.id}`, label: `${m.nav_dossiers()} › ${viewName(view)}`, icon: "dossiers", place: true, run: () => void navigate({ to: "/", search: { view: view.id } }) }),
  );
  const pages = settingsPlaces(m).map(
    ({ tab, label }): DeskAct => ({ id: `settings ${tab}`, label, icon: "settings", place: true, run: () => void navigate({ to: "/settings", search: { tab } }) }),
  );
  const setup = useSetupDoor();
  useDeskActs("desk", [...rail, ...lists, ...pages, { id: "setup", label: `${m.nav_settings()} › ${m.setup_title()}`, icon: "settings", place: true, run: setup }]);
}

/** The key that some webviews take for a reload of the whole page. A dossier has its own meaning of it. */
function useReadingAgain(): void {
  const m = useMessages();
  const rows = useListRows();
  const readAgain = useReadRegisterAgain();
  const run = () => {
    rows.readAgain();
    void readAgain();
  };
  useDeskActs("desk", [{ id: "read-again", label: m.act_read_again(), keys: AGAIN_KEYS, keysOnly: true, run }]);
}

/** The other one of the two languages. */
function useLanguageAct(onLanguage: (language: Language) => void): void {
  const m = useMessages();
  const other: Language = useLanguage() === "fr" ? "en" : "fr";
  useDeskActs("desk", [{ id: "language", label: m.palette_language(), icon: "settings", run: () => onLanguage(other) }]);
}
