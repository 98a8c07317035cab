import type { CaptureActivity } from "../generated/CaptureActivity";
import type { Stage } from "./stage";

/** Why nothing is captured by itself; `null` while the queue is at work. */
export function held(stage: Stage): CaptureActivity | null {
  if (stage.scenario.capture === "paused") return { kind: "paused" };
  if (stage.session().current === null) return { kind: "signed_out" };
  return stage.scenario.capture === "blocked" ? { kind: "blocked", code: "disk_full" } : null;
}
