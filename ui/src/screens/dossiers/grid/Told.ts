import type { Formats } from "../../../i18n/format";

/** Tells the whole date, or a text that may be cut short, of the place pointed at alone: rows come and go at every step. */
export class Told {
  private place: HTMLElement | null = null;

  at(target: EventTarget, f: Formats): void {
    const place = target instanceof Element ? target.closest<HTMLElement>("time, [data-moment], .grid-text") : null;
    this.place = place;
    if (!place) return;
    const moment = place.getAttribute("datetime") ?? place.dataset["moment"];
    place.title = moment === undefined ? place.textContent : f.fullDateTime(moment);
  }

  /** What was told of one dossier is not told of the one that takes its place. */
  forget(): void {
    this.place?.removeAttribute("title");
    this.place = null;
  }
}
