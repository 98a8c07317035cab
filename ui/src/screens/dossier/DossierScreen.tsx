import { useContext, useEffect, useRef, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useDeskActs, type DeskAct } from "../../app/acts/registry";
import type { DossierTab } from "../../app/router";
import { useTitle } from "../../app/title";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import { useDossierQuery } from "../../backend/queries";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { draftOf } from "../new-dossier/draft";
import { DraftContext } from "../new-dossier/draft-context";
import { Confirm } from "./Confirm";
import { DecisionDialog } from "./decision/DecisionDialog";
import { useEvidenceActs } from "./evidence/evidence-acts";
import { DossierHead } from "./DossierHead";
import { LiveStatus } from "./LiveStatus";
import { dossierName } from "./names";
import { Notices } from "./Notices";
import { TABS } from "./tabs";
import { useWatched } from "./watched";
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
  useWatched(id);
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

  const evidence = useEvidenceActs(dossier);
  const [deciding, setDeciding] = useState(false);
  const [said, setSaid] = useState("");
  const form = useContext(DraftContext);
  const backend = useBackend();
  const copy = useAct(async () => {
    form.write(draftOf(await backend.getLaunchForm(dossier.row.id)));
    onCorrect();
  });
  const [overwriting, setOverwriting] = useState(false);
  const again = () => (form.begun ? setOverwriting(true) : void copy.run());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Under the viewer the focus is not its own; nor when the launch left something to press.
    if (!covered && !document.activeElement?.closest("[data-testid=link-panel]")) heading.current?.focus();
  }, [covered]);
  useDeskActs("screen", [
    { id: "viewer", label: m.viewer_open(), icon: "image", keys: ["D"], run: () => onView() },
    ...tabs.map(({ id, title }): DeskAct => ({ id: `tab ${id}`, label: m.dossier_tab_named({ tab: title(m) }), ...(id === "why" && { keys: ["W"] }), run: () => onTab(id) })),
    { id: "back-to-list", label: m.back_to_list(), icon: "back", run: onBack },
  ]);

  return (
    <div className="dossier">
      <LiveStatus dossier={dossier} />
      <p className="visually-hidden" role="status">
        {said || evidence.said}
      </p>
      <DossierHead dossier={dossier} headingRef={heading} evidence={evidence} onCorrect={again} onDecide={() => setDeciding(true)} onBack={onBack} onOpen={onOpen} />
      {copy.error && <ErrorBlock error={copy.error} onDismiss={copy.clear} />}
      <Notices dossier={dossier} browserFailed={browserFailed} onAgain={again} />
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
            {panel(dossier, { onAgain: again, onDecide: dossier.acts.decide ? () => setDeciding(true) : null, evidence, onView, covered })}
          </TabPanel>
        ))}
      </Tabs>
      <Confirm
        open={overwriting}
        title={m.again_title()}
        lead={m.again_lead()}
        act={m.again_act()}
        onConfirm={() => {
          setOverwriting(false);
          void copy.run();
        }}
        onClose={() => setOverwriting(false)}
      />
      {deciding && (
        <DecisionDialog
          dossier={dossier}
          onClose={() => setDeciding(false)}
          onDecided={(words) => {
            setDeciding(false);
            setSaid(words);
          }}
        />
      )}
    </div>
  );
}
