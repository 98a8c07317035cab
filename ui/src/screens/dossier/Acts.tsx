import { useState } from "react";
import { ActButton } from "../../app/acts/ActButton";
import { useDeskActs } from "../../app/acts/registry";
import { useAct, type Act } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import type { WireError } from "../../backend/generated/WireError";
import { useRemember } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { Confirm } from "./Confirm";
import { useDossierName } from "./names";

type Asked = "interrupt" | "draft" | null;

/** What can be done with the dossier now, as Rust says; each act that costs something is confirmed once. */
export function Acts({ dossier, onAgain, onUnopened }: { dossier: DossierView; onAgain: () => void; onUnopened: () => void }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const name = useDossierName(dossier);
  const [asked, setAsked] = useState<Asked>(null);
  const { acts } = dossier;
  const { id } = dossier.row;

  const keep = async (answer: Promise<DossierView>) => remember.dossier(await answer);
  const refresh = useAct(() => keep(backend.refreshDossier(id)));
  const interrupt = useAct((intentId) => keep(backend.interruptDossier(intentId, id)));
  const draft = useAct(() => keep(backend.readDraftReport(id)));
  const archived = useAct(() => keep(backend.readArchivedReport(id)));
  const again = useAct(async (intentId) => {
    const sent = await backend.sendAgain(intentId, id);
    remember.dossier(sent.dossier);
    if (sent.link_opened === false) onUnopened();
  });
  const all: Act<[], void>[] = [refresh, interrupt, draft, archived, again];
  const failed = all.find(({ error }) => error);
  const confirm = (act: Act<[], void>) => {
    setAsked(null);
    void act.run();
  };

  const usable = (act: Act<[], void>, allowed: boolean) => allowed && !act.running;
  useDeskActs("screen", [
    { id: "send-again", label: m.act_send_again(), available: usable(again, acts.send_again), run: () => void again.run() },
    { id: "correct", label: m.act_correct(), available: dossier.row.creation === "refused", run: onAgain },
    { id: "refresh", label: m.act_refresh(), icon: "refresh", keys: ["F5"], available: usable(refresh, acts.refresh), run: () => acts.refresh && void refresh.run() },
    { id: "archived", label: m.act_archived(), available: usable(archived, acts.read_archived_report), run: () => void archived.run() },
    { id: "draft", label: m.act_draft(), available: usable(draft, acts.read_draft_report), run: () => setAsked("draft") },
    { id: "interrupt", label: m.act_interrupt(), icon: "stop", available: usable(interrupt, acts.interrupt), run: () => setAsked("interrupt") },
  ]);
  return (
    <>
      {acts.send_again && (
        <Button look="primary" onPress={() => void again.run()} isPending={again.running} data-testid="send-again">
          {m.act_send_again()}
        </Button>
      )}
      {dossier.row.creation === "refused" && <Button onPress={onAgain}>{m.act_correct()}</Button>}
      {acts.again && dossier.mode !== null && (
        <ActButton act="again" icon="plus" onPress={onAgain} data-testid="again">
          {m.redo_act()}
        </ActButton>
      )}
      {acts.refresh && (
        <Button icon="refresh" onPress={() => void refresh.run()} isPending={refresh.running} data-testid="refresh">
          {m.act_refresh()}
        </Button>
      )}
      {acts.read_archived_report && (
        <Button onPress={() => void archived.run()} isPending={archived.running} data-testid="read-archived">
          {m.act_archived()}
        </Button>
      )}
      {acts.read_draft_report && (
        <Button look="quiet" onPress={() => setAsked("draft")} isPending={draft.running} data-testid="read-draft">
          {m.act_draft()}
        </Button>
      )}
      {acts.interrupt && (
        <Button look="danger" icon="stop" onPress={() => setAsked("interrupt")} isPending={interrupt.running} data-testid="interrupt">
          {m.act_interrupt()}
        </Button>
      )}
      {failed?.error && <Failure error={failed.error} retry={() => void failed.run()} refresh={() => { failed.clear(); void refresh.run(); }} dismiss={failed.clear} />}
      <Confirm open={asked === "interrupt"} title={m.interrupt_title({ name })} lead={m.interrupt_lead()} act={m.interrupt_act({ name })} danger onConfirm={() => confirm(interrupt)} onClose={() => setAsked(null)} />
      <Confirm open={asked === "draft"} title={m.draft_title({ name })} lead={m.draft_lead()} act={m.draft_act()} onConfirm={() => confirm(draft)} onClose={() => setAsked(null)} />
    </>
  );
}

function Failure({ error, retry, refresh, dismiss }: { error: WireError; retry: () => void; refresh: () => void; dismiss: () => void }) {
  return (
    <div className="dossier-failure">
      <ErrorBlock error={error} acts={{ refresh, ...(error.retryable && { retry }) }} onDismiss={dismiss} />
    </div>
  );
}
