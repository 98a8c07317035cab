import { LANGUAGES, languageOf, WORDS, type CustomerLanguage } from "./words";

/** Drawings of the three steps, 48 × 48: a phone that scans, a document and a face, a finished check. */
const STEPS = [
  "M15 4h18v40H15z M21 39h6 M19 13h4v4h-4z M26 13h3 M19 21h3 M26 20h3v4h-3z",
  "M3 11h26v20H3z M7 17h8v8H7z M18 18h7 M18 23h7 M38 27a5 5 0 1 0 0-10 5 5 0 0 0 0 10z M30 39c.6-5.4 4-7.6 8-7.6s7.4 2.2 8 7.6",
  "M24 44a20 20 0 1 0 0-40 20 20 0 0 0 0 40z M15 24.5 21.5 31 33.5 17.5",
];
const SVG = "http://www.w3.org/2000/svg";

/** Ticket and language, as the address tells them behind its `#`. */
export interface Place {
  ticket: string;
  lang: CustomerLanguage;
}

export function placeOf(hash: string): Place {
  const [ticket = "", lang = ""] = hash.replace(/^#/, "").split("/");
  return { ticket: /^[\da-f]+$/.test(ticket) ? ticket : "", lang: languageOf(lang) };
}

/** Draws the whole page; it calls nothing and knows nothing of the person. */
export function draw(into: HTMLElement, { ticket, lang }: Place, picture: (ticket: string, lang: string) => string): void {
  const words = WORDS[lang];
  document.documentElement.lang = lang;
  document.documentElement.dir = lang === "ar" ? "rtl" : "ltr";
  document.title = words.title;

  const title = element("h1", words.title);
  const code = element("img");
  code.className = "customer-code";
  code.alt = words.code;
  code.src = picture(ticket, lang);
  const steps = element("ol");
  steps.className = "customer-steps";
  words.steps.forEach((step, index) => {
    const line = element("li");
    line.append(drawing(STEPS[index] ?? ""), element("span", step));
    steps.append(line);
  });
  const languages = element("div");
  languages.className = "customer-languages";
  for (const one of LANGUAGES) {
    const button = element("button", WORDS[one].name);
    button.type = "button";
    button.lang = one;
    button.setAttribute("aria-pressed", String(one === lang));
    button.addEventListener("click", () => {
      location.hash = `${ticket}/${one}`;
    });
    languages.append(button);
  }
  const focused = document.activeElement?.getAttribute("lang");
  into.replaceChildren(title, code, steps, languages);
  if (focused) languages.querySelector<HTMLElement>(`[lang="${focused}"]`)?.focus();
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, text = ""): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function drawing(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 48 48");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
