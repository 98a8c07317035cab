import { useState, type SyntheticEvent } from "react";
import { Form } from "react-aria-components";
import { z } from "zod";
import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { SettingsView } from "../../../backend/generated/SettingsView";
import type { ProcessSettings } from "../../../backend/generated/ProcessSettings";
import { useKeptCallbackValues, useRemember } from "../../../backend/queries";
import { Button } from "../../../design/components/Button";
import { Check } from "../../../design/components/Check";
import { Field } from "../../../design/components/Field";
import { Select } from "../../../design/components/Select";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { ENVIRONMENT_NAME } from "../../../i18n/domain-words";
import { ruleWords } from "../../../i18n/evidence-words";
import { useMessages, type Messages } from "../../../i18n/language";
import { CaptureFields } from "../CaptureFields";
import { DeadlineFields } from "../DeadlineFields";
import { draftsOf, isKept, savedOf } from "./endpoint-draft";
import { Endpoints } from "./Endpoints";
import { EnrollmentPagesFields } from "./EnrollmentPagesFields";
import { LaunchFields } from "./LaunchFields";
import { TemplateFields } from "./TemplateFields";

/** Any UUID, whatever its version: ID360's are not all of one kind. */
const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i;

const schema = z.object({
  name: z.string().trim().min(1),
  process_uuid: z.string().trim().regex(UUID),
  callback_endpoints: z.array(z.object({ url: z.url({ protocol: /^https?$/ }) })),
});

/** Refusals that stand at their field. */
const SHOWN_AT_FIELD = new Set(["template.reference", "template.group", "template.expected", "name", "process_uuid", "return_page", "callback_headers"]);

const HEADER_PROBLEM: Record<string, ((m: Messages) => string) | undefined> = {
  name: (m) => m.problem_header_name(),
  value: (m) => m.problem_header_value(),
  required: (m) => m.problem_header_required(),
};

interface ProcessFormProps {
  process: ProcessSettings;
  settings: SettingsView;
  onDone: () => void;
}

export function ProcessForm({ process, settings, onDone }: ProcessFormProps) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const [form, setForm] = useState(process);
  const [endpoints, setEndpoints] = useState(() => draftsOf(process.callback_endpoints));
  const kept = useKeptCallbackValues(process.id);
  const [wrong, setWrong] = useState<string[]>([]);
  const save = useAct(async () => {
    const { endpoints: callback_endpoints, values } = savedOf(endpoints);
    remember.settings(await backend.saveProcess({ ...form, callback_endpoints, name: form.name.trim(), process_uuid: form.process_uuid.trim() }, values));
    onDone();
  });
  const change = (part: Partial<ProcessSettings>) => setForm((before) => ({ ...before, ...part }));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = schema.safeParse({ ...form, callback_endpoints: endpoints });
    setWrong(read.success ? [] : read.error.issues.map((issue) => issue.path.slice(0, 2).join(".")));
    if (read.success) void save.run();
  };
  const refused = save.error?.code === "invalid_field" ? save.error.params["field"] : undefined;
  const { environments } = settings;
  const { deadlines: windows, capture: rule } = environments.find(({ id }) => id === form.environment_id) ?? settings.new_environment;
  const days = (n: number) => m.deadlines_unit_days({ n });
  return (
    <Form className="settings-form" onSubmit={submit}>
      <h2>{process.name || m.process_new()}</h2>
      {save.error && !SHOWN_AT_FIELD.has(refused ?? "") && <ErrorBlock error={save.error} />}
      <div className="form-grid">
        <Field label={m.process_name()} hint={m.process_name_hint()} value={form.name} onChange={(name) => change({ name })} problem={wrong.includes("name") || refused === "name" ? m.problem_required() : null} testId="process-name" />
        <Select
          label={m.process_environment()}
          value={form.environment_id}
          onChange={(environment_id) => change({ environment_id })}
          options={environments.map((one) => ({ id: one.id, label: one.name ?? ENVIRONMENT_NAME[one.kind]() }))}
          testId="process-environment"
        />
      </div>
      <Field label={m.process_uuid()} value={form.process_uuid} onChange={(process_uuid) => change({ process_uuid })} problem={wrong.includes("process_uuid") || refused === "process_uuid" ? m.problem_uuid() : null} mono spellCheck="false" testId="process-uuid" />
      <Check isSelected={form.idclaim} onChange={(idclaim) => change({ idclaim })}>
        {m.process_idclaim()}
      </Check>
      <LaunchFields process={form} problem={wrong.includes("return_page") || refused === "return_page" ? m.problem_url() : null} onChange={change} />
      <EnrollmentPagesFields process={form} onChange={change} />
      <TemplateFields template={form.template} refused={{ field: refused ?? "", rule: save.error?.params["rule"] }} onChange={(template) => change({ template })} />
      <Endpoints
        endpoints={endpoints}
        wrong={wrong}
        wrongHeader={refused === "callback_headers" ? HEADER_PROBLEM[save.error?.params["rule"] ?? ""]?.(m) ?? m.error_invalid_field() : null}
        isKept={(url, header) => isKept(process.callback_endpoints, kept.data ?? [], url, header)}
        onChange={setEndpoints}
      />
      <Check isSelected={form.deadlines !== null} onChange={(own) => change({ deadlines: own ? windows : null })}>
        {m.process_own_deadlines()}
      </Check>
      {!form.deadlines && (
        <p className="faint settings-note">
          {m.process_own_deadlines_note({ documents: days(windows.documents_days), application: days(windows.report_application_days), user: days(windows.report_user_days) })}
        </p>
      )}
      {form.deadlines && <DeadlineFields value={form.deadlines} onChange={(deadlines) => change({ deadlines })} />}
      <Check isSelected={form.capture !== null} onChange={(own) => change({ capture: own ? rule : null })} data-testid="own-capture">
        {m.process_own_capture()}
      </Check>
      {form.capture ? (
        <CaptureFields value={form.capture} onChange={(capture) => change({ capture })} />
      ) : (
        <p className="faint settings-note">{m.process_own_capture_note({ rule: ruleWords(rule) })}</p>
      )}
      <div className="gate-acts">
        <Button look="primary" type="submit" isPending={save.running} data-testid="save-process">
          {m.settings_save()}
        </Button>
        <Button onPress={onDone}>{m.cancel()}</Button>
      </div>
    </Form>
  );
}
