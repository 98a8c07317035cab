import type { Backend } from "../backend";
import type { ImportLine } from "../generated/ImportLine";
import type { ImportPlan } from "../generated/ImportPlan";
import type { ImportVerdict } from "../generated/ImportVerdict";
import { dossier } from "./dossiers";
import type { Register } from "./register";
import type { Stage } from "./stage";

type ImportCommands = Pick<Backend, "readImport" | "applyImport" | "dropImport">;

const VERDICTS: ImportVerdict[] = [
  { kind: "invalid", rule: "id_not_a_number" },
  { kind: "invalid", rule: "other_api_key" },
  { kind: "repeated", first: 4 },
  { kind: "new" },
  { kind: "new" },
  { kind: "completed", id: "00000000-0000-7000-8000-000000000003" },
  { kind: "known", id: "00000000-0000-7000-8000-000000000001" },
  ...Array.from({ length: 5 }, (): ImportVerdict => ({ kind: "new" })),
];

export function importCommands(stage: Stage, register: Register): ImportCommands {
  const plans = new Map<string, ImportPlan>();
  const counted = (lines: ImportLine[], kind: ImportVerdict["kind"]) => lines.filter(({ verdict }) => verdict.kind === kind).length;
  const gone = (planId: string) => plans.get(planId) ?? stage.reject("not_found");
  return {
    readImport: (intentId, source, processId) =>
      stage.long("readImport", intentId, [source, processId], VERDICTS.length, () => {
        const lines = VERDICTS.map((verdict, index): ImportLine => ({
          number: index + 2,
          enrollment_id: verdict.kind === "invalid" && verdict.rule === "id_not_a_number" ? null : String(880_000 + index),
          reference: index % 4 === 1 ? null : `ANCIEN-${200 + index}`,
          has_api_key: index % 3 !== 0,
          verdict,
        }));
        const plan: ImportPlan = {
          plan_id: `plan-${plans.size + 1}`,
          file_name: source === "file" ? "dossiers-2025.csv" : null,
          environment_id: stage.session().current?.environment_id ?? "sandbox",
          process_id: processId,
          new: counted(lines, "new"),
          known: counted(lines, "known"),
          completed: counted(lines, "completed"),
          repeated: counted(lines, "repeated"),
          invalid: counted(lines, "invalid"),
          lines,
        };
        plans.set(plan.plan_id, plan);
        return plan;
      }),
    applyImport: (intentId, planId) =>
      stage.long("applyImport", intentId, [planId], gone(planId).new, () => {
        const plan = gone(planId);
        for (const { verdict, reference, enrollment_id } of plan.lines) {
          if (verdict.kind !== "new") continue;
          const view = dossier({ index: register.size, creation: "created", status: "NEW", environment_id: plan.environment_id, environment_kind: stage.session().current?.environment_kind ?? "sandbox", age_hours: 0, now: stage.now() });
          register.put({ ...view, row: { ...view.row, reference, enrollment_id } });
        }
        plans.delete(planId);
        stage.registerChanged();
        return { added: plan.new, completed: plan.completed };
      }),
    dropImport: (planId) => stage.answer("dropImport", [planId], () => void plans.delete(planId)),
  };
}
