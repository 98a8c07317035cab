import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import type { PageView } from "../../backend/generated/PageView";
import { Button } from "../../design/components/Button";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { SaveResult } from "../dossier/documents/SaveResult";
import { useSaving } from "../dossier/documents/saving";
import { useDossierName } from "../dossier/names";
import { pageWord } from "./pages";

/** The file of one page as it came, also where no picture of it is shown. */
export function SaveOriginal({ dossier, page }: { dossier: DossierView; page: PageView }) {
  const m = useMessages();
  const backend = useBackend();
  const name = useDossierName(dossier);
  const { run, running, outcome, error, clear } = useSaving(
    (wanted: PageView) => m.proofs_save_title({ piece: `${name}, ${pageWord(m, wanted)}` }),
    (intentId, { document_id, page_number }) => backend.savePage(intentId, dossier.row.id, document_id, page_number),
  );
  if (!dossier.acts.save_documents) return null;
  return (
    <div className="save-original">
      <Button small icon="save" onPress={() => run(page)} isPending={running} data-testid="save-original">
        {m.viewer_save()}
      </Button>
      {error && <ErrorBlock error={error} onDismiss={clear} />}
      {outcome && <SaveResult outcome={outcome} />}
    </div>
  );
}
