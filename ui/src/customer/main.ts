import { linkPicture } from "../backend/document-scheme";
import { draw, placeOf } from "./page";
import "./customer.css";

/** The fake is a branch that the production build removes whole. */
async function pictures(): Promise<(ticket: string, lang: string) => string> {
  if (import.meta.env.MODE !== "fake") return linkPicture;
  const { default: qr } = await import("../backend/fake/pictures/qr.svg");
  return () => qr;
}

const picture = await pictures();
const page = document.getElementById("customer");
const show = () => {
  if (page) draw(page, placeOf(location.hash), picture);
};
window.addEventListener("hashchange", show);
show();
