import type { Language } from "../backend/generated/Language";
import { useLanguage, useMessages, type Messages } from "./language";

const LOCALE: Record<Language, string> = { fr: "fr-FR", en: "en-GB" };

const DATE: Record<Language, Intl.DateTimeFormatOptions> = {
  fr: { day: "2-digit", month: "2-digit", year: "numeric" },
  en: { day: "numeric", month: "short", year: "numeric" },
};

const TIME: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };

export interface Formats {
  /** `03/02/2026 09:14` or `3 Feb 2026 09:14`; an unreadable date is given back as it came. */
  dateTime(instant: string): string;
  date(instant: string): string;
  /** `lundi 3 février 2026`. */
  longDay(instant: string): string;
  /** A calendar day (`1978-02-14`) in the person's way; any other text is given back as it came. */
  day(text: string): string;
  /** `09:14` when it was today, else with its date. */
  moment(instant: string, now: number): string;
  /** The same instant with seconds and zone, for a tooltip. */
  fullDateTime(instant: string): string;
  bytes(size: string): string;
  number(value: number): string;
  /** Two units at most: `5 j 20 h`. */
  duration(milliseconds: number): string;
}

function formats(language: Language, m: Messages): Formats {
  const locale = LOCALE[language];
  const date = once(new Intl.DateTimeFormat(locale, DATE[language]), (moment) => (moment.getFullYear() * 12 + moment.getMonth()) * 31 + moment.getDate());
  const time = once(new Intl.DateTimeFormat(locale, TIME), (moment) => moment.getHours() * 60 + moment.getMinutes());
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" });
  const longDay = new Intl.DateTimeFormat(locale, { dateStyle: "full" });
  const number = new Intl.NumberFormat(locale);
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const read = (instant: string, write: (moment: Date) => string) => {
    const moment = new Date(instant);
    return Number.isNaN(moment.getTime()) ? instant : write(moment);
  };
  return {
    dateTime: (instant) => read(instant, (moment) => `${date.format(moment)} ${time.format(moment)}`),
    date: (instant) => read(instant, (moment) => date.format(moment)),
    longDay: (instant) => read(instant, (moment) => longDay.format(moment)),
    day: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? read(`${text}T12:00:00`, (moment) => date.format(moment)) : text),
    moment: (instant, now) =>
      read(instant, (moment) => (date.format(moment) === date.format(new Date(now)) ? time.format(moment) : `${date.format(moment)} ${time.format(moment)}`)),
    fullDateTime: (instant) => read(instant, (moment) => full.format(moment)),
    number: (value) => number.format(value),
    bytes: (size) => {
      const count = Number(size);
      if (!Number.isFinite(count)) return size;
      if (count < 1000) return m.size_bytes({ n: number.format(count) });
      if (count < 1_000_000) return m.size_kilobytes({ n: decimal.format(count / 1000) });
      return m.size_megabytes({ n: decimal.format(count / 1_000_000) });
    },
    duration: (milliseconds) => {
      const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
      const days = Math.floor(minutes / 1440);
      const hours = Math.floor((minutes % 1440) / 60);
      if (days > 0) return m.duration_days_hours({ days, hours });
      if (hours > 0) return m.duration_hours_minutes({ hours, minutes: minutes % 60 });
      return m.duration_minutes({ minutes });
    },
  };
}

/** Days or minutes that are remembered: ten years of days. */
const REMEMBERED = 3_660;

/** Asks the system's tables, which are slow, once for all moments that are written alike: a list that rolls by asks thousands of times. */
function once(format: Intl.DateTimeFormat, same: (moment: Date) => number): { format: (moment: Date) => string } {
  const written = new Map<number, string>();
  return {
    format: (moment) => {
      const key = same(moment);
      let text = written.get(key);
      if (text === undefined) {
        text = format.format(moment);
        if (written.size >= REMEMBERED) written.clear();
        written.set(key, text);
      }
      return text;
    },
  };
}

const made = new Map<Language, Formats>();

export function useFormats(): Formats {
  const language = useLanguage();
  const m = useMessages();
  // The formatters are slow to make, and a list asks for them in every row.
  const known = made.get(language) ?? formats(language, m);
  made.set(language, known);
  return known;
}
