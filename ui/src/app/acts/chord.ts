import type { Messages } from "../../i18n/language";

/**
 * One key with what is held, as `aria-keyshortcuts` writes it: `D`, `Shift+Z`, `Control+K`, `F1`, `Home`. Letters go by the
 * character, not by the place on the keyboard, so that AZERTY and QWERTY agree; `Control` is also the Command key.
 */
export type Chord = string;

export function chordOf(event: KeyboardEvent): Chord {
  const letter = event.key.length === 1;
  const cased = letter && event.key.toLowerCase() !== event.key.toUpperCase();
  const held = [
    (event.ctrlKey || event.metaKey) && "Control",
    event.altKey && "Alt",
    // A sign that needs Shift on some keyboards is the same sign on the others.
    event.shiftKey && (cased || !letter) && "Shift",
  ].filter(Boolean);
  return [...held, cased ? event.key.toUpperCase() : event.key].join("+");
}

/** A letter or sign pressed for itself, which a field would take as text. */
export function isBare(chord: Chord): boolean {
  return chord.replace(/^Shift\+/, "").length === 1;
}

const TEXT = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=textbox], [role=spinbutton], [role=menu], [role=listbox]";
/** A slider or a row of buttons has its own use for the arrows and for Home and End. */
const MOVES = "input, textarea, [role=toolbar], [role=menu], [role=listbox], pre";
/** No place of the focus needs these for itself. */
export const OURS_EVERYWHERE = /^(Control\+|(Shift\+)?F\d)/;

/** Whether the place of the focus needs that key for itself. */
export function isTakenBy(chord: Chord, target: EventTarget | null): boolean {
  if (OURS_EVERYWHERE.test(chord) || !(target instanceof Element)) return false;
  return target.closest(isBare(chord) ? TEXT : MOVES) !== null;
}

/** A dialog lies over the screen: the screen's own keys are asleep. What covers the window as a screen does says so. */
export function dialogOpen(): boolean {
  return document.querySelector("[role=dialog]:not([data-screen]), [role=alertdialog]") !== null;
}

/** As it stands on the keyboard of whoever reads it. */
export function chordWords(m: Messages, chord: Chord): string {
  const words: Record<string, string> = {
    Control: /mac/i.test(navigator.userAgent) ? "⌘" : "Ctrl",
    Shift: m.key_shift(),
    Enter: m.key_enter(),
    Escape: m.key_escape(),
    Home: m.key_home(),
    End: m.key_end(),
    PageUp: m.key_page_up(),
    PageDown: m.key_page_down(),
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
    "-": "−",
  };
  // The sign itself may be a plus.
  return chord.split(/(?<=.)\+(?=.)/).map((part) => words[part] ?? part).join("+");
}
