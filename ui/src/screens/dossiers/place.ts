import { z } from "zod";
import type { ListColumn } from "../../backend/generated/ListColumn";
import type { ListFilter } from "../../backend/generated/ListFilter";
import type { ListQuery } from "../../backend/generated/ListQuery";
import type { ListView } from "../../backend/generated/ListView";

export const COLUMNS = [
  "status", "reference", "name", "process", "created_at", "finished_at", "deadline", "evidence",
  "decision", "tags", "enrollment_id", "operator", "environment", "level", "changed_at", "email", "phone",
] as const satisfies ListColumn[];

/** Columns that name a person or tell how to reach one. */
export const PERSONAL: ListColumn[] = ["name", "email", "phone"];

const stretch = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("today") }),
  z.object({ kind: z.literal("yesterday") }),
  z.object({ kind: z.literal("last_days"), days: z.int().min(1).max(3660) }),
  z.object({ kind: z.literal("next_hours"), hours: z.int().min(1).max(8784) }),
  z.object({ kind: z.literal("within_hours"), hours: z.int().min(1).max(8784) }),
  z.object({ kind: z.literal("past") }),
  z.object({ kind: z.literal("between"), from: z.iso.date().nullable(), to: z.iso.date().nullable() }),
  z.object({ kind: z.literal("never") }),
]);

const not = z.boolean();
const words = z.array(z.string()).min(1);
const filter = z.discriminatedUnion("field", [
  z.object({ field: z.literal("status"), not, words }),
  z.object({ field: z.literal("process"), not, ids: words }),
  z.object({ field: z.literal("environment"), not, ids: words }),
  z.object({ field: z.literal("created"), not, stretch }),
  z.object({ field: z.literal("finished"), not, stretch }),
  z.object({ field: z.literal("deadline"), not, stretch }),
  z.object({ field: z.literal("evidence"), not, states: z.array(z.enum(["none", "due", "kept", "partial", "lost"])).min(1) }),
  z.object({ field: z.literal("decision"), not, choices: z.array(z.enum(["accepted", "refused", "more_wanted"]).nullable()).min(1) }),
  z.object({ field: z.literal("tag"), not, tags: words }),
  z.object({ field: z.literal("mine"), not }),
  z.object({ field: z.literal("in_progress"), not }),
  z.object({ field: z.literal("treated"), not }),
  z.object({ field: z.literal("to_treat"), not }),
  z.object({ field: z.literal("troubled"), not }),
  z.object({ field: z.literal("lost"), not }),
]) satisfies z.ZodType<ListFilter>;

const sortKey = z.object({ column: z.enum(COLUMNS), descending: z.boolean() });

/** The list's place in the address: a view, and what was changed of it. What cannot be read is left out. */
export const listPlace = z.object({
  view: z.string().catch("all").default("all"),
  search: z.string().optional().catch(undefined),
  filters: z.array(filter).optional().catch(undefined),
  sort: z.array(sortKey).max(2).optional().catch(undefined),
});

export type ListPlace = z.infer<typeof listPlace>;

export interface ListedView {
  view: ListView;
  query: ListQuery;
  /** Filters or order differ from the view's; a search does not change a view. */
  changed: boolean;
}

/** Shown when the views cannot be read: the list itself must not hang on them. */
const PLAIN: ListView = {
  id: "all",
  built_in: true,
  name: null,
  query: { search: "", filters: [], sort: [] },
  columns: COLUMNS.slice(0, 8),
};

const equal = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

export function listed(place: ListPlace, views: ListView[] | undefined): ListedView {
  const view = views?.find(({ id }) => id === place.view) ?? views?.find(({ id }) => id === "all") ?? PLAIN;
  const query: ListQuery = {
    search: place.search ?? view.query.search,
    filters: place.filters ?? view.query.filters,
    sort: place.sort ?? view.query.sort,
  };
  const changed = !equal(query.filters, view.query.filters) || !equal(query.sort, view.query.sort);
  return { view, query, changed };
}

/** A click on a heading: the only key, turned round when it was it; with Shift the second key, or the one turned. */
export function sortedBy(sort: ListQuery["sort"], column: ListColumn, second: boolean): ListQuery["sort"] {
  const here = sort.find((key) => key.column === column);
  const turned = { column, descending: here ? !here.descending : false };
  if (!second) return [turned];
  if (here) return sort.map((key) => (key === here ? turned : key));
  return [...sort.slice(0, 1), turned];
}
