import { Painting } from "../../../design/painter";
import type { DossierRow } from "../../../backend/generated/DossierRow";
import type { ListColumn } from "../../../backend/generated/ListColumn";
import type { Formats } from "../../../i18n/format";
import type { Messages } from "../../../i18n/language";
import { cell, plain, type CellWords } from "./cell";

/** All that a row is drawn from: with the same, it is the same. */
export interface RowFacts {
  /** Absent while the row waits for its dossier. */
  row: DossierRow | undefined;
  index: number;
  columns: ListColumn[];
  active: boolean;
  selected: boolean;
  /** Out of sight, kept because it has the focus. */
  away: boolean;
  /** Of another environment than the session's. */
  elsewhere: boolean;
  now: number;
  m: Messages;
  f: Formats;
}

/**
 * An element for one row at a time, written only where the row differs from the one before. What is done with it is
 * heard by the group around it. A row that waits for its dossier has the same elements: they are slower to make than
 * to fill.
 */
export class PaintedRow {
  readonly element = document.createElement("div");
  private readonly box = document.createElement("input");
  private cells: PaintedCell[] = [];
  private facts: Partial<RowFacts> = {};
  /** Of the dossier that the element says it is of. */
  private id: string | undefined;

  constructor() {
    this.element.setAttribute("role", "row");
    this.box.type = "checkbox";
    this.box.className = "box";
    // The keys of the row choose it.
    this.box.tabIndex = -1;
    this.box.readOnly = true;
    this.box.disabled = true;
  }

  /** The row's place in the list. */
  get index(): number {
    return this.facts.index ?? -1;
  }

  draw(facts: RowFacts): void {
    const before = this.facts;
    this.facts = facts;
    if (before.columns !== facts.columns) this.build(facts.columns);
    this.place(before, facts);
    const words = before.now !== facts.now || before.f !== facts.f || before.elsewhere !== facts.elsewhere;
    if (before.row !== facts.row || before.columns !== facts.columns || words) {
      this.name(facts);
      for (const one of this.cells) one.draw(facts.row, facts);
    }
    // Whoever presses the box changes it in the page; whether the row is chosen is known elsewhere.
    if (this.box.checked !== facts.selected) this.box.checked = facts.selected;
  }

  private build(columns: ListColumn[]): void {
    const first = document.createElement("div");
    first.setAttribute("role", "gridcell");
    first.setAttribute("aria-colindex", "1");
    first.className = "grid-cell grid-box";
    first.append(this.box);
    this.cells = columns.map((column, place) => new PaintedCell(column, place + 2));
    this.element.replaceChildren(first, ...this.cells.map(({ element }) => element));
  }

  private place(before: Partial<RowFacts>, { index, active, selected, away, row }: RowFacts): void {
    const { element } = this;
    if (before.index !== index) element.setAttribute("aria-rowindex", String(index + 2));
    if (before.selected !== selected) element.setAttribute("aria-selected", String(selected));
    if (before.active !== active) element.tabIndex = active ? 0 : -1;
    const look = (away ? "grid-row row row-away" : "grid-row row") + (row?.creation === "outcome_unknown" ? " row-unknown" : "");
    if (element.className !== look) element.className = look;
  }

  private name({ row, m }: RowFacts): void {
    const { element, box } = this;
    box.setAttribute("aria-label", row ? m.row_select({ name: row.reference ?? row.enrollment_id ?? m.no_reference() }) : m.loading());
    if (this.id === row?.id) return;
    this.id = row?.id;
    if (row) element.setAttribute("data-id", row.id);
    else element.removeAttribute("data-id");
    if (box.disabled === !row) return;
    box.disabled = !row;
    if (row) {
      element.setAttribute("data-testid", "dossier-row");
      box.setAttribute("data-testid", "row-box");
    } else {
      element.removeAttribute("data-testid");
      box.removeAttribute("data-testid");
    }
  }
}

/** What one column says of the row. */
class PaintedCell {
  readonly element = document.createElement("div");
  private readonly painting = new Painting(this.element);
  private readonly look: string;
  private told: boolean | null = null;

  constructor(
    private readonly column: ListColumn,
    place: number,
  ) {
    this.element.setAttribute("role", column === "reference" ? "rowheader" : "gridcell");
    this.element.setAttribute("aria-colindex", String(place));
    this.look = `cell-${column}`;
  }

  draw(row: DossierRow | undefined, words: CellWords): void {
    const text = row ? plain(row, this.column) : null;
    this.painting.show(text ?? (row && cell(row, this.column, words)));
    const told = text !== null;
    if (told === this.told) return;
    this.told = told;
    this.element.className = told ? `grid-cell grid-text ${this.look}` : `grid-cell ${this.look}`;
  }
}
