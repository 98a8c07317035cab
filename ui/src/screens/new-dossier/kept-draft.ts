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

  constructor(private readonly backend: Backend) {}

  /** `null`: nothing of a person is in it. */
  write(form: DraftForm | null): void {
    if (form === null && !this.kept && this.waiting === undefined) return;
    this.waiting = form;
    this.timer ??= setTimeout(() => this.send(), BETWEEN);
  }

  /** Rust has forgotten it, with the dossier that it became. */
  forgotten(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = undefined;
    this.kept = false;
  }

  /** At once: the person wants it gone. */
  drop(): void {
    this.forgotten();
    this.tell(null);
  }

  private send(): void {
    this.timer = undefined;
    const form = this.waiting;
    this.waiting = undefined;
    if (form !== undefined) this.tell(form);
  }

  private tell(form: DraftForm | null): void {
    this.kept = form !== null;
    const told = form === null ? this.backend.dropDraft() : this.backend.saveDraft(keptOf(form));
    // What cannot be kept is typed on: the next second tries again, and nobody is held up.
    told.catch(() => undefined);
  }
}
