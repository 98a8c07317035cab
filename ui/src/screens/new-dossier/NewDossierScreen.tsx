import { useContext, useMemo, useState, useSyncExternalStore } from "react";
import { useTitle } from "../../app/title";
import type { DraftView } from "../../backend/generated/DraftView";
import { useKeptDraft, useSession, useSettings } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { useMessages } from "../../i18n/language";
import { BLANK } from "./draft";
import { DraftContext } from "./draft-context";
import { shownOf } from "./kept-draft";
import { KeptLine } from "./KeptLine";
import { NewDossierForm, type NewDossierFormProps } from "./NewDossierForm";
import "./NewDossier.css";

interface NewDossierScreenProps {
  onMade: (id: string, warning?: "browser") => void;
  onProcesses: () => void;
}

export function NewDossierScreen({ onMade, onProcesses }: NewDossierScreenProps) {
  const m = useMessages();
  const session = useSession();
  const settings = useSettings();
  const environmentId = session.data?.current?.environment_id;
  useTitle(m.new_title());
  const processes = useMemo(() => settings.data?.processes.filter((process) => process.environment_id === environmentId), [settings.data, environmentId]);
  const draft = useContext(DraftContext);
  // A form that is being typed is newer than what the register keeps of it.
  const [begun] = useState(() => draft.begun);
  const kept = useKeptDraft(!begun);
  // A launch goes on when its form is left: whoever comes back before its end must not make the dossier twice.
  const launching = useSyncExternalStore(draft.subscribe, draft.isLaunching);
  const [waits, setWaits] = useState(launching);
  if (waits && !launching) setWaits(false);

  if (waits && launching) {
    return (
      <div className="form-page">
        <h1>{m.new_title()}</h1>
        <p className="soft" role="status" data-testid="launch-under-way">
          {m.launch_running()}
        </p>
      </div>
    );
  }
  if (!processes || (!begun && kept.isPending)) return null;
  return (
    <div className="form-page">
      <h1>{m.new_title()}</h1>
      {processes.length === 0 ? (
        <section className="form-card" data-testid="no-process">
          <h2>{m.new_no_process_title()}</h2>
          <p className="soft">{m.new_no_process_lead()}</p>
          <div>
            <Button look="primary" icon="plus" onPress={onProcesses}>
              {m.new_no_process_act()}
            </Button>
          </div>
        </section>
      ) : (
        <BegunForm kept={begun ? null : (kept.data ?? null)} processes={processes} onMade={onMade} onProcesses={onProcesses} />
      )}
    </div>
  );
}

/** The form, with what was typed into it before the program ended until somebody empties it. */
function BegunForm({ kept, ...form }: { kept: DraftView | null } & Omit<NewDossierFormProps, "begin">) {
  const draft = useContext(DraftContext);
  const [begin, setBegin] = useState(() => kept && { form: shownOf(kept.draft), typedAt: kept.saved_at });
  const empty = () => {
    draft.drop(BLANK);
    setBegin(null);
  };
  return (
    <>
      {begin && <KeptLine typedAt={begin.typedAt} onEmpty={empty} />}
      <NewDossierForm key={begin ? "begun" : "blank"} {...form} begin={begin?.form ?? null} />
    </>
  );
}
