import type { LaunchMode } from "../backend/generated/LaunchMode";
import type { IconName } from "../design/components/Icon";
import type { Messages } from "./language";

interface ModeWords {
  icon: IconName;
  name: (m: Messages) => string;
  /** What it means for the customer and for the link, in one line. */
  consequence: (m: Messages) => string;
  /** The main button, which says what will happen. */
  act: (m: Messages) => string;
  /** Creating alone; `null` where the main button does no more. */
  actAlone: ((m: Messages) => string) | null;
}

/** In the order of the screen. */
export const MODES: LaunchMode[] = ["this_pc", "phone", "sent"];

export const LAUNCH_MODES: Record<LaunchMode, ModeWords> = {
  this_pc: { icon: "screen", name: (m) => m.mode_this_pc(), consequence: (m) => m.mode_this_pc_note(), act: (m) => m.launch_open(), actAlone: (m) => m.launch_only() },
  phone: { icon: "qr", name: (m) => m.mode_phone(), consequence: (m) => m.mode_phone_note(), act: (m) => m.launch_show(), actAlone: (m) => m.launch_only_phone() },
  sent: { icon: "mail", name: (m) => m.mode_sent(), consequence: (m) => m.mode_sent_note(), act: (m) => m.launch_send(), actAlone: null },
};

/** The languages of the customer's pages (facts §H). */
export const PAGE_LANGUAGES: { id: string; word: (m: Messages) => string }[] = [
  { id: "fr", word: (m) => m.lang_fr() },
  { id: "en", word: (m) => m.lang_en() },
  { id: "it", word: (m) => m.lang_it() },
  { id: "ar", word: (m) => m.lang_ar() },
  { id: "ko", word: (m) => m.lang_ko() },
];
