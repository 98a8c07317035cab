import type { DossierView } from "../../backend/generated/DossierView";
import type { PageView } from "../../backend/generated/PageView";
import type { PixelSize } from "../../backend/generated/PixelSize";
import type { SheetsView } from "../../backend/generated/SheetsView";
import type { Messages } from "../../i18n/language";
import { documentNameWord } from "../../i18n/report-words";

/** One picture of one document, with what it takes to name it. */
export interface Leaf {
  key: string;
  /** The page of ID360 that it is of: a PDF file is one such page, and may have several sheets. */
  file: string;
  /** From 0. */
  sheet: number;
  sheets: number;
  /** The first of them have a picture; those beyond are in the file once it is saved. */
  shown: number;
  document: string;
  family: string;
  status: string | null;
  page: PageView;
  /** The size of the photograph, where its picture is a smaller copy. */
  reduced: PixelSize | null;
}

/** How many sheets the files have, as far as it is known; one until then. */
export type SheetCounts = Partial<Record<string, SheetsView>>;

export function leavesOf(dossier: DossierView, counts: SheetCounts = {}): Leaf[] {
  return (dossier.report?.documents ?? []).flatMap(({ name, family, status, pages }, index) =>
    pages.flatMap((page) => {
      const file = `${index}-${page.document_id}-${page.page_number}`;
      const { total, shown, reduced_from: reduced } = counts[file] ?? { total: 1, shown: 1, reduced_from: null };
      return Array.from({ length: shown }, (_, sheet): Leaf => ({ key: sheet === 0 ? file : `${file}-${sheet}`, file, sheet, sheets: total, shown, document: name, family, status, page, reduced }));
    }),
  );
}

export function pageWord(m: Messages, page: PageView): string {
  if (page.side === "recto") return m.side_recto();
  if (page.side === "verso") return m.side_verso();
  return m.side_page({ n: page.page_number + 1 });
}

export function sideWord(m: Messages, { page, sheet, sheets, shown }: Leaf): string {
  const side = pageWord(m, page);
  if (sheets === 1) return side;
  const place = m.side_sheet({ n: sheet + 1, total: sheets });
  return [side, place, sheet + 1 === shown && shown < sheets && m.side_sheets_beyond()].filter(Boolean).join(" · ");
}

/** The report lists a selfie twice: as the customer sent it, and as ID360 prepared it. The side is told beside it. */
export function documentWord(m: Messages, leaf: Leaf): string {
  if (leaf.document === "selfie_image_upload") return m.document_selfie_sent();
  if (leaf.document.startsWith("ar24_in_")) return m.step_id_document();
  return documentNameWord(leaf.document, leaf.family);
}

/** As ID360 names them; what the file is, Rust finds out. */
export function isVideo(leaf: Leaf): boolean {
  return leaf.document.includes("video");
}
