import type { DossierPage } from "../generated/DossierPage";
import type { DossierQuery } from "../generated/DossierQuery";
import type { DossierRow } from "../generated/DossierRow";
import type { DossierView } from "../generated/DossierView";

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function sortKey(row: DossierRow, sort: DossierQuery["sort"]): string {
  switch (sort) {
    case "created_at": return row.created_at;
    case "status": return row.status?.word ?? row.creation;
    case "reference": return row.reference ?? "";
    case "name": return plain(`${row.last_name ?? ""} ${row.first_name ?? ""}`);
    case "process": return plain(row.process_name);
    case "finished_at": return row.finished_at ?? "";
    case "deadline": return row.deadline?.at ?? "9999";
  }
}

/** Search, filters, order and pages as the real register has them. */
export class Register {
  private readonly dossiers = new Map<string, DossierView>();

  constructor(dossiers: DossierView[]) {
    for (const dossier of dossiers) this.dossiers.set(dossier.row.id, dossier);
  }

  get size(): number {
    return this.dossiers.size;
  }

  get(id: string): DossierView | undefined {
    return this.dossiers.get(id);
  }

  all(): DossierView[] {
    return Array.from(this.dossiers.values());
  }

  put(dossier: DossierView): void {
    this.dossiers.set(dossier.row.id, dossier);
  }

  page(query: DossierQuery): DossierPage {
    const wanted = plain(query.search.trim());
    const rows = Array.from(this.dossiers.values())
      .filter((view) => matches(view, wanted) && inStatuses(view.row, query.statuses) && (!query.environment_id || view.row.environment_id === query.environment_id))
      .map((view) => view.row)
      .sort((one, other) => sortKey(one, query.sort).localeCompare(sortKey(other, query.sort)) * (query.descending ? -1 : 1));
    return { rows: rows.slice(query.offset, query.offset + query.limit), total: rows.length, all: this.dossiers.size };
  }
}

function matches(view: DossierView, wanted: string): boolean {
  if (!wanted) return true;
  const { reference, enrollment_id, last_name, first_name } = view.row;
  return [reference, enrollment_id, last_name, first_name, view.email, view.phone_number].some((text) => text && plain(text).includes(wanted));
}

function inStatuses(row: DossierRow, statuses: string[]): boolean {
  if (statuses.length === 0) return true;
  if (row.creation === "outcome_unknown") return statuses.includes("OUTCOME_UNKNOWN");
  return row.status !== null && statuses.includes(row.status.known);
}
