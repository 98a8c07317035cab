import { useEffect, useRef, useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { useDossierQuery } from "../../backend/queries";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { useNeighbours } from "../dossier/neighbours";
import type { Arrangement } from "./arrangement";
import { Looking } from "./Looking";
import { ViewerHead } from "./ViewerHead";
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
  const here = dossier.data?.row.id === id ? dossier.data : undefined;
  const neighbours = useNeighbours(id, onOpen);
  // Kept from one dossier to the next: whoever compares faces compares those of the next dossier too.
  const [arrangement, setArrangement] = useState<Arrangement>("one");
  const dialog = useRef<HTMLElement>(null);
  useEffect(() => {
    // What had the focus went with its dossier, or leads nowhere from this one.
    const focused = document.activeElement;
    if (focused === document.body || focused?.matches(":disabled")) dialog.current?.focus();
  }, [id]);
  return (
    <ModalOverlay className="viewer-veil" isOpen onOpenChange={(open) => !open && onClose()}>
      <Modal className="viewer-window">
        <Dialog ref={dialog} className="viewer" aria-label={m.viewer()} data-screen data-testid="viewer">
          <ViewerHead dossier={here} neighbours={neighbours} onClose={onClose} />
          {here ? (
            <Looking key={id} dossier={here} start={start} arrangement={arrangement} onArrange={setArrangement} />
          ) : (
            <div className="viewer-empty">
              {dossier.error ? <ErrorBlock error={dossier.error} acts={{ retry: () => void dossier.refetch() }} /> : <p role="status">{m.dossier_loading()}</p>}
            </div>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
