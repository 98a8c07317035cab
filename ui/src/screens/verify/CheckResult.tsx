import type { FileCheck } from "../../backend/generated/FileCheck";
import { Callout } from "../../design/components/Callout";
import { useMessages } from "../../i18n/language";
import { ContainerVerdict } from "./container/ContainerVerdict";
import { PackVerdict } from "./pack/PackVerdict";
import { ReportActs } from "./ReportActs";

export function CheckResult({ check }: { check: FileCheck }) {
  const m = useMessages();
  const { found } = check;
  if (found.kind === "other") {
    return (
      <Callout tone="attention" data-testid="verdict" data-verdict="other">
        <p>{m.verify_other()}</p>
      </Callout>
    );
  }
  return (
    <>
      {found.kind === "pack" ? <PackVerdict verdict={found.verdict} /> : <ContainerVerdict checkId={check.check_id} verdict={found.verdict} />}
      <ReportActs checkId={check.check_id} />
    </>
  );
}
