import type { ReactNode } from "react";
import type { DossierTab } from "../../app/router";
import type { DossierView } from "../../backend/generated/DossierView";
import type { Messages } from "../../i18n/language";
import { ClaimPanel } from "./claim/ClaimPanel";
import { ComparisonTab } from "./comparison/ComparisonTab";
import { EvidenceTab } from "./evidence/EvidenceTab";
import type { EvidenceActs } from "./evidence/evidence-acts";
import { DocumentsTab } from "./documents/DocumentsTab";
import { SummaryTab } from "./summary/SummaryTab";
import { TechnicalTab } from "./technical/TechnicalTab";
import { WhyTab } from "./why/WhyTab";

export interface TabActs {
  /** A further dossier of the same person, from the form. */
  onAgain: () => void;
  /** The viewer on the page of that key. */
  onView: (leaf: string) => void;
  /** The viewer lies over the window. */
  covered: boolean;
  /** `null` where there is nothing to decide yet. */
  onDecide: (() => void) | null;
  evidence: EvidenceActs;
}

export interface TabOfDossier {
  id: DossierTab;
  title: (m: Messages) => string;
  /** Left out where there is nothing to show. */
  shown?: (dossier: DossierView) => boolean;
  panel: (dossier: DossierView, acts: TabActs) => ReactNode;
}

/** «Pourquoi» is worth a tab for a KO, and for whatever has signs that somebody should read. */
function hasWhy({ row, report }: DossierView): boolean {
  const { findings = [], unexplained = [] } = report?.explanation ?? {};
  return row.status?.known === "KO" || findings.length > 0 || unexplained.length > 0;
}

/** The tabs in their order; each stands in a folder of its own. */
export const TABS: TabOfDossier[] = [
  { id: "summary", title: (m) => m.tab_summary(), panel: (dossier) => <SummaryTab dossier={dossier} /> },
  { id: "why", title: (m) => m.tab_why(), shown: hasWhy, panel: (dossier, { onAgain, onDecide }) => <WhyTab dossier={dossier} onAgain={onAgain} onDecide={onDecide} /> },
  { id: "comparison", title: (m) => m.tab_comparison(), shown: ({ report }) => report !== null, panel: (dossier) => <ComparisonTab dossier={dossier} /> },
  { id: "documents", title: (m) => m.tab_documents(), panel: (dossier, { onView, covered }) => <DocumentsTab dossier={dossier} covered={covered} onView={onView} /> },
  { id: "evidence", title: (m) => m.tab_evidence(), shown: ({ row }) => row.creation === "created", panel: (dossier, { evidence }) => <EvidenceTab dossier={dossier} acts={evidence} /> },
  {
    id: "claim",
    title: (m) => m.tab_claim(),
    shown: (dossier) => dossier.idclaim_expected && dossier.row.status?.known === "OK",
    panel: (dossier) => (
      <div className="technical">
        <ClaimPanel dossier={dossier} />
      </div>
    ),
  },
  { id: "technical", title: (m) => m.tab_technical(), panel: (dossier) => <TechnicalTab dossier={dossier} /> },
];
