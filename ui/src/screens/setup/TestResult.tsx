import type { AccountKind } from "../../backend/generated/AccountKind";
import type { AccountTest } from "../../backend/generated/AccountTest";
import type { DeadlinePolicy } from "../../backend/generated/DeadlinePolicy";
import type { Proof } from "../../backend/generated/Proof";
import type { TestFinding } from "../../backend/generated/TestFinding";
import { useSettings } from "../../backend/queries";
import { Callout, type Tone } from "../../design/components/Callout";
import { Icon, type IconName } from "../../design/components/Icon";
import { FINDING_WORD } from "../../i18n/setup-words";
import { useMessages, type Messages } from "../../i18n/language";

const TONE: Record<TestFinding, Tone> = {
  passed: "good",
  host_silent: "error",
  host_untrusted: "critical",
  host_not_id360: "error",
  id_or_secret: "error",
  code: "attention",
  account_refused: "error",
  token_refused: "error",
  nothing_learnt: "attention",
};

const ICON: Record<Proof, IconName> = { good: "check", doubtful: "warning", open: "clock" };

interface TestResultProps {
  test: AccountTest;
  account: AccountKind;
  host: string;
  environmentId: string;
}

/** What the test proved, what it puts in doubt, and what cannot be known yet. */
export function TestResult({ test, account, host, environmentId }: TestResultProps) {
  const m = useMessages();
  const settings = useSettings().data;
  const windows = (settings?.environments.find(({ id }) => id === environmentId) ?? settings?.new_environment)?.deadlines;
  const words = test.finding === "passed" && test.password_kept ? m.setup_found_passed_kept() : FINDING_WORD[test.finding]({ host });
  const proofs: [string, string, Proof, string?][] = [
    ["host", m.setup_result_host(), test.host, host],
    ["account", m.setup_result_account(), test.account],
    ["session", m.setup_result_session(), test.session],
  ];
  const proofWord: Record<Proof, string> = { good: m.setup_proof_good(), doubtful: m.setup_proof_doubtful(), open: m.setup_proof_open() };
  return (
    <section className="setup-result" aria-label={m.setup_result_title()} data-testid="test-result" data-finding={test.finding}>
      <Callout tone={TONE[test.finding]} live={test.finding === "passed" ? "status" : "alert"}>
        <p>{words}</p>
        {test.error?.params.detail && <p className="faint">{m.error_provider_words({ words: test.error.params.detail })}</p>}
      </Callout>
      <ul className="setup-proofs">
        {proofs.map(([part, name, proof, what]) => (
          <li key={part} className="setup-proof" data-proof={proof} data-testid={`proof-${part}`}>
            <Icon name={ICON[proof]} />
            <span>
              {name} {what && <span className="faint mono">{what}</span>}
            </span>
            <strong>{proofWord[proof]}</strong>
          </li>
        ))}
        <li className="setup-proof" data-proof="open" data-testid="proof-process">
          <Icon name={ICON.open} />
          <span>{m.setup_result_process()}</span>
          <strong>{m.setup_proof_process()}</strong>
        </li>
      </ul>
      {test.finding === "passed" && windows && (
        <div className="setup-reach">
          <h2>{m.setup_reach_title()}</h2>
          <dl className="rows" data-testid="setup-reach">
            {reach(m, account, windows).map(([name, what]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <p className="faint">{m.setup_reach_note()}</p>
        </div>
      )}
    </section>
  );
}

/** By the kind of account (facts §B.3), in the windows of the environment. */
function reach(m: Messages, account: AccountKind, windows: DeadlinePolicy): [string, string][] {
  const days = (n: number) => m.deadlines_unit_days({ n });
  const user = account === "user";
  return [
    [m.setup_reach_reports(), user ? m.setup_reach_reports_user({ days: days(windows.report_user_days) }) : m.setup_reach_reports_application({ days: days(windows.report_application_days) })],
    [m.setup_reach_archive(), user ? m.setup_reach_archive_user() : m.setup_reach_archive_application()],
    [m.setup_reach_documents(), m.setup_reach_reports_application({ days: days(windows.documents_days) })],
    [m.setup_reach_create(), m.setup_reach_create_note()],
    [m.setup_reach_lapse(), user ? m.setup_reach_lapse_user() : m.setup_reach_lapse_application()],
  ];
}
