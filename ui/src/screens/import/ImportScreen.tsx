import { useCallback, useEffect, useRef, useState } from "react";
import { useLongAct } from "../../app/long-acts/use-long-act";
import { ActButton } from "../../app/acts/ActButton";
import { useFallenFocus } from "../../app/focus";
import { useTitle } from "../../app/title";
import { useBackend } from "../../backend/context";
import type { ImportOutcome } from "../../backend/generated/ImportOutcome";
import type { ImportPlan } from "../../backend/generated/ImportPlan";
import type { ImportSource } from "../../backend/generated/ImportSource";
import { useListRows } from "../../backend/list-context";
import { useSession, useSettings } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Callout } from "../../design/components/Callout";
import { Section } from "../../design/components/Section";
import { Select } from "../../design/components/Select";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { Expected } from "./Expected";
import { Plan } from "./Plan";
import "./Import.css";

const NO_PROCESS = "none";
/** By the key, not by the paste: what is pasted must not reach the page. */
const PASTE = ["Control+V"];

/** Brings dossiers made elsewhere into the register: read, judged line by line, and only then added. */
export function ImportScreen({ onList }: { onList: () => void }) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const rows = useListRows();
  const session = useSession().data;
  const settings = useSettings().data;
  const { run, running } = useLongAct();
  const reading = useLongAct();
  useTitle(m.import_title());

  const [processId, setProcessId] = useState<string | null>(null);
  const [plan, setPlan] = useState<ImportPlan | null>(null);
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const planHeading = useRef<HTMLHeadingElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const result = useRef<HTMLDivElement>(null);
  // The plan goes with the button that was pressed.
  useFallenFocus(() => result.current, outcome);
  // The choice of a process is closed while something is read.
  useFallenFocus(() => heading.current, reading.running);

  const pending = useRef<string | null>(null);
  const inView = useRef(true);
  const drop = useCallback((planId: string) => void backend.dropImport(planId).catch(() => undefined), [backend]);
  const hold = (next: ImportPlan | null) => {
    if (pending.current) drop(pending.current);
    pending.current = next?.plan_id ?? null;
    setPlan(next);
  };
  useEffect(() => {
    inView.current = true;
    const left = pending;
    // Leaving the screen: what was read is forgotten there too.
    return () => {
      inView.current = false;
      if (left.current) drop(left.current);
      left.current = null;
    };
  }, [drop]);

  const read = async (source: ImportSource) => {
    const next = await reading.run({ title: () => m.import_reading(), outcome: () => null }, (intentId) => backend.readImport(intentId, source, processId));
    if (!next) return;
    if (!inView.current) {
      // Read to its end behind another screen: nobody is there to judge it, and it holds keys.
      drop(next.plan_id);
      return;
    }
    setOutcome(null);
    hold(next);
  };
  useEffect(() => {
    if (plan) planHeading.current?.focus();
  }, [plan]);

  const done = ({ added, completed }: ImportOutcome) =>
    `${[m.import_done({ count: added, n: f.number(added) }), completed > 0 && m.import_completed({ count: completed, n: f.number(completed) })].filter(Boolean).join(", ")}.`;
  const apply = async ({ plan_id }: ImportPlan) => {
    // Rust holds it now: leaving the screen must not take it away.
    pending.current = null;
    const answer = await run({ title: () => m.import_running(), outcome: done }, (intentId) => backend.applyImport(intentId, plan_id));
    if (!answer) {
      if (inView.current) pending.current = plan_id;
      else drop(plan_id);
      return;
    }
    setPlan(null);
    setOutcome(answer);
    rows.readAgain();
  };

  const processes = (settings?.processes ?? []).filter(({ environment_id }) => environment_id === session?.current?.environment_id);
  return (
    <div className="import">
      <header className="import-head">
        <h1 ref={heading} tabIndex={-1}>
          {m.import_title()}
        </h1>
        <p className="soft">{m.import_lead()}</p>
      </header>
      <div className="import-first">
        <Section title={m.import_step_source()}>
          <Select
            label={m.import_process()}
            hint={m.import_process_hint()}
            options={[{ id: NO_PROCESS, label: m.import_process_none() }, ...processes.map(({ id, name }) => ({ id, label: name }))]}
            value={processId ?? NO_PROCESS}
            onChange={(id) => {
              setProcessId(id === NO_PROCESS ? null : id);
              if (plan) hold(null);
            }}
            // What is being read or added is of the process that was chosen for it.
            isDisabled={reading.running || running}
            testId="import-process"
          />
          <div className="import-sources">
            <ActButton act="import-file" look={plan ? "secondary" : "primary"} onPress={() => void read("file")} isPending={reading.running || running} data-testid="import-file">
              {m.import_file()}
            </ActButton>
            <ActButton act="import-clipboard" keys={PASTE} onPress={() => void read("clipboard")} isPending={reading.running || running} data-testid="import-clipboard">
              {m.import_clipboard()}
            </ActButton>
          </div>
          <p className="faint" role="status">
            {reading.running ? m.import_reading() : m.import_clipboard_keys()}
          </p>
        </Section>
        <Expected />
      </div>
      {outcome && (
        <div ref={result} tabIndex={-1}>
          <Callout tone="good" live="status" data-testid="import-result" actions={<Button small onPress={onList}>{m.import_see()}</Button>}>
            {done(outcome)}
          </Callout>
        </div>
      )}
      {plan && (
        <Plan
          plan={plan}
          headingRef={planHeading}
          running={running}
          onApply={() => void apply(plan)}
          onDrop={() => {
            hold(null);
            heading.current?.focus();
          }}
        />
      )}
    </div>
  );
}
