import type { CheckLine } from "../../../backend/generated/CheckLine";
import type { ContainerVerdictView } from "../../../backend/generated/ContainerVerdictView";
import { useMessages } from "../../../i18n/language";
import { Mark } from "../Mark";
import { Findings } from "./Findings";

/** Four independent answers; a good one never hides a bad one. */
export function FourLines({ verdict }: { verdict: Pick<ContainerVerdictView, "container" | "integrity" | "signature" | "trust"> }) {
  const m = useMessages();
  const lines: [string, string, string, CheckLine][] = [
    ["container", m.check_line_container(), m.check_line_container_good(), verdict.container],
    ["integrity", m.check_line_integrity(), m.check_line_integrity_good(), verdict.integrity],
    ["signature", m.check_line_signature(), m.check_line_signature_good(), verdict.signature],
    ["trust", m.check_line_trust(), m.check_line_trust_good(), verdict.trust],
  ];
  return (
    <ul className="lines" aria-label={m.check_lines()}>
      {lines.map(([id, name, good, line]) => (
        <li key={id} className={`line line-${line.state}`} data-testid={`line-${id}`} data-state={line.state}>
          <span className="line-name">{name}</span>
          <Mark state={line.state} />
          <div className="line-body">{line.findings.length > 0 ? <Findings findings={line.findings} /> : line.state === "good" && <p>{good}</p>}</div>
        </li>
      ))}
    </ul>
  );
}
