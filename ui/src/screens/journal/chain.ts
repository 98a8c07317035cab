import type { ChainView } from "../../backend/generated/ChainView";
import type { Formats } from "../../i18n/format";
import type { Messages } from "../../i18n/language";

/** What the last verification said, in a sentence. */
export function chainWords(m: Messages, f: Formats, { state, verified_at }: Pick<ChainView, "state" | "verified_at">, now: number): string {
  switch (state.kind) {
    case "unverified": return m.chain_unverified();
    case "running": return m.chain_running();
    case "intact": return m.chain_intact({ time: verified_at ? f.moment(verified_at, now) : "–" });
    case "broken": return state.sound_until ? m.chain_broken({ time: f.moment(state.sound_until, now) }) : m.chain_broken_first();
  }
}

/** Whether an entry stands where nothing can be vouched for any more. */
export function isAfterBreak(chain: ChainView | undefined, position: string): boolean {
  return chain?.state.kind === "broken" && BigInt(position) >= BigInt(chain.state.position);
}
