import type { CheckFinding } from "../../../backend/generated/CheckFinding";
import { useLanguage } from "../../../i18n/language";

export function Findings({ findings }: { findings: CheckFinding[] }) {
  const language = useLanguage();
  return (
    <ul className="check-findings">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.sentence.en}`} data-code={finding.code}>
          {finding.sentence[language]}
        </li>
      ))}
    </ul>
  );
}
