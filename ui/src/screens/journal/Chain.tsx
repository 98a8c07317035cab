import { useQueryClient } from "@tanstack/react-query";
import { ActButton } from "../../app/acts/ActButton";
import { useLongAct } from "../../app/long-acts/use-long-act";
import { useNow } from "../../app/now";
import { useBackend } from "../../backend/context";
import type { ChainView } from "../../backend/generated/ChainView";
import { CHAIN, useReadRegisterAgain } from "../../backend/register-queries";
import { Callout, type Tone } from "../../design/components/Callout";
import { CopyButton } from "../../design/components/CopyButton";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { chainWords } from "./chain";

const TONE: Record<ChainView["state"]["kind"], Tone> = { unverified: "information", running: "information", intact: "good", broken: "critical" };

/** Whether the journal can be relied on, and the means to find out. */
export function Chain({ chain }: { chain: ChainView }) {
  const m = useMessages();
  const f = useFormats();
  const now = useNow();
  const backend = useBackend();
  const client = useQueryClient();
  const readAgain = useReadRegisterAgain();
  const { run, running } = useLongAct();
  const { state } = chain;

  const verify = async () => {
    const words = { title: () => m.chain_verifying(), outcome: (verified: ChainView) => chainWords(m, f, verified, Date.now()) };
    const verified = await run(words, (intentId) => backend.verifyJournal(intentId));
    if (verified) client.setQueryData(CHAIN, verified);
    await readAgain();
  };
  return (
    <section aria-label={m.chain_title()} data-testid="chain" data-state={state.kind}>
      <Callout
        tone={TONE[state.kind]}
        actions={
          <ActButton act="verify-journal" small icon="check" onPress={() => void verify()} isPending={running || state.kind === "running"} data-testid="verify-journal">
            {m.chain_verify()}
          </ActButton>
        }
      >
        <p className="chain-line">
          <strong>{chainWords(m, f, chain, now)}</strong>
          {state.kind === "broken" && <span>{m.chain_broken_position({ n: state.position })}</span>}
          <span className="soft">{m.chain_entries({ count: chain.entries, n: f.number(chain.entries) })}</span>
          {chain.kept_since && <span className="soft">{m.chain_kept_since({ date: f.date(chain.kept_since) })}</span>}
          <span className="soft chain-head" title={m.chain_head_note()}>
            {m.chain_head()} <span className="mono">{chain.head}</span>
            <CopyButton text={chain.head} label={m.chain_head_copy()} />
          </span>
        </p>
      </Callout>
    </section>
  );
}
