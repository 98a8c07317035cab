import type { Backend } from "../backend";
import type { BulkOutcome } from "../generated/BulkOutcome";
import type { DossierRow } from "../generated/DossierRow";
import type { DossierView } from "../generated/DossierView";
import type { RefreshOutcome } from "../generated/RefreshOutcome";
import type { Selection } from "../generated/Selection";
import type { Register } from "./register";
import type { Stage } from "./stage";

type BulkCommands = Pick<Backend, "tagDossiers" | "markTreated" | "refreshDossiers" | "exportDossiers">;

export function bulkCommands(stage: Stage, register: Register): BulkCommands {
  const meant = (selection: Selection): DossierView[] => {
    if (selection.kind === "some") return selection.ids.flatMap((id) => register.get(id) ?? []);
    return register.matching(selection.query, stage.session().current?.username ?? null, stage.now()).filter(({ row }) => !selection.except.includes(row.id));
  };
  /** Changes what differs, then tells that many may have changed. */
  const change = (selection: Selection, next: (row: DossierRow) => DossierRow): BulkOutcome => {
    const views = meant(selection);
    const changed = views.filter((view) => {
      const row = next(view.row);
      const differs = JSON.stringify(row) !== JSON.stringify(view.row);
      if (differs) register.put({ ...view, row });
      return differs;
    }).length;
    stage.registerChanged();
    return { changed, unchanged: views.length - changed };
  };
  const refreshed = (selection: Selection): RefreshOutcome => {
    const views = meant(selection);
    const open = views.filter(({ row }) => row.creation === "created" && !row.status?.is_final);
    const failing = open.filter(({ row }) => row.trouble !== null);
    return {
      read: open.length - failing.length,
      changed: 0,
      left_out: views.length - open.length,
      failed: failing.length,
      failures: failing.slice(0, 100).map(({ row }) => ({ id: row.id, label: row.reference ?? row.enrollment_id ?? row.id, code: row.trouble ?? "internal" })),
      cancelled: false,
    };
  };
  return {
    tagDossiers: (intentId, selection, add, remove) =>
      stage.long("tagDossiers", intentId, [selection, add, remove], meant(selection).length, () =>
        change(selection, (row) => ({ ...row, tags: Array.from(new Set([...row.tags.filter((tag) => !remove.includes(tag)), ...add])) })),
      ),
    markTreated: (intentId, selection, treated) =>
      stage.long("markTreated", intentId, [selection, treated], meant(selection).length, () => change(selection, (row) => ({ ...row, treated }))),
    refreshDossiers: (intentId, selection) => stage.long("refreshDossiers", intentId, [selection], meant(selection).length, () => refreshed(selection)),
    exportDossiers: (intentId, form) =>
      stage.long("exportDossiers", intentId, [form], meant(form.selection).length, () => ({ file_name: `dossiers.${form.format}`, folder: "Téléchargements", rows: meant(form.selection).length })),
  };
}
