import { useState } from "react";
import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import { useMessages } from "../../i18n/language";
import { arranged, sorted, type Arrangement } from "./arrangement";
import { Keys } from "./Keys";
import { isVideo, type Leaf, type SheetCounts } from "./pages";
import { Stage } from "./Stage";
import { Thumbnails } from "./Thumbnails";

interface LookingProps {
  dossier: DossierView;
  start: string;
  arrangement: Arrangement;
  onArrange: (arrangement: Arrangement) => void;
}

/** The pages of this dossier: which are in view, and how they are turned. */
export function Looking({ dossier, start, arrangement, onArrange }: LookingProps) {
  const m = useMessages();
  const backend = useBackend();
  const [counts, setCounts] = useState<SheetCounts>({});
  const leaves = sorted(dossier, counts);
  const [chosen, setChosen] = useState(start);
  const [settled, setSettled] = useState(false);
  const leaf = leaves.all.find(({ key }) => key === chosen) ?? leaves.all[0];
  const shown = leaf && arranged(arrangement, leaf, leaves);
  const { row } = dossier;
  const show = (wanted: Leaf | undefined, how: Arrangement = "one") => {
    if (!wanted) return;
    setChosen(wanted.key);
    onArrange(how);
  };
  const settle = ({ file, page }: Leaf) => {
    setSettled(true);
    if (counts[file] !== undefined) return;
    // Without an answer the file keeps its one page.
    backend.getPageSheets(row.id, page.document_id, page.page_number).then(
      (count) => setCounts((before) => ({ ...before, [file]: count })),
      () => undefined,
    );
  };
  return (
    <>
      {leaf && shown ? (
        <>
          <Thumbnails dossier={dossier} leaves={leaves.all} shown={shown} ready={settled || isVideo(leaf)} onShow={show} />
          <Stage dossier={dossier} leaves={leaves} leaf={leaf} arrangement={arrangement} shown={shown} onShow={show} onSettled={settle} />
        </>
      ) : (
        <p className="viewer-empty" data-testid="viewer-no-document">
          {dossier.report ? m.documents_none() : m.documents_no_report()}
        </p>
      )}
      <Keys />
    </>
  );
}
