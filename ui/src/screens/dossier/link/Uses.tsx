import type { DossierView } from "../../../backend/generated/DossierView";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";

/** Where the link went from this desk, so that nobody hands it to a second device unawares. */
export function Uses({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  const f = useFormats();
  const { shown_at, mailed_at, copied_at } = dossier.link_uses;
  const uses = [
    dossier.opened_at && m.link_opened_at({ date: f.dateTime(dossier.opened_at) }),
    shown_at && m.link_shown_at({ date: f.dateTime(shown_at) }),
    mailed_at && m.link_mailed_at({ date: f.dateTime(mailed_at) }),
    copied_at && m.link_copied_at({ date: f.dateTime(copied_at) }),
  ].filter((use) => use !== null && use !== "");
  return (
    <p className="link-uses" data-testid="link-uses">
      {uses.length > 0 ? uses.join(" · ") : m.link_unused()}
    </p>
  );
}
