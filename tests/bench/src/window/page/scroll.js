// Scrolls the list and jumps to its end; calls back with what each frame took.
const done = arguments[arguments.length - 1];
const table = document.querySelector("[data-testid=dossier-table]");
const scroller = table.parentElement;
const frame = () => new Promise((then) => requestAnimationFrame(then));
const later = (ms) => new Promise((then) => setTimeout(then, ms));
const painted = async () => {
  await frame();
  await later(0);
};
const inPage = () => table.querySelectorAll("[role=row]").length;
const indexes = () => [...table.querySelectorAll("[data-testid=dossier-row]")].map((row) => Number(row.getAttribute("aria-rowindex")));

(async () => {
  const { watch } = window;
  const script = [], answered = [], drawn = [];
  let begun = null;
  // The page draws its rows between the scroll and the frame that shows them.
  scroller.addEventListener("scroll", () => { begun ??= performance.now(); }, true);
  const step = async (turn) => {
    scroller.scrollTop += 120 + turn * 3;
    await frame();
    const scrolled = begun === null ? 0 : performance.now() - begun;
    begun = null;
    const answers = watch.answers.splice(0).reduce((sum, took) => sum + took, 0);
    script.push(scrolled + answers);
    if (answers > 0) answered.push(answers);
    drawn.push(inPage());
  };
  for (let turn = 0; turn < 400; turn += 1) await step(turn);

  const jumps = [];
  for (let jump = 0; jump < 7; jump += 1) {
    // Far from the end for long enough that its rows are forgotten.
    scroller.scrollTop = 0;
    for (let page = 0; page < 20; page += 1) {
      await later(60);
      scroller.scrollTop += 34 * 100;
    }
    scroller.scrollTop = 0;
    await later(300);
    const last = Number(table.getAttribute("aria-rowcount"));
    const from = performance.now();
    scroller.scrollTop = scroller.scrollHeight;
    while (!indexes().includes(last) && performance.now() - from < 5000) await frame();
    await painted();
    jumps.push(performance.now() - from);
    drawn.push(inPage());
  }
  done({ script, answered, drawn, jumps, count: Number(table.getAttribute("aria-rowcount")) - 1, tallest: scroller.scrollHeight });
})();
