import { useState } from "react";
import type { DossierTemplate } from "../../../backend/generated/DossierTemplate";
import { Field } from "../../../design/components/Field";
import { Select } from "../../../design/components/Select";
import { PAGE_LANGUAGES } from "../../../i18n/launch-words";
import { useMessages } from "../../../i18n/language";

/** A choice that is no language's code. */
const WINDOWS_OWN = "window";

interface TemplateFieldsProps {
  template: DossierTemplate;
  /** Field and rule of what Rust refused. */
  refused: { field: string; rule: string | undefined };
  onChange: (template: DossierTemplate) => void;
}

/** What a form of the process begins with, unless the agent types something else. */
export function TemplateFields({ template, refused, onChange }: TemplateFieldsProps) {
  const m = useMessages();
  const [names, setNames] = useState(template.expected.join(", "));
  const problem = (field: string, words: string) => (refused.field === field ? words : null);
  const change = (part: Partial<DossierTemplate>) => onChange({ ...template, ...part });
  return (
    <fieldset className="form-section">
      <legend className="form-legend">{m.template_title()}</legend>
      <div className="form-grid">
        <Field
          label={m.template_reference()}
          hint={m.template_reference_hint({ year: "{year}", month: "{month}", day: "{day}", count: "{count}" })}
          value={template.reference}
          onChange={(reference) => change({ reference })}
          problem={problem("template.reference", refused.rule === "count" ? m.problem_template_count({ count: "{count}" }) : m.problem_template_reference())}
          mono
          spellCheck="false"
          testId="template-reference"
        />
        <Field label={m.field_group()} hint={m.field_group_hint()} value={template.group} onChange={(group) => change({ group })} problem={problem("template.group", m.problem_refused())} testId="template-group" />
        <Field
          label={m.template_expected()}
          hint={m.template_expected_hint()}
          value={names}
          onChange={(text) => {
            setNames(text);
            change({ expected: text.split(/[\s,;]+/).filter((name) => name !== "") });
          }}
          problem={problem("template.expected", m.problem_expected_name())}
          mono
          spellCheck="false"
          testId="template-expected"
        />
        <Select
          label={m.new_lang()}
          options={[{ id: WINDOWS_OWN, label: m.template_lang_window() }, ...PAGE_LANGUAGES.map(({ id, word }) => ({ id, label: word(m) }))]}
          value={template.lang ?? WINDOWS_OWN}
          onChange={(id) => change({ lang: id === WINDOWS_OWN ? null : id })}
          testId="template-lang"
        />
      </div>
    </fieldset>
  );
}
