import { z } from "zod";
import type { JournalQuery } from "../../backend/generated/JournalQuery";

const day = z.iso.date().nullable().catch(null).default(null);
const text = z.string().nullable().catch(null).default(null);

/** Where one stands in the journal: the filters and the page, from 0. */
export const journalPlace = z.object({
  acts: z.array(z.string()).catch([]).default([]),
  actor: text,
  /** What the desk did by itself. */
  desk: z.boolean().catch(false).default(false),
  dossier: text,
  from: day,
  to: day,
  page: z.number().int().min(0).catch(0).default(0),
});

export type JournalPlace = z.infer<typeof journalPlace>;

export const EVERYTHING: JournalPlace = journalPlace.parse({});

export function isFiltered({ acts, actor, desk, dossier, from, to }: JournalPlace): boolean {
  return acts.length > 0 || desk || [actor, dossier, from, to].some((part) => part !== null);
}

export function queryOf({ acts, actor, desk, dossier, from, to }: JournalPlace): JournalQuery {
  return { acts, actor, by_desk: desk, dossier_id: dossier, from, to };
}
