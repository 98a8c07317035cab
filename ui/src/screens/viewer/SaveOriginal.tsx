import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import type { PageView } from "../../backend/generated/PageView";
import { Button } from "../../design/components/Button";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { SaveResult } from "../dossier/documents/SaveResult";
import { useSaving } from "../dossier/documents/saving";

/** The file of one page as it came, also where no picture of it is shown. */
export function SaveOriginal({ dossier, page }: { dossier: DossierView; page: PageView }) {
  const m = useMessages();
  const backend = useBackend();
  const { act, outcome } = useSaving((intentId, { document_id, page_number }: PageView) => backend.savePage(intentId, dossier.row.id, document_id, page_number));
  if (!dossier.acts.save_documents) return null;
  return (
    <div className="save-original">
      <Button small icon="save" onPress={() => void act.run(page)} isDisabled={act.running} data-testid="save-original">
        {m.viewer_save()}
      </Button>
      {act.error && <ErrorBlock error={act.error} onDismiss={act.clear} />}
      {outcome && <SaveResult outcome={outcome} />}
    </div>
  );
}
