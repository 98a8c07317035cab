import type { Backend } from "../../backend/backend";
import type { DraftForm as KeptForm } from "../../backend/generated/DraftForm";
import { draftOf, type DraftForm, type Keeping } from "./draft";

/** Milliseconds between two writings: what a crash may cost of the typing. */
const BETWEEN = 1_000;

/** As the register keeps it; Rust leaves out what only the screen knows. */
function keptOf(form: DraftForm): KeptForm {
  const expected = form.expected.map(({ name, value, locked, auto }) => ({ name, value, locked, auto }));
  return { form: { ...form, expected, mode: form.mode ?? "this_pc" }, mode_chosen: form.mode !== null };
}

/** As the form shows it again; what a template had put in counts as typed. */
export function shownOf({ form, mode_chosen }: KeptForm): DraftForm {
  return { ...draftOf(form), mode: mode_chosen ? form.mode : null };
}

/** Has the register keep what is typed, at most once a second; a form that says nothing of anybody is forgotten. */
export class DraftKeeping implements Keeping {
  private waiting: DraftForm | null | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private kept = false;
  private held = false;
  private told: Promise<void> = Promise.resolve();

  constructor(private readonly backend: Backend) {}

  /** `null`: nothing of a person is in it. */
  write(form: DraftForm | null): void {
    if (form === null && !this.kept && this.waiting === undefined) return;
    this.waiting = form;
    this.wait();
  }

  /** Tells nothing more, and ends once everything told has arrived. */
  hold(): Promise<void> {
    this.held = true;
    this.stop();
    return this.told;
  }

  /** Tells again, first what was written meanwhile. */
  release(): void {
    this.held = false;
    if (this.waiting !== undefined) this.wait();
  }

  /** Rust has forgotten it, with the dossier that it became. */
  forgotten(): void {
    this.stop();
    this.waiting = undefined;
    this.kept = false;
  }

  /** At once: the person wants it gone. */
  drop(): void {
    this.forgotten();
    this.tell(null);
  }

  private wait(): void {
    if (!this.held) this.timer ??= setTimeout(() => this.send(), BETWEEN);
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private send(): void {
    this.timer = undefined;
    const form = this.waiting;
    this.waiting = undefined;
    if (form !== undefined) this.tell(form);
  }

  private tell(form: DraftForm | null): void {
    this.kept = form !== null;
    const tell = () => (form === null ? this.backend.dropDraft() : this.backend.saveDraft(keptOf(form)));
    // In turn, so that the last word is the last. What cannot be kept is typed on: the next second tries again, and
    // nobody is held up.
    this.told = this.told.then(tell).catch(() => undefined);
  }
}
