/** WebView2 and Android have no custom schemes of their own: Tauri serves them as `http://{scheme}.localhost`. */
export const DOCUMENT_ORIGIN = /Windows|Android/.test(navigator.userAgent)
  ? "http://document.localhost"
  : "document://localhost";

/** The QR code of a link that is shown. */
export function linkPicture(ticket: string, lang: string): string {
  return `${DOCUMENT_ORIGIN}/link/${encodeURIComponent(ticket)}/${encodeURIComponent(lang)}`;
}
