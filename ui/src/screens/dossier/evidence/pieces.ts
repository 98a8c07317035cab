import type { DossierView } from "../../../backend/generated/DossierView";
import type { MissingPieceView } from "../../../backend/generated/MissingPieceView";
import type { PieceView } from "../../../backend/generated/PieceView";
import { PIECE_KIND } from "../../../i18n/evidence-words";
import type { Messages } from "../../../i18n/language";
import { stepWord } from "../../../i18n/report-words";
import { documentWord, leavesOf, pageWord } from "../../viewer/pages";

/** What a person calls a piece: of a document, which one and which side, as the report tells. */
export function pieceName(m: Messages, dossier: DossierView, { kind, document, document_id: id, page_number: page }: PieceView | MissingPieceView): string {
  if (kind !== "document") return PIECE_KIND[kind]();
  const leaf = leavesOf(dossier).find((one) => one.page.document_id === id && one.page.page_number === page);
  if (leaf) return `${documentWord(m, leaf)}, ${pageWord(m, leaf.page).toLowerCase()}`;
  const word = document ? stepWord(document) : PIECE_KIND.document();
  return page === null ? word : `${word}, ${m.side_page({ n: page + 1 }).toLowerCase()}`;
}
