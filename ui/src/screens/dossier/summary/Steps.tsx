import type { StepView } from "../../../backend/generated/StepView";
import { StatusPill } from "../../../design/components/StatusPill";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { stepWord } from "../../../i18n/report-words";
import "../../../design/components/PlainTable.css";

function seconds(step: StepView): number | null {
  if (!step.started_at || !step.finished_at) return null;
  const lapse = new Date(step.finished_at).getTime() - new Date(step.started_at).getTime();
  return Number.isFinite(lapse) ? Math.round(lapse / 1000) : null;
}

export function Steps({ steps }: { steps: StepView[] }) {
  const m = useMessages();
  const f = useFormats();
  return (
    <div className="plain-table-scroller">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{m.summary_step()}</th>
            <th scope="col">{m.summary_step_status()}</th>
            <th scope="col">{m.summary_step_started()}</th>
            <th scope="col">{m.summary_step_time()}</th>
            <th scope="col">{m.summary_step_codes()}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, place) => {
            const lapse = seconds(step);
            return (
              <tr key={`${place} ${step.name}`}>
                <th scope="row">
                  {stepWord(step.family)} <span className="faint mono">{step.name}</span>
                </th>
                <td>
                  <StatusPill status={step.status} />
                </td>
                <td>{step.started_at ? <time dateTime={step.started_at} title={f.fullDateTime(step.started_at)}>{f.dateTime(step.started_at)}</time> : "–"}</td>
                <td>{lapse === null ? "–" : m.summary_seconds({ n: f.number(lapse) })}</td>
                <td className="mono">{step.codes.join(", ") || "–"}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
