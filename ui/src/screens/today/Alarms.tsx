import { Link } from "@tanstack/react-router";
import { useNow } from "../../app/now";
import type { HomeView } from "../../backend/generated/HomeView";
import { Callout } from "../../design/components/Callout";
import { entryFor } from "../../errors/catalogue";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { CaptureBanner } from "../deadlines/CaptureBanner";
import { chainWords } from "../journal/chain";

/** What went wrong while nobody looked, each with the way to where it is mended. */
export function Alarms({ home }: { home: HomeView }) {
  const m = useMessages();
  const f = useFormats();
  const now = useNow();
  const { chain, backup_trouble: backup, capture } = home;
  const damaged = home.verification.last?.damaged ?? 0;
  return (
    <>
      {damaged > 0 && (
        <Callout
          tone="critical"
          data-testid="today-damaged"
          actions={
            <Link to="/evidence" search={{ state: "damaged", page: 0 }}>
              {m.today_damaged_see()}
            </Link>
          }
        >
          {m.today_damaged({ count: damaged, n: f.number(damaged) })}
        </Callout>
      )}
      {chain.kind === "broken" && (
        <Callout tone="critical" data-testid="today-chain" actions={<Link to="/journal">{m.today_chain_see()}</Link>}>
          {chainWords(m, f, { state: chain, verified_at: null }, now)}
        </Callout>
      )}
      {backup && (
        <Callout
          tone="error"
          data-testid="today-backup"
          data-code={backup}
          actions={
            <Link to="/settings" search={{ tab: "register" }}>
              {m.today_backup_see()}
            </Link>
          }
        >
          <p>{m.store_backup_failed()}</p>
          <p>{entryFor({ code: backup, params: {}, retryable: false, trace_id: "" }).sentence({})}</p>
        </Callout>
      )}
      <CaptureBanner capture={capture} />
    </>
  );
}
