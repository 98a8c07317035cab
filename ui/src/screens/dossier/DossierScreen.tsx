import { useEffect, useRef, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useDeskActs, type DeskAct } from "../../app/acts/registry";
import { useFallenFocus } from "../../app/focus";
import type { DossierTab } from "../../app/router";
import { useTitle } from "../../app/title";
import type { DecisionChoice } from "../../backend/generated/DecisionChoice";
import type { DossierView } from "../../backend/generated/DossierView";
import { useDossierQuery } from "../../backend/queries";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { DECISION } from "../../i18n/decision-words";
import { useMessages } from "../../i18n/language";
import { useAgain } from "./again";
import { Confirm } from "./Confirm";
import { CHOICES, DecisionDialog } from "./decision/DecisionDialog";
import { useEvidenceActs } from "./evidence/evidence-acts";
import { DossierHead } from "./DossierHead";
import { LiveStatus } from "./LiveStatus";
import { dossierName } from "./names";
import { Notices } from "./Notices";
import { Said, useSaid } from "./Said";
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

  const [said, say] = useSaid();
  const evidence = useEvidenceActs(dossier, say);
  const [deciding, setDeciding] = useState<DecisionChoice | "open" | null>(null);
  const [unopened, setUnopened] = useState(browserFailed);
  const again = useAgain(dossier.row.id, onCorrect);
  const heading = useRef<HTMLHeadingElement>(null);
  // An act, or a verdict, takes away the button that had it.
  useFallenFocus(() => heading.current, dossier);
  useEffect(() => {
    // Under the viewer the focus is not its own; nor when the launch left something to press.
    if (!covered && !document.activeElement?.closest("[data-testid=link-panel]")) heading.current?.focus();
  }, [covered]);
  useDeskActs("screen", [
    { id: "viewer", label: m.viewer_open(), icon: "image", keys: ["D"], run: () => onView() },
    ...tabs.map(({ id, title }): DeskAct => ({ id: `tab ${id}`, label: m.dossier_tab_named({ tab: title(m) }), ...(id === "why" && { keys: ["W"] }), run: () => onTab(id) })),
    ...(dossier.acts.decide ? CHOICES : []).map((choice): DeskAct => ({ id: `decide ${choice}`, label: m.decision_named({ decision: DECISION[choice]() }), run: () => setDeciding(choice) })),
    { id: "back-to-list", label: m.back_to_list(), icon: "back", run: onBack },
  ]);

  return (
    <div className="dossier">
      <LiveStatus dossier={dossier} />
      <DossierHead dossier={dossier} headingRef={heading} evidence={evidence} onAgain={again.run} onUnopened={() => setUnopened(true)} onDecide={() => setDeciding("open")} onBack={onBack} onOpen={onOpen} />
      <Said said={said} />
      {again.refill.error && <ErrorBlock error={again.refill.error} onDismiss={again.refill.clear} />}
      <Notices dossier={dossier} browserFailed={unopened} lettingGo={again.lettingGo} onAgain={() => void again.refill.run()} />
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
            {panel(dossier, { onAgain: again.run, onDecide: dossier.acts.decide ? () => setDeciding("open") : null, evidence, onView, covered })}
          </TabPanel>
        ))}
      </Tabs>
      <Confirm open={again.asked} title={m.again_title()} lead={m.again_lead()} act={m.again_act()} onConfirm={again.confirm} onClose={again.refuse} />
      {deciding && (
        <DecisionDialog
          dossier={dossier}
          chosen={deciding === "open" ? null : deciding}
          onClose={() => setDeciding(null)}
          onDecided={(words) => {
            setDeciding(null);
            say(words);
          }}
        />
      )}
    </div>
  );
}
