import { beforeEach, describe, expect, it } from "vitest";
import { draw, placeOf } from "./page";
import { LANGUAGES, WORDS } from "./words";

const picture = (ticket: string, lang: string) => `/link/${ticket}/${lang}`;
let page: HTMLElement;

beforeEach(() => {
  page = document.createElement("main");
  document.body.replaceChildren(page);
});

describe("the customer's screen", () => {
  it("shows the code and three steps in the customer's language, and the choice of another", () => {
    for (const lang of LANGUAGES) {
      draw(page, { ticket: "0a1b", lang }, picture);
      expect(document.documentElement.lang).toBe(lang);
      expect(page.querySelector("img")?.getAttribute("src")).toBe(`/link/0a1b/${lang}`);
      expect(page.querySelectorAll("li")).toHaveLength(3);
      expect(page.querySelector("h1")?.textContent).toBe(WORDS[lang].title);
      expect(page.querySelector("[aria-pressed=true]")?.textContent).toBe(WORDS[lang].name);
    }
    expect(page.querySelectorAll("button")).toHaveLength(5);
  });

  it("reads from right to left in Arabic only", () => {
    draw(page, { ticket: "0a1b", lang: "ar" }, picture);
    expect(document.documentElement.dir).toBe("rtl");
    draw(page, { ticket: "0a1b", lang: "ko" }, picture);
    expect(document.documentElement.dir).toBe("ltr");
  });

  it("changes its language by a button, the code with it", () => {
    draw(page, { ticket: "0a1b", lang: "fr" }, picture);
    page.querySelector<HTMLButtonElement>("button[lang=it]")?.click();
    expect(placeOf(location.hash)).toEqual({ ticket: "0a1b", lang: "it" });
  });

  it("takes nothing from its address but a ticket and a known language", () => {
    expect(placeOf("#0a1b/ko")).toEqual({ ticket: "0a1b", lang: "ko" });
    expect(placeOf("")).toEqual({ ticket: "", lang: "en" });
    expect(placeOf("#../../x/fr")).toEqual({ ticket: "", lang: "en" });
    expect(placeOf('#"><img>/fr')).toEqual({ ticket: "", lang: "fr" });
  });
});
