import { useState } from "react";
import { ActButton } from "../../app/acts/ActButton";
import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import { EnvironmentMark } from "../../design/components/EnvironmentMark";
import { StatusPill } from "../../design/components/StatusPill";
import { useMessages } from "../../i18n/language";
import { NeighbourButtons } from "../dossier/Neighbours";
import type { Neighbourhood } from "../dossier/neighbours";
import { useDossierName } from "../dossier/names";
import { arranged, sorted, type Arrangement } from "./arrangement";
import { Keys } from "./Keys";
import { isVideo, type Leaf, type SheetCounts } from "./pages";
import { Stage } from "./Stage";
import { Thumbnails } from "./Thumbnails";

const CLOSE = ["Escape"];

interface LookingProps {
  dossier: DossierView;
  start: string;
  arrangement: Arrangement;
  onArrange: (arrangement: Arrangement) => void;
  neighbours: Neighbourhood;
  onClose: () => void;
}

/** The pages of this dossier: which are in view, and how they are turned. */
export function Looking({ dossier, start, arrangement, onArrange, neighbours, onClose }: LookingProps) {
  const m = useMessages();
  const name = useDossierName(dossier);
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
      <header className="viewer-head">
        <EnvironmentMark kind={row.environment_kind} />
        <h2>{name}</h2>
        <StatusPill creation={row.creation} status={row.status} />
        <span className="viewer-head-acts">
          <NeighbourButtons neighbours={neighbours} layer="cover" testId="viewer-" />
          <ActButton act="close-viewer" keys={CLOSE} layer="cover" small icon="close" onPress={onClose} data-testid="close-viewer">
            {m.viewer_close()}
          </ActButton>
        </span>
      </header>
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
