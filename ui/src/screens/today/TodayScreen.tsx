import { Link, useNavigate } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import { ListLink } from "../../app/ListLink";
import { RevealNames } from "../../app/RevealNames";
import { useTitle } from "../../app/title";
import type { HomeView } from "../../backend/generated/HomeView";
import { useHome } from "../../backend/register-queries";
import { Button } from "../../design/components/Button";
import { Icon } from "../../design/components/Icon";
import { Section } from "../../design/components/Section";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { DueCard } from "../deadlines/DueCard";
import { useSettling } from "../deadlines/settled";
import { useNow } from "../../app/now";
import { Alarms } from "./Alarms";
import { Counts } from "./Counts";
import { ShortList } from "./ShortList";
import "./Today.css";

/** What to do now, read in seconds: counts, what is due, what is under way, what came last. */
export function TodayScreen() {
  const m = useMessages();
  const f = useFormats();
  const now = useNow();
  const home = useHome();
  const navigate = useNavigate();
  useTitle(m.today_title());
  return (
    <div className="today">
      <div className="today-head">
        <h1>{m.today_title()}</h1>
        <span className="soft">{f.longDay(new Date(now).toISOString())}</span>
        <RevealNames />
        <Button look="primary" icon="plus" onPress={() => void navigate({ to: "/new" })}>
          {m.nav_new()}
        </Button>
      </div>
      {/* With counts below it, those of before. */}
      {home.error && <ErrorBlock error={home.error} acts={{ retry: () => void home.refetch() }} />}
      {!home.data && !home.error && (
        <p className="today-loading soft" role="status" data-testid="today-state" data-state="loading">
          <Icon name="clock" /> {m.today_loading()}
        </p>
      )}
      {home.data && <Whole home={home.data} />}
    </div>
  );
}

function Whole({ home }: { home: HomeView }) {
  const m = useMessages();
  const f = useFormats();
  const now = useNow();
  const due = useRef<HTMLDivElement>(null);
  const settling = useSettling(useCallback(() => due.current, []));
  return (
    <>
      <Alarms home={home} />
      <Counts home={home} />
      {home.latest.length === 0 && (
        <section className="today-empty" data-testid="today-state" data-state="empty">
          <Icon name="dossiers" size={28} />
          <h2>{m.today_empty_title()}</h2>
          <p className="soft">{m.today_empty_lead()}</p>
        </section>
      )}
      {home.latest.length > 0 && (
        <div className="today-panels">
          <div ref={due} tabIndex={-1} className="today-due">
            <Section title={m.today_nearest()}>
              {/* There before its words, so that they are read out. */}
              <p role="status" className={settling.words ? "soft" : "visually-hidden"} data-testid="settled">
                {settling.words}
              </p>
              {home.nearest.length === 0 ? (
                <p className="today-none soft">
                  <Icon name="check" /> {m.today_nearest_none()}
                </p>
              ) : (
                <ol className="today-cards">
                  {home.nearest.map((card) => (
                    <DueCard key={card.row.id} card={card} withLane onSettled={settling.settle} />
                  ))}
                </ol>
              )}
              <Link to="/deadlines" className="today-more">
                {m.today_nearest_all()}
              </Link>
            </Section>
          </div>
          <div className="today-side">
            <ShortList title={m.today_running()} rows={home.running} none={m.today_running_none()} when={(row) => m.today_since({ left: f.duration(now - new Date(row.changed_at).getTime()) })} testId="today-running" />
            <ShortList
              title={m.today_latest()}
              rows={home.latest}
              none=""
              when={(row) => f.dateTime(row.created_at)}
              testId="today-latest"
              more={
                <ListLink view="all" className="today-more">
                  {m.today_latest_all()}
                </ListLink>
              }
            />
          </div>
        </div>
      )}
    </>
  );
}
