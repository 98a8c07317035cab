// A page of a hundred rows and a call that does nothing, by turns; calls back with milliseconds for one.
const done = arguments[arguments.length - 1];
const call = window.__TAURI_INTERNALS__.invoke;
const query = { search: "", filters: [], sort: [] };
// The clock of the page counts whole milliseconds.
const AT_ONCE = 10;
const timed = async (act) => {
  const from = performance.now();
  for (let time = 0; time < AT_ONCE; time += 1) await act(time);
  return (performance.now() - from) / AT_ONCE;
};
(async () => {
  const nothing = [], page = [];
  let bytes = 0;
  for (let turn = 0; turn < 60; turn += 1) {
    nothing.push(await timed(() => call("cancel", { intentId: "" })));
    page.push(await timed((time) => call("list_dossiers", { query, offset: ((turn * AT_ONCE + time) % 50) * 100, limit: 100 })));
  }
  bytes = JSON.stringify(await call("list_dossiers", { query, offset: 0, limit: 100 })).length;
  done({ nothing, page, bytes });
})();
