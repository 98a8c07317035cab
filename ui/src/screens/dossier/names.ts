import type { DossierRow } from "../../backend/generated/DossierRow";
import type { DossierView } from "../../backend/generated/DossierView";
import { useMessages, type Messages } from "../../i18n/language";

/** What the dossier is called on the screen: its reference, else ID360's number. */
export function dossierName(m: Messages, row: DossierRow): string {
  if (row.reference) return row.reference;
  return row.enrollment_id ? m.dossier_title_id({ id: row.enrollment_id }) : m.dossier_title_new();
}

export function useDossierName(dossier: DossierView): string {
  return dossierName(useMessages(), dossier.row);
}
