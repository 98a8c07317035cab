import type { Backend } from "../backend";
import type { AccountKind } from "../generated/AccountKind";
import type { ErrorCode } from "../generated/ErrorCode";
import type { ProcessLine } from "../generated/ProcessLine";
import type { ProcessLines } from "../generated/ProcessLines";
import type { ProcessVerdict } from "../generated/ProcessVerdict";
import type { Proof } from "../generated/Proof";
import type { SessionView } from "../generated/SessionView";
import type { SettingsView } from "../generated/SettingsView";
import type { TestFinding } from "../generated/TestFinding";
import { process } from "./settings";
import type { Stage } from "./stage";

const UUID = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/i;

const FOUND: Record<TestFinding, { proofs: [Proof, Proof, Proof]; code: ErrorCode | null }> = {
  passed: { proofs: ["good", "good", "good"], code: null },
  host_silent: { proofs: ["doubtful", "open", "open"], code: "unreachable" },
  host_untrusted: { proofs: ["doubtful", "open", "open"], code: "certificate_refused" },
  host_not_id360: { proofs: ["doubtful", "open", "open"], code: "unreadable_answer" },
  id_or_secret: { proofs: ["good", "doubtful", "open"], code: "credentials_refused" },
  code: { proofs: ["good", "doubtful", "open"], code: "code_refused" },
  account_refused: { proofs: ["good", "doubtful", "open"], code: "account_blocked" },
  token_refused: { proofs: ["good", "good", "doubtful"], code: "refused_after_sign_in" },
  nothing_learnt: { proofs: ["open", "open", "open"], code: "provider_incident" },
};

interface Kept {
  get: () => SettingsView;
  put: (change: Partial<SettingsView>) => SettingsView;
}

/** The password «faux» is a wrong one, whatever the scenario. */
export function setupCommands(stage: Stage, enter: (environmentId: string, account: AccountKind, username: string) => SessionView, kept: Kept): Pick<Backend, "testAccount" | "judgeProcesses" | "addProcesses"> {
  const judge = (environmentId: string, text: string): ProcessLines => {
    const seen = new Map<string, number>();
    const lines = text.split("\n").flatMap((line, index): ProcessLine[] => (line.trim() ? [judged(line, index + 1, seen, kept.get(), environmentId)] : []));
    const count = (kind: ProcessVerdict["kind"]) => lines.filter(({ verdict }) => verdict.kind === kind).length;
    return { lines, new: count("new"), invalid: count("invalid") };
  };
  return {
    testAccount: (form) =>
      stage.answer("testAccount", [form], () => {
        const finding = form.password === "faux" ? "id_or_secret" : stage.scenario.finding;
        const { proofs, code } = FOUND[finding];
        const [host, account, session] = proofs;
        return {
          finding,
          host,
          account,
          session,
          error: code && { code, params: {}, retryable: false, trace_id: "01JD-3F9K-TRACE" },
          password_kept: finding === "passed" && form.remember,
          desk: account === "good" ? enter(form.environment_id, form.account, form.username) : stage.session(),
        };
      }),
    judgeProcesses: (environmentId, text) => stage.answer("judgeProcesses", [environmentId, text], () => judge(environmentId, text)),
    addProcesses: (environmentId, text) =>
      stage.answer("addProcesses", [environmentId, text], () => {
        const fresh = judge(environmentId, text).lines.filter(({ verdict }) => verdict.kind === "new");
        const added = fresh.map(({ name, process_uuid, deadlines }) => ({ ...process(`process-${process_uuid}`, environmentId, name, false), process_uuid, deadlines }));
        return kept.put({ processes: [...kept.get().processes, ...added] });
      }),
  };
}

function judged(line: string, number: number, seen: Map<string, number>, settings: SettingsView, environmentId: string): ProcessLine {
  const uuid = UUID.exec(line)?.[0].toLowerCase() ?? "";
  const name = line.replace(UUID, "").replace(/[;\t]/g, " ").trim();
  const base = { number, name: name || `Parcours ${uuid.slice(0, 8)}`, process_uuid: uuid, deadlines: null };
  if (!uuid) return { ...base, name, verdict: number === 1 && /uuid/i.test(line) ? { kind: "heading" } : { kind: "invalid", rule: "no_uuid" } };
  const first = seen.get(uuid);
  if (first) return { ...base, verdict: { kind: "repeated", first } };
  seen.set(uuid, number);
  const known = settings.processes.find((one) => one.environment_id === environmentId && one.process_uuid === uuid);
  return { ...base, verdict: known ? { kind: "known", name: known.name } : { kind: "new" } };
}
