import { ActButton } from "../../app/acts/ActButton";
import type { DossierView } from "../../backend/generated/DossierView";
import { EnvironmentMark } from "../../design/components/EnvironmentMark";
import { StatusPill } from "../../design/components/StatusPill";
import { useMessages } from "../../i18n/language";
import { NeighbourButtons } from "../dossier/Neighbours";
import type { Neighbourhood } from "../dossier/neighbours";
import { dossierName } from "../dossier/names";

const CLOSE = ["Escape"];

interface ViewerHeadProps {
  /** Absent until it is here. */
  dossier: DossierView | undefined;
  neighbours: Neighbourhood;
  onClose: () => void;
}

/** Whose documents are looked at, and the ways out: the same for every dossier, so that its buttons keep the focus. */
export function ViewerHead({ dossier, neighbours, onClose }: ViewerHeadProps) {
  const m = useMessages();
  return (
    <header className="viewer-head">
      {dossier && (
        <>
          <EnvironmentMark kind={dossier.row.environment_kind} />
          <h2>{dossierName(m, dossier.row)}</h2>
          <StatusPill creation={dossier.row.creation} status={dossier.row.status} />
        </>
      )}
      <span className="viewer-head-acts">
        <NeighbourButtons neighbours={neighbours} layer="cover" testId="viewer-" />
        <ActButton act="close-viewer" keys={CLOSE} layer="cover" small icon="close" onPress={onClose} data-testid="close-viewer">
          {m.viewer_close()}
        </ActButton>
      </span>
    </header>
  );
}
