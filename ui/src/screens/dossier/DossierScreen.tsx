import { useEffect, useRef } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { isPlainLetter } from "../../app/keys";
import type { DossierTab } from "../../app/router";
import { useTitle } from "../../app/title";
import type { DossierView } from "../../backend/generated/DossierView";
import { useDossierQuery } from "../../backend/queries";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { DossierHead } from "./DossierHead";
import { LiveStatus } from "./LiveStatus";
import { dossierName } from "./names";
import { Notices } from "./Notices";
import { TABS } from "./tabs";
import "./Dossier.css";

interface DossierScreenProps {
  id: string;
  tab: DossierTab | undefined;
  browserFailed: boolean;
  /** The viewer lies over the window. */
  covered: boolean;
  onTab: (tab: DossierTab) => void;
  /** The viewer on the page of that key; without one, on the first. */
  onView: (leaf?: string) => void;
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

function Whole({ dossier, tab, browserFailed, covered, onTab, onView, onCorrect, onBack, onOpen }: Omit<DossierScreenProps, "id"> & { dossier: DossierView }) {
  const m = useMessages();
  const known = dossier.row.status?.known;
  const tabs = TABS.filter(({ shown }) => shown === undefined || shown(dossier));
  const chosen = tabs.find(({ id }) => id === tab)?.id;
  const selected = chosen ?? (known === "KO" ? "why" : "summary");

  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Under the viewer the focus is not its own.
    if (!covered) heading.current?.focus();
  }, [covered]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainLetter(event) || event.key.toLowerCase() !== "d") return;
      event.preventDefault();
      onView();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onView]);

  return (
    <div className="dossier">
      <LiveStatus dossier={dossier} />
      <DossierHead dossier={dossier} headingRef={heading} onCorrect={onCorrect} onBack={onBack} onOpen={onOpen} />
      <Notices dossier={dossier} browserFailed={browserFailed} />
      <Tabs className="tabs" selectedKey={selected} onSelectionChange={(key) => onTab(key as DossierTab)}>
        <TabList className="tab-list" aria-label={m.dossier_tabs()}>
          {tabs.map(({ id, title }) => (
            <Tab key={id} id={id} className="tab" data-testid={`tab-${id}`}>
              {title(m)}
            </Tab>
          ))}
        </TabList>
        {tabs.map(({ id, panel }) => (
          <TabPanel key={id} id={id} className="tab-panel">
            {panel(dossier, { onAgain: onCorrect, onView, covered })}
          </TabPanel>
        ))}
      </Tabs>
    </div>
  );
}
