import type { Backend } from "../backend";
import type { ListColumn } from "../generated/ListColumn";
import type { ListFilter } from "../generated/ListFilter";
import type { ListView } from "../generated/ListView";
import type { SortKey } from "../generated/SortKey";
import type { Register } from "./register";
import type { Stage } from "./stage";

type ListCommands = Pick<Backend, "listDossiers" | "countDossiers" | "listViews" | "saveView" | "removeView" | "listTags">;

const COLUMNS: ListColumn[] = ["status", "reference", "name", "process", "created_at", "finished_at", "deadline", "evidence"];

function builtIn(id: string, filters: ListFilter[], sort: SortKey[] = [], columns: ListColumn[] = COLUMNS): ListView {
  return { id, built_in: true, name: null, query: { search: "", filters, sort }, columns };
}

export function builtInViews(): ListView[] {
  return [
    builtIn("all", []),
    builtIn("to_treat", [{ field: "to_treat", not: false }], [{ column: "deadline", descending: false }, { column: "finished_at", descending: true }], ["status", "reference", "name", "process", "finished_at", "deadline", "evidence", "tags"]),
    builtIn("in_progress", [{ field: "in_progress", not: false }], [{ column: "changed_at", descending: true }], ["status", "reference", "name", "process", "created_at", "changed_at", "operator"]),
    builtIn("deadlines", [{ field: "deadline", not: true, stretch: { kind: "never" } }], [{ column: "deadline", descending: false }]),
    builtIn("mine", [{ field: "mine", not: false }]),
    builtIn("unknown", [{ field: "status", not: false, words: ["OUTCOME_UNKNOWN"] }]),
  ];
}

export function listCommands(stage: Stage, register: Register): ListCommands {
  let views = builtInViews();
  const who = () => stage.session().current?.username ?? null;
  return {
    listDossiers: (query, offset, limit) => stage.answer("listDossiers", [query, offset, limit], () => {
        const page = register.page(query, offset, limit, who(), stage.now());
        return { ...page, rows: page.rows.map(stage.shown) };
      }),
    countDossiers: (query) => stage.answer("countDossiers", [query], () => register.total(query, who(), stage.now())),
    listViews: () => stage.answer("listViews", [], () => views),
    saveView: (view) =>
      stage.answer("saveView", [view], () => {
        const before = views.find(({ id }) => id === view.id);
        if (before?.built_in) views = views.map((one) => (one === before ? { ...before, columns: view.columns } : one));
        else if (before) views = views.map((one) => (one === before ? view : one));
        else views = [...views, { ...view, id: `view-${views.length}` }];
        return views;
      }),
    removeView: (id) =>
      stage.answer("removeView", [id], () => {
        views = views.filter((view) => view.built_in || view.id !== id);
        return views;
      }),
    listTags: () => stage.answer("listTags", [], () => Array.from(new Set(register.all().flatMap(({ row }) => row.tags))).sort()),
  };
}
