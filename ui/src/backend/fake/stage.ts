import type { Backend } from "../backend";
import type { DossierRow } from "../generated/DossierRow";
import type { DossierView } from "../generated/DossierView";
import type { ErrorCode } from "../generated/ErrorCode";
import type { Progress } from "../generated/Progress";
import type { SessionView } from "../generated/SessionView";
import type { Scenario } from "./scenario";

/** What every part of the fake stands on. */
export interface Stage {
  scenario: Scenario;
  now: () => number;
  /** Notes the call, waits, and rejects where the scenario wants a fault. */
  answer<Answer>(method: keyof Backend, args: unknown[], make: () => Answer): Promise<Answer>;
  /** The same intent twice gives the first answer again. */
  once<Answer>(method: keyof Backend, intentId: string, args: unknown[], make: () => Answer): Promise<Answer>;
  /** As `once`, in steps that tell how far they came and that `cancel` ends. */
  long<Answer>(method: keyof Backend, intentId: string, args: unknown[], total: number, make: () => Answer): Promise<Answer>;
  reject: (code: ErrorCode) => never;
  progress: (progress: Progress) => void;
  dossiers(): DossierView[];
  /** As it is shown beside others. */
  shown: (row: DossierRow) => DossierRow;
  session(): SessionView;
  become(change: Partial<SessionView>): SessionView;
  /** Tells that many dossiers may have changed at once. */
  registerChanged(): void;
}
