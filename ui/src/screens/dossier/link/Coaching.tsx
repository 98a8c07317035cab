import type { DossierView } from "../../../backend/generated/DossierView";
import type { LaunchMode } from "../../../backend/generated/LaunchMode";
import { useMessages, type Messages } from "../../../i18n/language";

/** The link was not used yet: what to do with it. */
const FIRST: Record<LaunchMode, (m: Messages) => string> = {
  this_pc: (m) => m.coach_open(),
  phone: (m) => m.coach_scan(),
  sent: (m) => m.coach_send(),
};

function coaching(m: Messages, dossier: DossierView): string {
  const { shown_at, mailed_at, copied_at } = dossier.link_uses;
  if (dossier.returned_at !== null) return m.coach_returned();
  if (dossier.row.status?.known === "STARTED") return m.dossier_waiting_tip();
  if (mailed_at ?? copied_at) return m.coach_sent();
  if (shown_at !== null) return m.coach_shown();
  return dossier.opened_at === null ? FIRST[dossier.mode ?? "this_pc"](m) : m.coach_opened();
}

/** The one thing that helps the customer on, by where they are. */
export function Coaching({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  return (
    <p className="coaching" data-testid="coaching">
      {coaching(m, dossier)}
    </p>
  );
}
