import recto from "./pictures/recto.svg";
import selfie from "./pictures/selfie.svg";
import supporting from "./pictures/supporting.svg";
import verso from "./pictures/verso.svg";

/** The display copy of one page; an address that fails stands for a page that cannot be shown. */
export function picture(documentId: string, pageNumber: number): string {
  if (documentId === "900101") return pageNumber === 0 ? recto : verso;
  if (documentId === "900103") return selfie;
  if (documentId === "900110") return supporting;
  return "/no-such-picture";
}
