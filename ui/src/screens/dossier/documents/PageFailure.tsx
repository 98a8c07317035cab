import type { DossierView } from "../../../backend/generated/DossierView";
import { Button } from "../../../design/components/Button";
import { Callout } from "../../../design/components/Callout";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";

/** An `<img>` gives no reason; the deadline tells the likely one. */
export function PageFailure({ dossier, onRetry }: { dossier: DossierView; onRetry: () => void }) {
  const m = useMessages();
  const f = useFormats();
  const gone = dossier.deadlines.find(({ subject, passed }) => subject === "documents" && passed);
  return (
    <div className="viewer-words">
      <Callout
        tone="attention"
        live="alert"
        data-testid="error"
        data-code={gone ? "document_gone" : "page_not_shown"}
        actions={
          <Button small icon="refresh" onPress={onRetry} data-testid="retry-page">
            {m.retry()}
          </Button>
        }
      >
        {gone ? m.viewer_gone({ date: f.date(gone.at) }) : m.viewer_failed()}
      </Callout>
    </div>
  );
}
