import { useRef, useState } from "react";
import { useFallenFocus } from "../../../app/focus";
import { useLatest } from "../../../app/latest";
import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { DossierView } from "../../../backend/generated/DossierView";
import type { ExpectedNamesView } from "../../../backend/generated/ExpectedNamesView";
import { useRemember } from "../../../backend/queries";
import { Button } from "../../../design/components/Button";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useMessages } from "../../../i18n/language";
import { DOCUMENTED_NAMES, ExpectedRowFields } from "../../new-dossier/ExpectedRows";
import type { ExpectedRow } from "../../new-dossier/draft";
import { ofRows, type Problem } from "../../new-dossier/problems";
import { useBegun } from "../begun";
import { Confirm } from "../Confirm";
import { useHere } from "../here";
import "./PushData.css";

const FRESH = { locked: true, auto: null };

const same = (one: ExpectedRow) => (other: ExpectedRow) =>
  one.key === other.key && one.name === other.name && one.value === other.value && one.locked === other.locked && one.auto === other.auto;

/** Further data to compare, for a dossier that exists: each is sent once, on a press. */
export function PushData({ dossier }: { dossier: DossierView }) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const { id } = dossier.row;
  const [{ rows }, write] = useBegun(id);
  const setRows = (next: ExpectedRow[]) => write({ rows: next });
  const [problems, setProblems] = useState<Problem[]>([]);
  const [told, setTold] = useState<ExpectedNamesView | null>(null);
  const [asking, setAsking] = useState<"names" | { number: string } | null>(null);
  const read = useAct(async () => setTold(await backend.getExpectedNames(id)));
  const data = rows.map(({ name, value, locked, auto }) => ({ name, value, locked, auto }));
  const here = useHere();
  const typedNow = useLatest(() => rows);
  const push = useAct(async (intentId) => {
    const pushed = await backend.pushData(intentId, id, data);
    // What was typed while these were on their way has not been sent.
    setRows(here.current ? typedNow().filter((row) => !rows.some(same(row))) : []);
    remember.dossier(pushed);
  });
  const begin = useAct(async () => {
    const found = await backend.checkData(id, data);
    setProblems(ofRows(found.problems, rows));
    if (found.problems.length > 0) return;
    if (found.sms_to !== null) setAsking({ number: found.sms_to });
    else await push.run();
  });
  const adding = useRef<HTMLButtonElement>(null);
  useFallenFocus(() => adding.current, `${rows.length} ${told?.source ?? ""}`);

  const done = new Set(dossier.expected.filter(({ locked, outcome }) => locked && outcome === "accepted").map(({ name }) => name));
  const names = (told?.names ?? DOCUMENTED_NAMES).filter((name) => !done.has(name));
  const unsent = dossier.expected.filter(({ outcome }) => outcome === "pending");
  const key = 1 + Math.max(0, ...rows.map((row) => row.key));
  const add = () => setRows([...rows, { ...FRESH, key, name: names.find((name) => !rows.some((row) => row.name === name)) ?? "", value: "" }]);
  const change = (which: number, part: Partial<ExpectedRow>) => setRows(rows.map((row) => (row.key === which ? { ...row, ...part } : row)));
  const number = asking !== null && asking !== "names" ? asking.number : null;
  const source = told === null ? m.push_names_unasked() : told.source === "dossier" ? m.push_names_told() : m.push_names_documented();
  return (
    <div className="push-data" data-testid="push-data">
      {rows.length > 0 && (
        <>
          <p className="soft" role="status" data-testid="names-source">
            {source}
          </p>
          {told?.source !== "dossier" && (
            <Button small onPress={() => setAsking("names")} isPending={read.running} data-testid="read-names">
              {m.push_names_read()}
            </Button>
          )}
          <ul className="expected-rows">
            {rows.map((row) => (
              <ExpectedRowFields
                key={row.key}
                row={row}
                names={names}
                problems={problems}
                onChange={(part) => change(row.key, part)}
                onRemove={() => setRows(rows.filter((one) => one.key !== row.key))}
              />
            ))}
          </ul>
        </>
      )}
      {read.error && <ErrorBlock error={read.error} onDismiss={read.clear} />}
      {begin.error && <ErrorBlock error={begin.error} onDismiss={begin.clear} />}
      {push.error && <ErrorBlock error={push.error} onDismiss={push.clear} />}
      <div className="push-acts">
        <Button small icon="plus" buttonRef={adding} onPress={add} data-testid="push-add">
          {m.new_expected_add()}
        </Button>
        {rows.length === 0 && unsent.length > 0 && (
          <Button small icon="refresh" onPress={() => setRows(unsent.map(({ name, value, locked }, at) => ({ key: at + 1, name, value, locked, auto: null })))} data-testid="push-unsent">
            {m.push_unsent({ count: unsent.length })}
          </Button>
        )}
        {rows.length > 0 && (
          <Button small look="primary" onPress={() => void begin.run()} isPending={begin.running || push.running} data-testid="push-send">
            {m.push_send()}
          </Button>
        )}
      </div>
      <Confirm
        open={asking === "names"}
        title={m.push_names_title()}
        lead={m.push_names_lead()}
        act={m.push_names_read()}
        onConfirm={() => {
          setAsking(null);
          void read.run();
        }}
        onClose={() => setAsking(null)}
      />
      <Confirm
        open={number !== null}
        title={m.auto_confirm_title()}
        lead={m.auto_confirm_lead({ number: number ?? "" })}
        act={m.push_send()}
        onConfirm={() => {
          setAsking(null);
          void push.run();
        }}
        onClose={() => setAsking(null)}
      />
    </div>
  );
}
