import type { Backend } from "../backend";
import type { DossierRow } from "../generated/DossierRow";
import type { SessionView } from "../generated/SessionView";
import type { SettingsView } from "../generated/SettingsView";
import type { Stage } from "./stage";

const HIDDEN = "•••";
const LETTER = String.raw`[\p{L}\p{N}]\p{M}*`;
/** Stay where they stand between two letters that are shown. */
const PARTS = " '’.-";

function first(text: string, letters: number): string {
  const signs = text.normalize("NFC").replace(new RegExp(`[^\\p{L}\\p{N}\\p{M}${PARTS}]`, "gu"), "");
  const shown = new RegExp(`(?:${LETTER}[${PARTS}]*){1,${letters}}`, "u").exec(signs)?.[0] ?? "";
  return shown.replace(new RegExp(`[${PARTS}]+$`, "u"), "") + HIDDEN;
}

function beginning(name: string, letters: number): string {
  const count = name.normalize("NFC").match(new RegExp(LETTER, "gu"))?.length ?? 0;
  return first(name, count <= 3 ? 1 : letters);
}

function email(address: string): string {
  const [mailbox = "", domain] = address.split("@");
  if (domain === undefined) return HIDDEN;
  return `${first(mailbox, 1)}@${first(domain, 1)}${/\.\p{L}+$/u.exec(domain)?.[0] ?? ""}`;
}

function phone(number: string): string {
  const digits = number.replace(/\D/g, "");
  return digits.length < 6 ? HIDDEN : `${HIDDEN}\u00a0${digits.slice(-2)}`;
}

/** As `dossiers::masking` does. */
export function masked(row: DossierRow): DossierRow {
  const hide = (datum: string | null, mask: (datum: string) => string) => datum && mask(datum);
  return {
    ...row,
    last_name: hide(row.last_name, (name) => beginning(name, 3)),
    first_name: hide(row.first_name, (name) => beginning(name, 2)),
    email: hide(row.email, email),
    phone_number: hide(row.phone_number, phone),
  };
}

/** What becomes of revealed names when the desk locks or their session ends. */
export function maskedAgain({ names }: SessionView): Pick<SessionView, "names"> {
  return { names: names === "revealed" ? "masked" : names };
}

export function nameCommands(stage: Stage, prefer: (change: Partial<SettingsView>) => SettingsView): Pick<Backend, "revealNames" | "setMaskNames" | "setPlayVideos"> {
  return {
    revealNames: (wanted) =>
      stage.answer("revealNames", [wanted], () => {
        const { names } = stage.session();
        return stage.become({ names: names === "whole" ? names : wanted ? "revealed" : "masked" });
      }),
    setMaskNames: (wanted) =>
      stage.answer("setMaskNames", [wanted], () => {
        const { names } = stage.session();
        const kept = prefer({ mask_names: wanted });
        stage.become({ names: !wanted ? "whole" : names === "whole" ? "masked" : names });
        return kept;
      }),
    setPlayVideos: (wanted) => stage.answer("setPlayVideos", [wanted], () => prefer({ play_videos: wanted })),
  };
}
