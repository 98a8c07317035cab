import type { DossierView } from "../../backend/generated/DossierView";
import { useGlass } from "./glass";
import { Pane } from "./Pane";
import type { Leaf } from "./pages";
import "./Pane.css";

/** One page in a screen of its dossier, whole and as it is; the viewer has the tools. */
export function Preview({ dossier, leaf }: { dossier: DossierView; leaf: Leaf }) {
  const glass = useGlass(leaf.key, 0);
  return <Pane dossier={dossier} leaf={leaf} glass={glass} turn={0} />;
}
