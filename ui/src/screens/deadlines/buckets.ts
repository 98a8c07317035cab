import type { RadarCard } from "../../backend/generated/RadarCard";
import type { RadarLane } from "../../backend/generated/RadarLane";
import type { Messages } from "../../i18n/language";

const HOUR = 3_600_000;

export type Bucket = "within_a_day" | "within_two_days" | "within_a_week" | "later";

/** Closest first; hours up to which a card belongs. */
export const BUCKETS: [Bucket, number][] = [
  ["within_a_day", 24],
  ["within_two_days", 48],
  ["within_a_week", 168],
  ["later", Infinity],
];

export function bucketWord(m: Messages, bucket: Bucket): string {
  switch (bucket) {
    case "within_a_day": return m.radar_within_a_day();
    case "within_two_days": return m.radar_within_two_days();
    case "within_a_week": return m.radar_within_a_week();
    case "later": return m.radar_later();
  }
}

/** The same, where there is room for a few letters. */
export function bucketShort(m: Messages, bucket: Bucket): string {
  switch (bucket) {
    case "within_a_day": return m.radar_short_within_a_day();
    case "within_two_days": return m.radar_short_within_two_days();
    case "within_a_week": return m.radar_short_within_a_week();
    case "later": return m.radar_short_later();
  }
}

export function bucketOf(card: RadarCard, now: number): Bucket {
  const hours = (new Date(card.here).getTime() - now) / HOUR;
  return BUCKETS.find(([, most]) => hours <= most)?.[0] ?? "later";
}

export function laneTotal(lane: RadarLane): number {
  return BUCKETS.reduce((sum, [bucket]) => sum + lane[bucket], 0);
}
