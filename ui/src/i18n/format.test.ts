import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useFormats } from "./format";

test("a date with its time is written as the system writes it, whenever it is", () => {
  const formats = renderHook(useFormats).result.current;
  const date = new Intl.DateTimeFormat("fr-FR", { day: "2-digit", month: "2-digit", year: "numeric" });
  const time = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" });
  // Every day of eleven years, changes of the clock too, and by and by every minute of one.
  for (let at = Date.UTC(2020, 0, 1); at < Date.UTC(2031, 0, 1); at += 47_707_000) {
    const moment = new Date(at);
    expect(formats.dateTime(moment.toISOString())).toBe(`${date.format(moment)} ${time.format(moment)}`);
  }
});
