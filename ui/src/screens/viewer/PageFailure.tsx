import { useQuery } from "@tanstack/react-query";
import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import type { PageView } from "../../backend/generated/PageView";
import { Button } from "../../design/components/Button";
import { Callout } from "../../design/components/Callout";
import { entryFor } from "../../errors/catalogue";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { SaveOriginal } from "./SaveOriginal";

interface PageFailureProps {
  dossier: DossierView;
  page: PageView;
  attempt: number;
  onRetry: () => void;
}

/** Rust knows why the picture did not come; an `<img>` does not. */
export function PageFailure({ dossier, page, attempt, onRetry }: PageFailureProps) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const { document_id, page_number } = page;
  // Asked anew by whoever comes back to the page: why it did not come before may not be why it does not come now.
  const trouble = useQuery({
    queryKey: ["page-trouble", dossier.row.id, document_id, page_number, attempt],
    queryFn: () => backend.getPageTrouble(dossier.row.id, document_id, page_number),
    staleTime: 0,
    gcTime: 0,
  });
  const lost = dossier.deadlines.find(({ subject, passed }) => subject === "documents" && passed);
  const code = trouble.data ?? null;
  if (trouble.isFetching) return null;
  const sentence =
    code === null
      ? m.viewer_failed()
      : code === "document_gone" && lost
        ? m.viewer_gone({ date: f.date(lost.at) })
        : entryFor({ code, params: {}, retryable: false, trace_id: "" }).sentence({});
  return (
    <div className="pane-words">
      <Callout
        tone="attention"
        live="alert"
        data-testid="error"
        data-code={code ?? "page_not_shown"}
        actions={
          <Button small icon="refresh" onPress={onRetry} data-testid="retry-page">
            {m.retry()}
          </Button>
        }
      >
        {sentence}
      </Callout>
      {code !== "document_gone" && <SaveOriginal dossier={dossier} page={page} />}
    </div>
  );
}
