import { useState } from "react";
import type { DossierView } from "../../backend/generated/DossierView";
import { STATUS_WORD } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";
import { dossierName } from "./names";

/** Tells a screen reader when the status of the dossier in view changes; silent at first. */
export function LiveStatus({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  const { status } = dossier.row;
  const [first] = useState(status?.word);
  const changed = status && status.word !== first;
  const word = status && (status.known === "OTHER" ? status.word : STATUS_WORD[status.known]());
  return (
    <p className="visually-hidden" role="status">
      {changed && word ? m.status_announcement({ name: dossierName(m, dossier.row), status: word }) : ""}
    </p>
  );
}
