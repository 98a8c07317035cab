import type { DossierView } from "../generated/DossierView";
import type { ListPage } from "../generated/ListPage";
import type { ListQuery } from "../generated/ListQuery";
import { inOrder, matches } from "./matching";

/** So many dossiers are made at once and searched; those of a larger register are made when they are looked at. */
const MADE = 20_000;

/** Search, filters, order and pages as the real register has them. */
export class Register {
  private readonly dossiers = new Map<string, DossierView>();
  private readonly ids: string[] = [];

  constructor(
    private readonly count: number,
    private readonly make: (index: number) => DossierView,
  ) {
    for (let index = 0; index < Math.min(count, MADE); index++) this.put(make(index));
  }

  get size(): number {
    return Math.max(this.count, this.dossiers.size);
  }

  get(id: string): DossierView | undefined {
    const index = Number(id.slice(-12));
    return this.dossiers.get(id) ?? (index < this.count ? this.make(index) : undefined);
  }

  all(): DossierView[] {
    return Array.from(this.dossiers.values());
  }

  put(dossier: DossierView): void {
    if (!this.dossiers.has(dossier.row.id)) this.ids.push(dossier.row.id);
    this.dossiers.set(dossier.row.id, dossier);
  }

  matching(query: ListQuery, who: string | null, now: number): DossierView[] {
    const order = inOrder(query.sort);
    return this.all().filter((view) => matches(view, query, who, now)).sort((one, other) => order(one.row, other.row));
  }

  page(query: ListQuery, offset: number, limit: number, who: string | null, now: number): ListPage {
    const plain = query.search === "" && query.filters.length === 0 && query.sort.length === 0;
    if (plain && this.count > MADE) {
      const rows = Array.from({ length: Math.max(0, Math.min(limit, this.count - offset)) }, (_, step) => {
        const id = this.ids[offset + step];
        return ((id && this.dossiers.get(id)) || this.make(offset + step)).row;
      });
      return { rows, total: this.count, exact: true, all: this.size };
    }
    const found = this.matching(query, who, now);
    return { rows: found.slice(offset, offset + limit).map(({ row }) => row), total: found.length, exact: this.count <= MADE, all: this.size };
  }

  total(query: ListQuery, who: string | null, now: number): number {
    const found = this.matching(query, who, now).length;
    return this.count > MADE ? Math.round((found * this.count) / MADE) : found;
  }
}
