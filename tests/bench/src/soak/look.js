const [id, done] = arguments;
const moment = () => new Promise((resolve) => setTimeout(resolve, 20));
const pictures = () =>
  [...document.querySelectorAll("[data-testid=page-image][data-state=shown]")].filter((picture) =>
    picture.src.includes(id),
  ).length;
const shown = async (least, most) => {
  for (let turn = 0; turn < 1000; turn += 1) {
    await moment();
    const there = pictures();
    if (there >= least && there <= most) return;
  }
  throw new Error(`the pictures of ${id} do not come`);
};
const look = async () => {
  location.hash = `/dossiers/${id}?view=first`;
  // One, or both where both of the dossier before were in view.
  await shown(1, 2);
  for (const [key, count] of [
    ["r", 1],
    ["v", 1],
    ["b", 2],
  ]) {
    window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await shown(count, count);
  }
};
look().then(
  () => done(null),
  (error) => done(String(error)),
);
