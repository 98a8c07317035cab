import { useState } from "react";
import type { DossierView } from "../../../backend/generated/DossierView";
import { Button } from "../../../design/components/Button";
import { Icon } from "../../../design/components/Icon";
import { useMessages } from "../../../i18n/language";
import { documentStatusWord } from "../../../i18n/report-words";
import { documentWord, leavesOf, sideWord, type Leaf } from "../../viewer/pages";
import { Preview } from "../../viewer/Preview";
import { SavePanel } from "./SavePanel";
import "./Documents.css";

interface DocumentsTabProps {
  dossier: DossierView;
  /** The viewer lies over the window: nothing needs to be painted below it. */
  covered: boolean;
  onView: (leaf: string) => void;
}

export function DocumentsTab({ dossier, covered, onView }: DocumentsTabProps) {
  const m = useMessages();
  const leaves = leavesOf(dossier);
  const [chosen, setChosen] = useState<string | null>(null);
  const leaf = leaves.find(({ key }) => key === chosen) ?? leaves[0];
  const recto = leaves.find(({ page }) => page.side === "recto");
  const verso = leaves.find(({ page }) => page.side === "verso");
  const show = (wanted: Leaf | undefined) => wanted && setChosen(wanted.key);
  const save = <SavePanel dossier={dossier} subjects={["recto", "verso", "all_documents", "id_claim", "report_raw", "report_masked", "report_pdf"]} />;

  if (!leaf) {
    return (
      <div className="technical">
        <p className="soft" data-testid="no-document">
          {dossier.report ? m.documents_none() : m.documents_no_report()}
        </p>
        {save}
      </div>
    );
  }
  return (
    <div className="documents">
      <div className="documents-side">
        <div className="documents-sides">
          <Button small onPress={() => show(recto)} isDisabled={!recto} data-testid="view-recto">
            {m.documents_view_recto()}
          </Button>
          <Button small onPress={() => show(verso)} isDisabled={!verso} data-testid="view-verso">
            {m.documents_view_verso()}
          </Button>
        </div>
        {recto && !verso && <p className="faint documents-note">{m.documents_no_verso()}</p>}
        <ul className="leaves" aria-label={m.documents_list()}>
          {leaves.map((one) => (
            <li key={one.key}>
              <button type="button" className="leaf" aria-current={one.key === leaf.key} onClick={() => show(one)}>
                <Icon name="image" />
                <span className="leaf-words">
                  <span>{documentWord(m, one)}</span>
                  <span className="faint leaf-note">{[sideWord(m, one), one.status && documentStatusWord(one.status)].filter(Boolean).join(" · ")}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className="documents-preview">
        {!covered && <Preview key={leaf.key} dossier={dossier} leaf={leaf} />}
        <Button icon="fit" onPress={() => onView(leaf.key)} aria-keyshortcuts="D" data-testid="open-viewer">
          {m.viewer_open()}
        </Button>
      </div>
      <div className="documents-save">{save}</div>
    </div>
  );
}
