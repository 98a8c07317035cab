import { useCallback, useRef } from "react";
import { ListLink } from "../../app/ListLink";
import { RevealNames } from "../../app/RevealNames";
import { useTitle } from "../../app/title";
import type { RadarView } from "../../backend/generated/RadarView";
import { useRadar } from "../../backend/register-queries";
import { Button } from "../../design/components/Button";
import { Callout } from "../../design/components/Callout";
import { Icon } from "../../design/components/Icon";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { CaptureBanner } from "./CaptureBanner";
import { Lane } from "./Lane";
import { laneTotal } from "./buckets";
import { useSettling } from "./settled";
import "./Deadlines.css";

/** What ID360 is about to remove and is not kept here yet. */
export function DeadlinesScreen() {
  const m = useMessages();
  const radar = useRadar();
  const heading = useRef<HTMLHeadingElement>(null);
  const settling = useSettling(useCallback(() => heading.current, []));
  useTitle(m.radar_title());
  return (
    <div className="radar">
      <div className="radar-head">
        <h1 ref={heading} tabIndex={-1}>
          {m.radar_title()}
        </h1>
        <p className="soft">{m.radar_lead()}</p>
        <RevealNames />
      </div>
      <p role="status" className={settling.words ? "radar-settled" : "visually-hidden"} data-testid="settled">
        {settling.words && (
          <>
            <Icon name="info" /> {settling.words}
            <Button small look="quiet" icon="close" iconOnly onPress={settling.clear}>
              {m.close()}
            </Button>
          </>
        )}
      </p>
      {radar.data && <Banners radar={radar.data} />}
      {/* With lanes below it, those of before. */}
      {radar.error && <ErrorBlock error={radar.error} acts={{ retry: () => void radar.refetch() }} />}
      {!radar.data && !radar.error && (
        <p className="radar-loading soft" role="status" data-testid="radar-state" data-state="loading">
          <Icon name="clock" /> {m.radar_loading()}
        </p>
      )}
      {radar.data && radar.data.lanes.every((lane) => laneTotal(lane) === 0) && (
        <section className="radar-empty" data-testid="radar-state" data-state="empty">
          <Icon name="check" size={28} />
          <h2>{m.radar_none_title()}</h2>
          <p className="soft">{m.radar_none_lead()}</p>
        </section>
      )}
      {radar.data && radar.data.lanes.some((lane) => laneTotal(lane) > 0) && (
        <div className="radar-lanes">
          {radar.data.lanes.map((lane) => (
            <Lane key={lane.lane} lane={lane} filters={radar.data.filters} onSettled={settling.settle} />
          ))}
        </div>
      )}
    </div>
  );
}

function Banners({ radar }: { radar: RadarView }) {
  const m = useMessages();
  const f = useFormats();
  const { clock_offset_minutes: offset, lost, capture } = radar;
  return (
    <>
      <CaptureBanner capture={capture} />
      {offset !== null && (
        <Callout tone="attention" data-testid="clock-differs">
          {m.radar_clock({ n: f.number(Math.abs(offset)) })}
        </Callout>
      )}
      {lost.dossiers > 0 && (
        <Callout
          tone="error"
          data-testid="lost"
          actions={
            <ListLink view="all" filters={lost.filters} testId="lost-see">
              {m.radar_lost_see()}
            </ListLink>
          }
        >
          {m.radar_lost({ count: lost.dossiers, n: f.number(lost.dossiers) })}
        </Callout>
      )}
    </>
  );
}
