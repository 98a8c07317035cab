import { painted, repaint, type PaintedElement } from "../../../design/painter";
import { gridRow, type RowFacts } from "./GridRow";

/** An element for one row at a time, written only where another row differs from the one before. */
export class PaintedRow {
  readonly element: HTMLElement;
  private readonly there: PaintedElement;
  private readonly box: HTMLInputElement | null;

  constructor(private facts: RowFacts) {
    this.there = painted(gridRow(facts));
    this.element = this.there.node as HTMLElement;
    this.box = this.element.querySelector("input");
    this.check();
  }

  get index(): number {
    return this.facts.index;
  }

  draw(facts: RowFacts): void {
    if (!alike(this.facts, facts)) {
      this.facts = facts;
      repaint(this.there, gridRow(facts));
    }
    this.check();
  }

  /** Whoever presses the box changes it in the page; whether the row is chosen is known elsewhere. */
  private check(): void {
    if (this.box && this.box.checked !== this.facts.selected) this.box.checked = this.facts.selected;
  }
}

function alike(one: RowFacts, other: RowFacts): boolean {
  return (
    one.row === other.row &&
    one.index === other.index &&
    one.active === other.active &&
    one.selected === other.selected &&
    one.away === other.away &&
    one.elsewhere === other.elsewhere &&
    one.now === other.now &&
    one.columns === other.columns &&
    one.f === other.f
  );
}
