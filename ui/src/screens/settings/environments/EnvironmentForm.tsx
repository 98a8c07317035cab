import { useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import { z } from "zod";
import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { EnvironmentSettings } from "../../../backend/generated/EnvironmentSettings";
import type { ManagedView } from "../../../backend/generated/ManagedView";
import { useRemember } from "../../../backend/queries";
import { Button } from "../../../design/components/Button";
import { Field } from "../../../design/components/Field";
import { Fixed } from "../../../design/components/Fixed";
import { Select } from "../../../design/components/Select";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { ENVIRONMENT_NAME } from "../../../i18n/domain-words";
import { useMessages } from "../../../i18n/language";
import { CaptureFields } from "../CaptureFields";
import { DeadlineFields } from "../DeadlineFields";

const PATHS = [
  ["archived_report_path", "{id}"],
  ["report_pdf_path", "{id}"],
  ["enrollment_status_path", "{token}"],
] as const;

const address = z.url({ protocol: /^https?$/ });
const path = (placeholder: string) => z.string().includes(placeholder).nullable();
const built = z.object({
  return_page: address.nullable(),
  archived_report_path: path("{id}"),
  report_pdf_path: path("{id}"),
  enrollment_status_path: path("{token}"),
});
const custom = built.extend({ name: z.string().trim().min(1), base_url: address, ui_base_url: address });

type Name = keyof z.infer<typeof custom>;

interface EnvironmentFormProps {
  environment: EnvironmentSettings;
  managed: ManagedView;
  onDone: () => void;
}

export function EnvironmentForm({ environment, managed, onDone }: EnvironmentFormProps) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  // One of the organisation's own is read as a whole; of the others, its windows and its rule may be fixed.
  const fixed = managed.environment_ids.includes(environment.id) || managed.state === "closed";
  const [form, setForm] = useState(environment);
  const [wrong, setWrong] = useState<string[]>([]);
  const save = useAct(async () => {
    remember.settings(await backend.saveEnvironment(form));
    onDone();
  });
  const change = (part: Partial<EnvironmentSettings>) => setForm((before) => ({ ...before, ...part }));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = (form.built_in ? built : custom).safeParse(form);
    setWrong(read.success ? [] : read.error.issues.map((issue) => String(issue.path[0])));
    if (read.success) void save.run();
  };
  const refused = save.error?.code === "invalid_field" ? save.error.params["field"] : undefined;
  const problem = (name: Name, sentence: string) => (wrong.includes(name) ? sentence : refused === name ? m.problem_refused() : null);
  const pathLabels = { archived_report_path: m.environment_archived_report_path(), report_pdf_path: m.environment_report_pdf_path(), enrollment_status_path: m.environment_enrollment_status_path() };

  return (
    <Form className="settings-form" onSubmit={submit}>
      <h2>{environment.id === "" ? m.environment_new() : (environment.name ?? ENVIRONMENT_NAME[environment.kind]())}</h2>
      {fixed && <Fixed testId="environment-fixed" />}
      {save.error && !refused && <ErrorBlock error={save.error} />}
      {!form.built_in && (
        <div className="form-grid">
          <Field label={m.environment_name()} value={form.name ?? ""} onChange={(name) => change({ name })} isReadOnly={fixed} problem={problem("name", m.problem_required())} testId="environment-name" />
          {fixed ? (
            <Field label={m.environment_kind()} value={ENVIRONMENT_NAME[form.kind]()} onChange={() => undefined} isReadOnly />
          ) : (
            <Select
              label={m.environment_kind()}
              value={form.kind}
              onChange={(kind) => change({ kind: kind as EnvironmentSettings["kind"] })}
              options={(["production", "pre_production", "sandbox"] as const).map((id) => ({ id, label: ENVIRONMENT_NAME[id]() }))}
            />
          )}
        </div>
      )}
      <div className="form-grid">
        <Field label={m.environment_base_url()} value={form.base_url} onChange={(base_url) => change({ base_url })} isReadOnly={form.built_in || fixed} problem={problem("base_url", m.problem_url())} mono testId="environment-base-url" />
        <Field label={m.environment_ui_base_url()} value={form.ui_base_url} onChange={(ui_base_url) => change({ ui_base_url })} isReadOnly={form.built_in || fixed} problem={problem("ui_base_url", m.problem_url())} mono testId="environment-ui-base-url" />
      </div>
      <Field label={m.environment_return_page()} hint={m.environment_return_page_hint()} value={form.return_page ?? ""} onChange={(text) => change({ return_page: text || null })} isReadOnly={fixed} problem={problem("return_page", m.problem_url())} mono />
      <fieldset>
        <legend className="field-label">{m.environment_paths()}</legend>
        <p className="faint settings-note">{m.environment_paths_note()}</p>
        <div className="form-grid">
          {PATHS.map(([name, placeholder]) => (
            <Field key={name} label={pathLabels[name]} value={form[name] ?? ""} onChange={(text) => change({ [name]: text || null })} isReadOnly={fixed} problem={problem(name, m.problem_path_id({ placeholder }))} mono testId={`environment-${name}`} />
          ))}
        </div>
      </fieldset>
      <DeadlineFields value={form.deadlines} onChange={(deadlines) => change({ deadlines })} fixed={fixed || managed.locked.includes("deadlines")} />
      <CaptureFields value={form.capture} onChange={(capture) => change({ capture })} fixed={fixed || managed.locked.includes("capture")} />
      <div className="gate-acts">
        {!fixed && (
          <Button look="primary" type="submit" isPending={save.running} data-testid="save-environment">
            {m.settings_save()}
          </Button>
        )}
        <Button onPress={onDone}>{fixed ? m.close() : m.cancel()}</Button>
      </div>
    </Form>
  );
}
