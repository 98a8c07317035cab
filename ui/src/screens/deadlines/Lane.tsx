import { useId } from "react";
import { useNow } from "../../app/now";
import { ListLink } from "../../app/ListLink";
import type { ListFilter } from "../../backend/generated/ListFilter";
import type { RadarLane } from "../../backend/generated/RadarLane";
import { Icon } from "../../design/components/Icon";
import { LANE_NOTE, LANE_WORD } from "../../i18n/domain-words";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { BUCKETS, bucketOf, bucketShort, bucketWord, laneTotal } from "./buckets";
import { DueCard } from "./DueCard";
import type { Settled } from "./next-act";

interface LaneProps {
  lane: RadarLane;
  /** How the list is asked for what the lanes count. */
  filters: ListFilter[];
  onSettled: (words: Settled) => Promise<void>;
}

/** One kind of loss: how many by time left, then the closest of them. */
export function Lane({ lane, filters, onSettled }: LaneProps) {
  const m = useMessages();
  const f = useFormats();
  const now = useNow();
  const id = useId();
  const total = laneTotal(lane);
  const unseen = total - lane.cards.length;
  return (
    <section className="lane" aria-labelledby={id} data-testid={`lane-${lane.lane}`}>
      <header className="lane-head">
        <div className="lane-title">
          <h2 id={id}>{LANE_WORD[lane.lane]()}</h2>
          <span className="soft" data-testid="lane-total">
            {m.radar_total({ count: total, n: f.number(total) })}
          </span>
        </div>
        <p className="faint lane-note">{LANE_NOTE[lane.lane]()}</p>
        <ol className="lane-counts">
          {BUCKETS.map(([bucket]) => (
            <li key={bucket} className={lane[bucket] > 0 ? `lane-count lane-count-${bucket}` : "lane-count lane-count-none"}>
              <strong>{f.number(lane[bucket])}</strong>
              <span aria-hidden="true">{bucketShort(m, bucket)}</span>
              <span className="visually-hidden">{bucketWord(m, bucket)}</span>
            </li>
          ))}
        </ol>
      </header>
      <div className="lane-cards">
        {total === 0 && (
          <p className="lane-none soft">
            <Icon name="check" /> {m.radar_lane_none()}
          </p>
        )}
        {BUCKETS.map(([bucket]) => {
          const cards = lane.cards.filter((card) => bucketOf(card, now) === bucket);
          return (
            cards.length > 0 && (
              <div key={bucket} className="lane-bucket">
                <h3 className={`lane-bucket-title lane-bucket-${bucket}`}>{bucketWord(m, bucket)}</h3>
                <ol>
                  {cards.map((card) => (
                    <DueCard key={card.row.id} card={card} onSettled={onSettled} />
                  ))}
                </ol>
              </div>
            )
          );
        })}
        {unseen > 0 && (
          <p className="lane-more">
            {m.radar_bucket_more({ count: unseen, n: f.number(unseen) })} · <ListLink view="deadlines" filters={filters} testId="lane-see">{m.radar_see_all()}</ListLink>
          </p>
        )}
      </div>
    </section>
  );
}
