import type { ListColumn } from "../../../backend/generated/ListColumn";

/** Least width in rem, and the share of what is left. */
const WIDTHS: Record<ListColumn, [least: number, share: number]> = {
  status: [11.75, 0],
  reference: [9, 0.8],
  name: [10, 2],
  process: [6.25, 1],
  created_at: [8.25, 0],
  finished_at: [8.25, 0],
  deadline: [10, 0],
  evidence: [7.25, 0],
  decision: [8.75, 0],
  enrollment_id: [6, 0],
  operator: [8, 0.8],
  environment: [8, 0],
  level: [6.5, 0],
  tags: [8, 1],
  changed_at: [8.25, 0],
  email: [11, 1.2],
  phone: [9.5, 0],
};

const BOX = 3;

export function templateOf(columns: ListColumn[]): { columns: string; least: string } {
  const widths = columns.map((column) => WIDTHS[column]);
  const grow = widths.some(([, share]) => share > 0);
  const tracks = widths.map(([least, share], place) => {
    const fills = share > 0 || (!grow && place === widths.length - 1);
    return fills ? `minmax(${least}rem, ${share || 1}fr)` : `${least}rem`;
  });
  const least = widths.reduce((sum, [width]) => sum + width, BOX);
  return { columns: [`${BOX}rem`, ...tracks].join(" "), least: `${least}rem` };
}
