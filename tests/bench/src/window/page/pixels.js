// One picture to pixels by the viewer's scheme and through JSON, by turns; calls back with milliseconds for one.
const [json, done] = arguments;
const call = window.__TAURI_INTERNALS__.invoke;
const [address] = document.querySelector("[data-testid=page-image]").src.split("?");
const canvas = document.createElement("canvas");
// In software, so that it draws at once: what the scheme brought may be drawn, but no pixel of it read.
const context = canvas.getContext("2d", { willReadFrequently: true });
const draw = (picture, width, height) => {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.drawImage(picture, 0, 0);
};
const timed = async (act) => {
  const from = performance.now();
  await act();
  return performance.now() - from;
};

// By another address each time, as when a person tries again: what the window keeps is not used.
const byScheme = (turn) =>
  timed(async () => {
    const image = new Image();
    image.src = `${address}?attempt=${turn + 1}`;
    await image.decode();
    draw(image, image.naturalWidth, image.naturalHeight);
    image.removeAttribute("src");
  });
const drawn = async (bytes) => {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  draw(bitmap, bitmap.width, bitmap.height);
  bitmap.close();
};
const throughJson = async () => {
  const there = await timed(() => call("cancel", { intentId: json }));
  const thereAndBack = await timed(async () => {
    const refusal = String(await call("set_theme", { theme: json }).catch((error) => error));
    await drawn(new Uint8Array(JSON.parse(refusal.slice(refusal.indexOf("["), refusal.lastIndexOf("]") + 1))));
  });
  return thereAndBack - there;
};

(async () => {
  const bytes = new Uint8Array(JSON.parse(json));
  const scheme = [], through = [], pixels = [];
  for (let turn = 0; turn <= 15; turn += 1) {
    const round = [await byScheme(turn), await throughJson(), await timed(() => drawn(bytes))];
    // The first finds everything cold.
    if (turn > 0) [scheme, through, pixels].forEach((times, at) => times.push(round[at]));
  }
  done({ scheme, through, pixels, bytes: bytes.length });
})().catch((error) => done({ error: String(error) }));
