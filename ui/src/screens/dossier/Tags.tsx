import { useState } from "react";
import { useLongAct } from "../../app/long-acts/use-long-act";
import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import { Button } from "../../design/components/Button";
import { useMessages } from "../../i18n/language";
import { TagDialog } from "../dossiers/selection/TagDialog";
import { useDossierName } from "./names";

/** The dossier's tags, and the means to change them. */
export function Tags({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  const backend = useBackend();
  const name = useDossierName(dossier);
  const { run, running } = useLongAct();
  const [editing, setEditing] = useState(false);
  const { id, tags } = dossier.row;
  const tag = (add: string[], remove: string[]) => {
    setEditing(false);
    // What changed is in view at once: only a failure is told.
    void run({ title: () => m.bulk_tag_title(), outcome: () => null }, (intentId) => backend.tagDossiers(intentId, { kind: "some", ids: [id] }, add, remove));
  };
  return (
    <div>
      <dt>{m.tags_head()}</dt>
      <dd className="dossier-tags" data-testid="dossier-tags">
        {tags.length === 0 && <span className="faint">{m.tags_none()}</span>}
        {tags.map((one) => (
          <span key={one} className="tag">
            {one}
          </span>
        ))}
        <Button small look="quiet" icon="tag" iconOnly onPress={() => setEditing(true)} isPending={running} data-testid="edit-tags">
          {m.tags_edit()}
        </Button>
        {editing && <TagDialog count={name} onClose={() => setEditing(false)} onTag={tag} />}
      </dd>
    </div>
  );
}
