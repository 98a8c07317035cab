import type { RefObject } from "react";
import type { ImportLine } from "../../backend/generated/ImportLine";
import type { ImportPlan } from "../../backend/generated/ImportPlan";
import type { ImportVerdict } from "../../backend/generated/ImportVerdict";
import { Button } from "../../design/components/Button";
import { Icon, type IconName } from "../../design/components/Icon";
import { useFormats } from "../../i18n/format";
import { IMPORT_RULE_WORD } from "../../i18n/list-words";
import { useMessages, type Messages } from "../../i18n/language";

interface PlanProps {
  plan: ImportPlan;
  headingRef: RefObject<HTMLHeadingElement | null>;
  running: boolean;
  onApply: () => void;
  onDrop: () => void;
}

const ICON: Record<ImportVerdict["kind"], IconName> = { new: "plus", completed: "check", known: "info", repeated: "copy", invalid: "stop" };

/** What the import would do, in counts and line by line; nothing is done yet. */
export function Plan({ plan, headingRef, running, onApply, onDrop }: PlanProps) {
  const m = useMessages();
  const f = useFormats();
  const all = plan.new + plan.completed + plan.known + plan.repeated + plan.invalid;
  const counts: [ImportVerdict["kind"], number, (count: { count: number; n: string }) => string][] = [
    ["new", plan.new, m.import_new],
    ["completed", plan.completed, m.import_completed],
    ["known", plan.known, m.import_known],
    ["repeated", plan.repeated, m.import_repeated],
    ["invalid", plan.invalid, m.import_invalid],
  ];
  const useful = plan.new + plan.completed;
  return (
    <section className="section import-plan" aria-labelledby="import-plan" data-testid="import-plan">
      <div className="import-plan-head">
        <div>
          <h2 id="import-plan" ref={headingRef} tabIndex={-1}>
            {m.import_step_check()}
          </h2>
          <p className="soft">{plan.file_name ? m.import_plan_file({ file: plan.file_name }) : m.import_plan_clipboard()}</p>
        </div>
        <div className="import-acts">
          <Button onPress={onDrop} isDisabled={running} data-testid="import-drop">
            {m.import_drop()}
          </Button>
          <Button look="primary" onPress={onApply} isDisabled={useful === 0} isPending={running} data-testid="import-apply">
            {m.import_act({ count: useful, n: f.number(useful) })}
          </Button>
        </div>
      </div>
      <ul className="import-counts" data-testid="import-counts">
        {counts.map(([kind, count, word]) => (
          <li key={kind} className={`import-count import-${kind}`} data-empty={count === 0 || undefined}>
            <Icon name={ICON[kind]} size={14} /> {word({ count, n: f.number(count) })}
          </li>
        ))}
      </ul>
      {useful === 0 && <p>{m.import_nothing()}</p>}
      {plan.lines.length < all && <p className="faint">{m.import_lines_first({ n: f.number(plan.lines.length) })}</p>}
      {/* A long table scrolls in its place, with the keyboard too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="import-lines" tabIndex={0} role="group" aria-label={m.import_lines()}>
        <table>
          <thead>
            <tr>
              <th scope="col">{m.import_line_number()}</th>
              <th scope="col">{m.import_line_id()}</th>
              <th scope="col">{m.import_line_reference()}</th>
              <th scope="col">{m.import_line_key()}</th>
              <th scope="col">{m.import_line_verdict()}</th>
            </tr>
          </thead>
          <tbody>
            {plan.lines.map((line) => (
              <Line key={line.number} line={line} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Line({ line }: { line: ImportLine }) {
  const m = useMessages();
  const f = useFormats();
  return (
    <tr data-testid="import-line" data-verdict={line.verdict.kind}>
      <th scope="row">{f.number(line.number)}</th>
      <td className="mono">{line.enrollment_id ?? "–"}</td>
      <td>{line.reference ?? "–"}</td>
      <td>{line.has_api_key ? m.import_line_key_yes() : <span className="faint">{m.import_line_key_no()}</span>}</td>
      <td>
        <span className={`import-verdict import-${line.verdict.kind}`}>
          <Icon name={ICON[line.verdict.kind]} size={14} /> {verdictWords(line.verdict, m)}
        </span>
      </td>
    </tr>
  );
}

function verdictWords(verdict: ImportVerdict, m: Messages): string {
  switch (verdict.kind) {
    case "new": return m.import_verdict_new();
    case "known": return m.import_verdict_known();
    case "completed": return m.import_verdict_completed();
    case "repeated": return m.import_verdict_repeated({ line: verdict.first });
    case "invalid": return IMPORT_RULE_WORD[verdict.rule]();
  }
}
