import { useContext } from "react";
import { ActRegistryContext } from "../../app/acts/registry";
import type { CreationState } from "../../backend/generated/CreationState";
import type { DossierView } from "../../backend/generated/DossierView";
import type { ErrorCode } from "../../backend/generated/ErrorCode";
import { Button } from "../../design/components/Button";
import { Callout } from "../../design/components/Callout";
import { entryFor } from "../../errors/catalogue";
import { useFormats } from "../../i18n/format";
import { useMessages, type Messages } from "../../i18n/language";
import { LinkPanel } from "./link/LinkPanel";
import { UnknownOutcome } from "./UnknownOutcome";

const NOT_CREATED: Partial<Record<CreationState, (m: Messages) => string>> = {
  ready: (m) => m.creation_ready_lead(),
  sent: (m) => m.creation_sent_lead(),
  refused: (m) => m.creation_refused_lead(),
  closed: (m) => m.creation_closed_lead(),
};

interface NoticesProps {
  dossier: DossierView;
  browserFailed: boolean;
  lettingGo: (then: () => void) => void;
  onAgain: () => void;
}

/** What the person should know before reading on. */
export function Notices({ dossier, browserFailed, lettingGo, onAgain }: NoticesProps) {
  const m = useMessages();
  const f = useFormats();
  const { row, report } = dossier;
  const notCreated = NOT_CREATED[row.creation]?.(m);
  const waiting = row.creation === "created" && !row.status?.is_final && !dossier.acts.open_link;
  return (
    <div className="notices">
      {row.creation === "outcome_unknown" && <UnknownOutcome dossier={dossier} />}
      {row.trouble && <Trouble code={row.trouble} canRefresh={dossier.acts.refresh} />}
      {notCreated && <Callout tone={row.creation === "refused" ? "attention" : "information"}>{notCreated}</Callout>}
      {!dossier.reachable && <Callout tone="attention">{m.dossier_elsewhere()}</Callout>}
      {browserFailed && dossier.opened_at === null && dossier.acts.open_link && (
        <Callout tone="attention" data-testid="error" data-code="browser_did_not_open">
          {m.error_browser_did_not_open()}
        </Callout>
      )}
      {dossier.acts.open_link && <LinkPanel dossier={dossier} lettingGo={lettingGo} onAgain={onAgain} />}
      {waiting && (
        <Callout tone="information">
          <p>{m.dossier_waiting()}</p>
          {row.status?.known === "STARTED" && <p className="soft">{m.dossier_waiting_tip()}</p>}
        </Callout>
      )}
      {report?.kind === "draft" && <Callout tone="attention">{m.dossier_draft({ date: f.dateTime(report.read_at) })}</Callout>}
      {report?.kind === "archived" && <Callout tone="information">{m.dossier_archived({ date: f.dateTime(report.read_at) })}</Callout>}
    </div>
  );
}

/** Why the desk could not read the dossier by itself: what is shown may be of before. */
function Trouble({ code, canRefresh }: { code: ErrorCode; canRefresh: boolean }) {
  const m = useMessages();
  const acts = useContext(ActRegistryContext);
  return (
    <Callout
      tone="attention"
      data-testid="dossier-trouble"
      data-code={code}
      actions={
        canRefresh && (
          <Button small icon="refresh" onPress={() => acts.run("refresh")}>
            {m.act_refresh()}
          </Button>
        )
      }
    >
      {m.row_trouble({ why: entryFor({ code, params: {}, retryable: false, trace_id: "" }).sentence({}) })}
    </Callout>
  );
}
