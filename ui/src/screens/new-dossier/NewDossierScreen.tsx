import { useMemo } from "react";
import { useTitle } from "../../app/title";
import { useSession, useSettings } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { useMessages } from "../../i18n/language";
import { NewDossierForm } from "./NewDossierForm";
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

  if (!processes) return null;
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
        <NewDossierForm processes={processes} onMade={onMade} onProcesses={onProcesses} />
      )}
    </div>
  );
}
