// Notes what the page asks of the desk, and when each key's rows are on the screen.
const frame = () => new Promise((done) => requestAnimationFrame(done));
const painted = async () => {
  await frame();
  await new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  });
};
const watch = { asked: [], keys: [], answers: [] };
window.watch = watch;

const fetched = window.fetch;
window.fetch = async (address, options) => {
  const command = decodeURIComponent(String(address).split("/").pop());
  const call = { command, at: performance.now(), body: typeof options?.body === "string" ? options.body : "" };
  watch.asked.push(call);
  const answer = await fetched(address, options);
  call.answered = performance.now();
  if (command === "list_dossiers") listed(call);
  return answer;
};

// What is done with an answer is done in the microtasks behind it; layout and paint are no script.
const HOPS = 64;
const read = Response.prototype.json;
Response.prototype.json = async function json() {
  const value = await read.call(this);
  const at = performance.now();
  void (async () => {
    for (let hop = 0; hop < HOPS; hop += 1) await null;
    watch.answers.push(performance.now() - at);
  })();
  return value;
};

const SHOWN = "[data-testid=dossier-table], [data-testid=dossier-count], [data-testid=list-state]";
const ofTheList = ({ target, addedNodes }) =>
  (target instanceof Element ? target : target.parentElement)?.closest(SHOWN) ||
  [...addedNodes].some((node) => node instanceof Element && (node.matches(SHOWN) || node.querySelector(SHOWN)));

/** An answer came: the keys that it answers are done when what it changed is painted. */
function listed(call) {
  const search = JSON.parse(call.body || "{}").query?.search;
  const field = document.querySelector("input[data-testid=search]");
  if (!field || field.value !== search) return;
  const served = watch.keys.filter((key) => key.value !== undefined && !key.served);
  // What is waited for below lays the page out, in the midst of whatever else changes it.
  if (served.length === 0) return;
  for (const key of served) Object.assign(key, { served: true, asked: call.at, answered: call.answered });
  const observer = new MutationObserver((changes) => {
    if (!changes.some(ofTheList)) return;
    observer.disconnect();
    const drawn = performance.now();
    // Reading a height makes the page be laid out now.
    void document.body.offsetHeight;
    for (const key of served) Object.assign(key, { drawn, laid: performance.now() });
    void painted().then(() => {
      for (const key of served) key.painted = performance.now();
    });
  });
  observer.observe(document.querySelector("#content"), { childList: true, characterData: true, attributes: true, subtree: true });
  setTimeout(() => observer.disconnect(), 400);
}

document.addEventListener("keydown", (event) => event.key.length === 1 && !event.ctrlKey && watch.keys.push({ at: event.timeStamp }), true);
document.addEventListener(
  "input",
  (event) => {
    const key = watch.keys.at(-1);
    if (key && event.target.matches("[data-testid=search]")) key.value = event.target.value;
  },
  true,
);
