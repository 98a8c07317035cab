import { useCallback, useContext, useEffect, useRef, useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import { useDeskActs } from "../../app/acts/registry";
import { useAct } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { LaunchMode } from "../../backend/generated/LaunchMode";
import type { ProcessSettings } from "../../backend/generated/ProcessSettings";
import { useRemember } from "../../backend/queries";
import { wireError } from "../../backend/wire-error";
import { Button } from "../../design/components/Button";
import { Dialog } from "../../design/components/Dialog";
import { Select } from "../../design/components/Select";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useLanguage, useMessages } from "../../i18n/language";
import { LAUNCH_MODES } from "../../i18n/launch-words";
import { BLANK, isBegun, launchOf, type DraftForm, type Unsent } from "./draft";
import { DraftContext } from "./draft-context";
import { EarlierDossiers } from "./EarlierDossiers";
import { ErrorSummary } from "./ErrorSummary";
import { ExpectedRows } from "./ExpectedRows";
import { inputId } from "./fields";
import { FormField } from "./FormField";
import { LaunchChoice } from "./LaunchChoice";
import { MoreFields } from "./MoreFields";
import { typedInto, underTemplate, withReference } from "./template";
import { ofRows, problemSentence, type Problem } from "./problems";

/** The form to begin with. One that speaks of somebody keeps to its own process: where that is gone, the person chooses. */
function begunWith(kept: DraftForm, processes: ProcessSettings[], language: string): DraftForm {
  const own = processes.find(({ id }) => id === kept.process_id);
  const process = own ?? (isBegun(kept) ? undefined : processes[0]);
  return underTemplate({ ...kept, process_id: process?.id ?? "" }, process, language);
}

/** Where this computer's own address is refused, the customer's phone needs none; where another one is, this computer may do. */
function otherMode(mode: LaunchMode): LaunchMode {
  return mode === "this_pc" ? "phone" : "this_pc";
}

export interface NewDossierFormProps {
  processes: ProcessSettings[];
  /** What an earlier run of the program left; `null`: what this one knows. */
  begin: DraftForm | null;
  onMade: (id: string, warning?: "browser") => void;
  onProcesses: () => void;
}

export function NewDossierForm({ processes, begin, onMade, onProcesses }: NewDossierFormProps) {
  const m = useMessages();
  const language = useLanguage();
  const backend = useBackend();
  const remember = useRemember();
  const draft = useContext(DraftContext);
  const [missed, setMissed] = useState(() => draft.missed);
  // Kept in the register but never sent: the same form goes out again under the same dossier.
  const [unsent, setUnsent] = useState<Unsent | null>(() => (missed?.unsent?.form === draft.read() ? missed.unsent : null));
  const [form, setForm] = useState<DraftForm>(() => unsent?.form ?? begunWith(begin ?? draft.read(), processes, language));
  const latest = useRef(form);
  const put = useCallback(
    (next: DraftForm) => {
      latest.current = next;
      setForm(next);
      draft.write(next);
    },
    [draft],
  );
  const [problems, setProblems] = useState<Problem[]>([]);
  const [smsAsked, setSmsAsked] = useState<{ number: string; openLink: boolean } | null>(null);
  const summary = useRef<HTMLDivElement>(null);
  const process = processes.find(({ id }) => id === form.process_id);
  const mode = form.mode ?? process?.launch_mode ?? "this_pc";
  const words = LAUNCH_MODES[mode];
  const pattern = process?.template.reference ?? "";
  const prepared = useRef(unsent?.form);
  useEffect(() => {
    // A prepared dossier has its reference.
    if (latest.current === prepared.current) return undefined;
    let wanted = true;
    const propose = (reference: string | null) => {
      if (wanted) put(withReference(latest.current, reference));
    };
    if (pattern === "") propose(null);
    // Without a proposal there is a field to type in.
    else backend.proposeReference(form.process_id).then(propose, () => propose(null));
    return () => {
      wanted = false;
    };
  }, [backend, form.process_id, pattern, put]);

  const inSight = useRef(true);
  useEffect(() => {
    inSight.current = true;
    draft.miss(null);
    return () => {
      inSight.current = false;
    };
  }, [draft]);
  const launch = useAct((intentId, open_link: boolean) =>
    draft.launching(async (stays) => {
      const earlier = unsent?.form === form && unsent.open_link === open_link ? unsent.id : null;
      const launched = draft.making(() => (earlier ? backend.sendAgain(intentId, earlier) : backend.launchDossier(intentId, launchOf(form, mode, open_link))));
      const outcome = await launched.catch((reason: unknown) => {
        const failure = wireError(reason);
        // One that is sent again stays prepared, also where the refusal does not name it.
        const id = failure.params["dossier_id"] ?? earlier;
        const kept = failure.retryable && id ? { id, form, open_link } : null;
        setUnsent(kept);
        if (!inSight.current && stays()) draft.miss({ failure, unsent: kept, open_link });
        throw reason;
      });
      // Signed out meanwhile: what the next person types, and where they are, stays as it is.
      if (!stays()) return;
      const next = { ...BLANK, process_id: form.process_id, lang: form.lang === form.proposed.lang ? BLANK.lang : form.lang };
      // Sending again forgets no draft: elsewhere it is another person's.
      if (earlier) draft.drop(next);
      else draft.made(next);
      remember.dossier(outcome.dossier);
      onMade(outcome.dossier.row.id, outcome.link_opened === false ? "browser" : undefined);
    }),
  );

  const onChange = (change: Partial<DraftForm>) => {
    const typed = typedInto(form, change);
    const next = change.process_id === undefined ? typed : underTemplate(typed, processes.find(({ id }) => id === change.process_id), language);
    put(next);
    // An answer that does not come leaves what is in view; a press asks again.
    if (problems.length > 0) look(next).catch(() => undefined);
  };
  /** What is to be mended of it; an answer about an older form is not shown. */
  const look = async (typed: DraftForm) => {
    const found = await backend.checkForm(launchOf(typed, mode, true));
    const mended = ofRows(found.problems, typed.expected);
    if (latest.current === typed) setProblems(mended);
    return { ...found, problems: mended };
  };
  const judge = useAct(async (_intentId, openLink: boolean) => {
    const { problems: found, sms_to } = await look(form);
    if (found.length > 0) setTimeout(() => summary.current?.focus());
    else if (sms_to !== null) setSmsAsked({ number: sms_to, openLink });
    else await launch.run(openLink);
  });
  const running = judge.running || launch.running;
  const error = launch.error ?? judge.error ?? missed?.failure;
  /** What «try again» tries: a link that was not to be opened here stays so. */
  const asked = useRef(missed?.open_link ?? true);
  const submit = (openLink: boolean) => {
    if (launch.running) return;
    asked.current = openLink;
    launch.clear();
    setMissed(null);
    void judge.run(openLink);
  };
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    submit(true);
  };
  useDeskActs("screen", [
    { id: "launch", label: words.act(m), icon: words.icon, keys: ["Control+Enter"], available: !running, run: () => submit(true) },
    ...(words.actAlone ? [{ id: "launch-only", label: words.actAlone(m), available: !running, run: () => submit(false) }] : []),
  ]);

  const refusal = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed is at the other end of the form.
    if (error) refusal.current?.focus();
  }, [error]);
  const refusedField = error?.code === "invalid_field" ? error.params["field"] : undefined;
  const shown: Problem[] = problems.length === 0 && refusedField ? [{ field: refusedField, rule: "refused", most: null }] : problems;
  const processProblem = shown.find(({ field }) => field === "process_id");
  const missing = process ? null : m.problem_process_missing();
  const fields = { form, problems: shown, onChange };
  return (
    <Form className="form-card" onSubmit={onSubmit}>
      {error && !refusedField && (
        <div ref={refusal} tabIndex={-1}>
          <ErrorBlock
            error={error}
            acts={{
              retry: () => submit(asked.current),
              choose_process: onProcesses,
              change_mode: () => {
                launch.clear();
                judge.clear();
                setMissed(null);
                onChange({ mode: otherMode(mode) });
              },
            }}
          />
        </div>
      )}
      {shown.length > 0 && <ErrorSummary ref={summary} problems={shown} />}
      <Select
        label={m.new_process()}
        options={processes.map(({ id, name, idclaim }) => ({ id, label: name, ...(idclaim && { note: m.process_idclaim_short() }) }))}
        value={process?.id ?? null}
        placeholder={m.action_choose_process()}
        onChange={(process_id) => onChange({ process_id })}
        problem={processProblem ? problemSentence(m, processProblem) : missing}
        id={inputId("process_id")}
        testId="field-process_id"
      />
      <fieldset className="form-section">
        <legend className="form-legend">{m.new_customer()}</legend>
        <div className="form-grid">
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the person came here to type */}
          <FormField name="last_name" {...fields} autoFocus />
          <FormField name="first_name" {...fields} />
          <FormField name="reference" {...fields} />
          <FormField name="email" {...fields} type="email" />
          <FormField name="phone_number" {...fields} type="tel" />
          <EarlierDossiers reference={form.reference} />
        </div>
      </fieldset>
      <LaunchChoice mode={mode} lang={form.lang} onMode={(chosen) => onChange({ mode: chosen })} onLang={(lang) => onChange({ lang })} />
      <MoreFields {...fields} idclaim={process?.idclaim ?? false} />
      <ExpectedRows {...fields} />
      <div className="form-acts">
        <Button look="primary" type="submit" icon={words.icon} isPending={running} data-testid="launch">
          {running ? m.launch_running() : words.act(m)}
        </Button>
        {words.actAlone && (
          <Button onPress={() => submit(false)} isPending={running} data-testid="launch-without-opening">
            {words.actAlone(m)}
          </Button>
        )}
        <kbd>{m.launch_keys()}</kbd>
      </div>
      <Dialog
        open={smsAsked !== null}
        onClose={() => setSmsAsked(null)}
        urgent
        title={m.auto_confirm_title()}
        actions={
          <>
            <Button onPress={() => setSmsAsked(null)}>{m.cancel()}</Button>
            <Button
              look="primary"
              data-testid="confirm"
              onPress={() => {
                const openLink = smsAsked?.openLink ?? true;
                setSmsAsked(null);
                void launch.run(openLink);
              }}
            >
              {m.auto_confirm_act()}
            </Button>
          </>
        }
      >
        <p>{m.auto_confirm_lead({ number: smsAsked?.number ?? "" })}</p>
      </Dialog>
    </Form>
  );
}
