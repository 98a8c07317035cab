import type { DossierView } from "../../backend/generated/DossierView";
import { leavesOf, type Leaf, type SheetCounts } from "./pages";

/** One page, both sides of the card, or the selfie beside the portrait. */
export type Arrangement = "one" | "sides" | "selfie";

export interface Leaves {
  all: Leaf[];
  recto: Leaf | undefined;
  verso: Leaf | undefined;
  selfie: Leaf | undefined;
}

export function sorted(dossier: DossierView, counts: SheetCounts): Leaves {
  const all = leavesOf(dossier, counts);
  const selfies = all.filter(({ family }) => family === "selfie");
  return {
    all,
    recto: all.find(({ page }) => page.side === "recto"),
    verso: all.find(({ page }) => page.side === "verso"),
    // As ID360 prepared it for the comparison, where there is one.
    selfie: selfies.find(({ document }) => document === "selfie_image") ?? selfies[0],
  };
}

/** The pages that stand side by side; one where the wanted arrangement lacks a page. */
export function arranged(wanted: Arrangement, leaf: Leaf, { recto, verso, selfie }: Leaves): [Leaf] | [Leaf, Leaf] {
  if (wanted === "sides" && recto && verso) return [recto, verso];
  if (wanted === "selfie" && selfie) {
    const face = leaf === selfie ? recto : leaf;
    if (face) return [face, selfie];
  }
  return [leaf];
}
