import type { Unsubscribe } from "../../backend/backend";
import type { ExpectedDatumForm } from "../../backend/generated/ExpectedDatumForm";
import type { LaunchForm } from "../../backend/generated/LaunchForm";
import type { LaunchMode } from "../../backend/generated/LaunchMode";
import type { WireError } from "../../backend/generated/WireError";

/** A row being edited; `key` keeps its place on the screen while others come and go. */
export interface ExpectedRow extends ExpectedDatumForm {
  key: number;
}

/** What the process's template put into the form: what still is so was not typed. */
export interface Proposed {
  reference: string;
  group: string;
  lang: string;
  /** Rows asked for, as long as they are empty. */
  expected: string[];
}

/** `mode` is `null` until the person chooses one: then it is the process's own. */
export type DraftForm = Omit<LaunchForm, "expected" | "mode"> & { expected: ExpectedRow[]; mode: LaunchMode | null; proposed: Proposed };

export const BLANK: DraftForm = {
  process_id: "",
  reference: "",
  last_name: "",
  first_name: "",
  email: "",
  phone_number: "",
  address_line_1: "",
  address_line_2: "",
  address_line_3: "",
  zip_code: "",
  city: "",
  country: "",
  group: "",
  authenticator_phone_number: "",
  expected: [],
  lang: "fr",
  mode: null,
  open_link: true,
  proposed: { reference: "", group: "", lang: "fr", expected: [] },
};

/** What stays from one dossier to the next. */
const STAYS = new Set(["process_id", "lang", "mode", "open_link", "proposed", "expected"]);

/** A form to type over, begun with what is known. */
export function draftOf(form: LaunchForm): DraftForm {
  return { ...form, expected: form.expected.map((datum, key) => ({ ...datum, key })), proposed: { ...BLANK.proposed, lang: "" } };
}

/** What is launched of it. */
export function launchOf(form: DraftForm, mode: LaunchMode, open_link: boolean): LaunchForm {
  const expected = form.expected.map(({ name, value, locked, auto }) => ({ name, value, locked, auto }));
  const launched: LaunchForm & { proposed?: Proposed } = { ...form, mode, open_link, expected };
  delete launched.proposed;
  return launched;
}

/** Where what is typed outlives the window. */
export interface Keeping {
  write(form: DraftForm | null): void;
  forgotten(): void;
  drop(): void;
  hold(): Promise<void>;
  release(): void;
}

/** Something of a person was typed into it. */
export function isBegun(form: DraftForm): boolean {
  const given: Record<string, unknown> = { ...form.proposed };
  const typed = ([name, value]: [string, unknown]) => !STAYS.has(name) && typeof value === "string" && value !== "" && value !== given[name];
  return form.expected.some(({ value }) => value !== "") || Object.entries(form).some(typed);
}

/** A launch that was not sent: the same form goes out again under the dossier that was prepared of it. */
export interface Unsent {
  id: string;
  form: DraftForm;
  open_link: boolean;
}

/** A launch that failed out of sight, and what trying again takes. */
export interface Missed {
  failure: WireError;
  unsent: Unsent | null;
  open_link: boolean;
}

/** What was typed for a dossier not yet made: kept across screens and through a restart, dropped at sign-out. */
export class Draft {
  private form: DraftForm = BLANK;
  /** The launch under way, whichever screen began it. */
  private underWay: symbol | null = null;
  private readonly listeners = new Set<() => void>();
  private unseen: Missed | null = null;

  constructor(private readonly keeping: Keeping | null = null) {}

  readonly subscribe = (listener: () => void): Unsubscribe => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly isLaunching = (): boolean => this.underWay !== null;

  /** Until `launch` has ended; `stays` tells whether the desk is still theirs who began it. */
  async launching(launch: (stays: () => boolean) => Promise<void>): Promise<void> {
    const turn = Symbol("launch");
    const stays = () => this.underWay === turn;
    this.unseen = null;
    this.setUnderWay(turn);
    try {
      await launch(stays);
    } finally {
      if (stays()) this.setUnderWay(null);
    }
  }

  read(): DraftForm {
    return this.form;
  }

  write(form: DraftForm): void {
    this.form = form;
    this.keeping?.write(this.begun ? form : null);
  }

  /** Why a launch failed whose form was out of sight by then: the next form to be shown says so, once. */
  get missed(): Missed | null {
    return this.unseen;
  }

  readonly miss = (missed: Missed | null): void => {
    this.unseen = missed;
  };

  /** Keeps nothing while a dossier is made of it: written late, a person's data would be offered for the next one. */
  async making<Made>(make: () => Promise<Made>): Promise<Made> {
    await this.keeping?.hold();
    try {
      return await make();
    } finally {
      this.keeping?.release();
    }
  }

  /** The dossier has it now. */
  made(next: DraftForm): void {
    this.form = next;
    this.keeping?.forgotten();
  }

  /** The person wants it gone. */
  drop(next: DraftForm): void {
    this.form = next;
    this.keeping?.drop();
  }

  get begun(): boolean {
    return isBegun(this.form);
  }

  /** Out of the window: another person may sit down at it. */
  clear(): void {
    this.form = BLANK;
    this.unseen = null;
    this.keeping?.forgotten();
    this.setUnderWay(null);
  }

  private setUnderWay(turn: symbol | null): void {
    this.underWay = turn;
    for (const listener of this.listeners) listener();
  }
}
