/** Our own drawings, 16 × 16, one stroke width; decoration only, never the sole carrier of a meaning. */
const PATHS = {
  today: "M2.5 3.5h11v10h-11z M2.5 6.5h11 M5.5 2v3 M10.5 2v3 M5.2 10l1.9 1.8L11 8.4",
  deadlines: "M4 2.2h8 M4 13.8h8 M5 2.2v2.2c0 2.6 6 4.6 6 7.2v2.2 M11 2.2v2.2c0 2.6-6 4.6-6 7.2v2.2",
  journal: "M3.5 2.2h9v11.6h-9z M6 2.2v11.6 M8 5.5h2.6 M8 8h2.6",
  dossiers: "M2 4.5h4.2l1.4 1.6H14v6.4H2z M2 7.2h12",
  eye: "M1.6 8C3.2 5.1 5.4 3.6 8 3.6s4.8 1.5 6.4 4.4c-1.6 2.9-3.8 4.4-6.4 4.4S3.2 10.9 1.6 8z M8 9.9a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8z",
  plus: "M8 3v10 M3 8h10",
  settings: "M2.5 4.5h6 M11.5 4.5h2 M2.5 11.5h2 M7.5 11.5h6 M10 2.8v3.4 M6 9.8v3.4",
  funnel: "M2.5 3h11L9.6 8v4.2l-3.2 1.6V8z",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9z M10.3 10.3 13.5 13.5",
  close: "M4 4l8 8 M12 4l-8 8",
  chevron: "M4.5 6.5 8 10l3.5-3.5",
  back: "M9.5 3.5 5 8l4.5 4.5",
  sortUp: "M8 12.5v-9 M4.8 6.7 8 3.5l3.2 3.2",
  sortDown: "M8 3.5v9 M4.8 9.3 8 12.5l3.2-3.2",
  check: "M3.5 8.5 6.5 11.5 12.5 4.5",
  warning: "M8 2.8 14 13H2z M8 6.5v3 M8 11.2v.1",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z M8 7.2V11 M8 5v.1",
  stop: "M5.4 2h5.2L14 5.4v5.2L10.6 14H5.4L2 10.6V5.4z M8 5v3.6 M8 11v.1",
  refresh: "M13 8a5 5 0 1 1-1.5-3.6 M13 2.5v2.8h-2.8",
  open: "M9 2.5h4.5V7 M13.2 2.8 7.5 8.5 M11.5 9.5v3.6H3V4.5h3.6",
  save: "M8 2.5v7.5 M4.8 7 8 10.2 11.2 7 M2.8 13.2h10.4",
  signOut: "M6.5 2.8H3v10.4h3.5 M7 8h6.5 M10.8 5.3 13.5 8l-2.7 2.7",
  lock: "M4 7.2h8v6H4z M5.6 7.2V5a2.4 2.4 0 0 1 4.8 0v2.2",
  user: "M8 8.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4z M2.8 13.5c.4-2.6 2.5-3.7 5.2-3.7s4.8 1.1 5.2 3.7",
  application: "M2.5 3h11v10h-11z M2.5 6h11 M5 9.5h2.5",
  rotate: "M3 8a5 5 0 1 0 1.5-3.6 M3 2.5v2.8h2.8",
  zoomIn: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9z M10.3 10.3 13.5 13.5 M7 5v4 M5 7h4",
  zoomOut: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9z M10.3 10.3 13.5 13.5 M5 7h4",
  fit: "M2.5 6V2.5H6 M10 2.5h3.5V6 M13.5 10v3.5H10 M6 13.5H2.5V10",
  sides: "M1.8 3.5h5.4v9H1.8z M8.8 3.5h5.4v9H8.8z",
  link: "M6.8 9.2 9.2 6.8 M7.4 4.6l1-1a2.6 2.6 0 0 1 3.7 3.7l-1 1 M8.6 11.4l-1 1a2.6 2.6 0 0 1-3.7-3.7l1-1",
  image: "M2.5 3h11v10h-11z M2.5 11l3.2-3.4 2.4 2.4 1.8-1.8 3.6 3.6 M10.4 6.2v.1",
  copy: "M5.5 5.5h8v8h-8z M10.5 5.5v-3h-8v8h3",
  trash: "M3 4.5h10 M6 4.5V2.8h4v1.7 M4.2 4.5l.6 8.7h6.4l.6-8.7",
  columns: "M2.5 3h11v10h-11z M6.2 3v10 M9.8 3v10",
  tag: "M2.5 2.5h5.3l5.7 5.7-5.3 5.3-5.7-5.7z M5.3 5.3v.1",
  import: "M8 10V2.5 M4.8 7 8 10.2 11.2 7 M2.8 10.5v2.7h10.4v-2.7",
  export: "M8 10.2V2.8 M4.8 6 8 2.8 11.2 6 M2.8 10.5v2.7h10.4v-2.7",
  next: "M6.5 3.5 11 8l-4.5 4.5",
  vault: "M2 2.8h12v3.2H2z M3 6v7.2h10V6 M6.2 8.6h3.6",
  verify: "M8 2 13 4v4c0 3-2.2 5-5 6-2.8-1-5-3-5-6V4z M5.6 8l1.8 1.8L10.6 6.4",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z M8 4.8V8l2.2 1.6",
  seal: "M8 1.8 13 3.6v4c0 3.2-2 5.4-5 6.6-3-1.2-5-3.4-5-6.6v-4z M5.7 8l1.7 1.7 3-3.3",
  qr: "M2.5 2.5h4v4h-4z M9.5 2.5h4v4h-4z M2.5 9.5h4v4h-4z M9.5 9.5h1.6v1.6 M13.5 9.5v1.6 M9.5 13.5h1.6 M13.5 12.6v.9",
  screen: "M2 3h12v8H2z M8 11v2.4 M5.2 13.4h5.6",
  mail: "M2 3.8h12v8.6H2z M2.2 4.2 8 8.8l5.8-4.6",
  pause: "M5.5 3.5v9 M10.5 3.5v9",
  play: "M5 3.2 12.5 8 5 12.8z",
  keyboard: "M1.5 4h13v8h-13z M4 6.8v.1 M6.7 6.8v.1 M9.3 6.8v.1 M12 6.8v.1 M5 9.6h6",
  offline: "M2 6.2a9 9 0 0 1 12 0 M4.4 8.8a5.4 5.4 0 0 1 7.2 0 M8 12v.1 M2.5 13.5l11-11",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
