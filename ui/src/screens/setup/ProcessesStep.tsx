import { useQuery, keepPreviousData } from "@tanstack/react-query";
import { useEffect, useRef, type SyntheticEvent } from "react";
import { Form, type KeyboardEvent } from "react-aria-components";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import { useRemember, useSettings } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Callout } from "../../design/components/Callout";
import { Fixed } from "../../design/components/Fixed";
import { LongField } from "../../design/components/LongField";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import type { StepProps } from "./draft";
import { ProcessLineItem } from "./ProcessLineItem";

const SAMPLE = "00000000-0000-4000-8000-000000000000";

/** Processes as they are copied from the console or a sheet: each line is judged as it is typed, in Rust. */
export function ProcessesStep({ draft, onChange, onDone }: StepProps & { onDone: () => void }) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const remember = useRemember();
  const settings = useSettings().data;
  const mayAdd = !settings?.managed.locked.includes("processes");
  const given = settings?.processes.filter((one) => one.environment_id === draft.environmentId) ?? [];
  const text = mayAdd ? draft.processes : "";
  const { environmentId } = draft;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const judged = useQuery({
    queryKey: ["pasted-processes", environmentId, text],
    queryFn: () => backend.judgeProcesses(environmentId, text),
    enabled: text.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  const lines = text.trim() === "" ? undefined : judged.data;
  const fresh = lines?.new ?? 0;
  const left = lines?.invalid ?? 0;
  const finish = useAct(async () => {
    if (text.trim() !== "") remember.settings(await backend.addProcesses(environmentId, text));
    onDone();
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void finish.run();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void finish.run();
    else event.continuePropagation();
  };
  return (
    <Form className="gate-form" onSubmit={submit}>
      <h2>{m.setup_processes_title()}</h2>
      {finish.error && <ErrorBlock error={finish.error} onDismiss={finish.clear} />}
      {judged.error && <ErrorBlock error={judged.error} />}
      {!mayAdd && (
        <Callout tone="information" data-testid="setup-processes-given">
          <p>
            <Fixed /> {m.managed_no_process()}
          </p>
          <ul>
            {given.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </Callout>
      )}
      {mayAdd && <LongField
        label={m.setup_processes_field()}
        hint={
          <>
            {m.setup_processes_hint()} <span className="mono setup-sample">{m.setup_processes_sample({ uuid: SAMPLE })}</span>
          </>
        }
        value={text}
        onChange={(processes) => onChange({ processes })}
        onKeyDown={keys}
        rows={4}
        inputRef={field}
        mono
        testId="setup-processes"
      />}
      {lines && lines.lines.length > 0 && (
        // A long list scrolls in its place, with the keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="setup-lines" tabIndex={0} role="group" aria-label={m.setup_processes_lines()}>
          <ul>
            {lines.lines.map((line) => (
              <ProcessLineItem key={line.number} line={line} />
            ))}
          </ul>
        </div>
      )}
      <p role="status" className={left ? "setup-left" : "visually-hidden"} data-testid="setup-left">
        {left > 0 && m.setup_processes_left({ count: left, n: f.number(left) })}
      </p>
      <Callout tone="information">{m.setup_processes_honest()}</Callout>
      <div className="setup-foot">
        <Button icon="back" onPress={() => onChange({ step: "account" })} data-testid="setup-back">
          {m.setup_back()}
        </Button>
        <Button look="primary" type="submit" isPending={finish.running} aria-keyshortcuts="Control+Enter" data-testid="setup-finish">
          {fresh > 0 ? m.setup_finish({ count: fresh, n: f.number(fresh) }) : m.setup_finish_none()}
        </Button>
      </div>
    </Form>
  );
}
