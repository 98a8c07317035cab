import { useEffect, useRef } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import type { DossierTab } from "../../app/router";
import { useTitle } from "../../app/title";
import type { DossierView } from "../../backend/generated/DossierView";
import { useDossierQuery } from "../../backend/queries";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { DossierHead } from "./DossierHead";
import { DocumentsTab } from "./documents/DocumentsTab";
import { LiveStatus } from "./LiveStatus";
import { dossierName } from "./names";
import { Notices } from "./Notices";
import { SummaryTab } from "./summary/SummaryTab";
import { TechnicalTab } from "./technical/TechnicalTab";
import { WhyTab } from "./why/WhyTab";
import "./Dossier.css";

interface DossierScreenProps {
  id: string;
  tab: DossierTab | undefined;
  browserFailed: boolean;
  onTab: (tab: DossierTab) => void;
  onCorrect: () => void;
  onBack: () => void;
  /** Opens another dossier in place of this one. */
  onOpen: (id: string) => void;
}

export function DossierScreen({ id, ...rest }: DossierScreenProps) {
  const m = useMessages();
  const dossier = useDossierQuery(id);
  useTitle(dossier.data ? dossierName(m, dossier.data.row) : m.dossiers_title());
  if (dossier.data) return <Whole dossier={dossier.data} {...rest} />;
  if (dossier.error) {
    return (
      <div className="dossier-missing">
        <ErrorBlock error={dossier.error} acts={{ retry: () => void dossier.refetch() }} />
      </div>
    );
  }
  return (
    <p className="dossier-missing" role="status">
      {m.dossier_loading()}
    </p>
  );
}

function Whole({ dossier, tab, browserFailed, onTab, onCorrect, onBack, onOpen }: Omit<DossierScreenProps, "id"> & { dossier: DossierView }) {
  const m = useMessages();
  const known = dossier.row.status?.known;
  const showWhy = known === "KO" || (dossier.report?.findings.length ?? 0) > 0;
  const chosen = tab === "why" && !showWhy ? undefined : tab;
  const selected = chosen ?? (known === "KO" ? "why" : "summary");

  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  return (
    <div className="dossier">
      <LiveStatus dossier={dossier} />
      <DossierHead dossier={dossier} headingRef={heading} onCorrect={onCorrect} onBack={onBack} onOpen={onOpen} />
      <Notices dossier={dossier} browserFailed={browserFailed} />
      <Tabs className="tabs" selectedKey={selected} onSelectionChange={(key) => onTab(key as DossierTab)}>
        <TabList className="tab-list" aria-label={m.dossier_tabs()}>
          <Tab id="summary" className="tab" data-testid="tab-summary">
            {m.tab_summary()}
          </Tab>
          {showWhy && (
            <Tab id="why" className="tab" data-testid="tab-why">
              {m.tab_why()}
            </Tab>
          )}
          <Tab id="documents" className="tab" data-testid="tab-documents">
            {m.tab_documents()}
          </Tab>
          <Tab id="technical" className="tab" data-testid="tab-technical">
            {m.tab_technical()}
          </Tab>
        </TabList>
        <TabPanel id="summary" className="tab-panel">
          <SummaryTab dossier={dossier} />
        </TabPanel>
        {showWhy && (
          <TabPanel id="why" className="tab-panel">
            <WhyTab dossier={dossier} />
          </TabPanel>
        )}
        <TabPanel id="documents" className="tab-panel">
          <DocumentsTab dossier={dossier} />
        </TabPanel>
        <TabPanel id="technical" className="tab-panel">
          <TechnicalTab dossier={dossier} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
