import type { DossierView } from "../../backend/generated/DossierView";
import type { PageView } from "../../backend/generated/PageView";
import type { Messages } from "../../i18n/language";
import { stepWord } from "../../i18n/report-words";

/** One page of one document, with what it takes to name it. */
export interface Leaf {
  key: string;
  document: string;
  family: string;
  status: string | null;
  page: PageView;
}

export function leavesOf(dossier: DossierView): Leaf[] {
  return (dossier.report?.documents ?? []).flatMap(({ name, family, status, pages }, index) =>
    pages.map((page) => ({ key: `${index}-${page.document_id}-${page.page_number}`, document: name, family, status, page })),
  );
}

export function sideWord(m: Messages, page: PageView): string {
  if (page.side === "recto") return m.side_recto();
  if (page.side === "verso") return m.side_verso();
  return m.side_page({ n: page.page_number + 1 });
}

/** The report lists a selfie twice: as the customer sent it, and as ID360 prepared it. */
export function documentWord(m: Messages, leaf: Leaf): string {
  if (leaf.document === "selfie_image_upload") return m.document_selfie_sent();
  return stepWord(leaf.family);
}

/** Videos are kept but never played here. */
export function isVideo(leaf: Leaf): boolean {
  return leaf.document.includes("video");
}
