import { useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { ActButton } from "../../app/acts/ActButton";
import { useDossierQuery } from "../../backend/queries";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { useNeighbours } from "../dossier/neighbours";
import type { Arrangement } from "./arrangement";
import { Looking } from "./Looking";
import "./Pane.css";
import "./Viewer.css";

interface ViewerScreenProps {
  id: string;
  /** Key of the page to begin with; the first one where the dossier has no such page. */
  start: string;
  onClose: () => void;
  /** Goes on with another dossier of the list, in the viewer too. */
  onOpen: (id: string) => void;
}

/** The documents of one dossier over the whole window. What is shown is mounted anew for each dossier. */
export function ViewerScreen({ id, start, onClose, onOpen }: ViewerScreenProps) {
  const m = useMessages();
  const dossier = useDossierQuery(id);
  const neighbours = useNeighbours(id, onOpen);
  // Kept from one dossier to the next: whoever compares faces compares those of the next dossier too.
  const [arrangement, setArrangement] = useState<Arrangement>("one");
  return (
    <ModalOverlay className="viewer-veil" isOpen onOpenChange={(open) => !open && onClose()}>
      <Modal className="viewer-window">
        <Dialog className="viewer" aria-label={m.viewer()} data-screen data-testid="viewer">
          {dossier.data?.row.id === id ? (
            <Looking key={id} dossier={dossier.data} start={start} arrangement={arrangement} onArrange={setArrangement} neighbours={neighbours} onClose={onClose} />
          ) : (
            <div className="viewer-empty">
              {dossier.error ? <ErrorBlock error={dossier.error} acts={{ retry: () => void dossier.refetch() }} /> : <p role="status">{m.dossier_loading()}</p>}
              <ActButton act="close-viewer" layer="cover" onPress={onClose}>
                {m.viewer_close()}
              </ActButton>
            </div>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
