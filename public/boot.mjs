// Starts the app. External, so that the page needs no inline script:
// Content-Security-Policy: script-src 'self' 'wasm-unsafe-eval'.
//
// Loaded with `async`: a deferred module would wait for the style sheet at the end of the page.
// A place further down may be asked for: it is found only if all above has its size. See settle.mjs.
const [visit] = performance.getEntriesByType("navigation");
if (location.hash || visit?.type !== "navigate") document.documentElement.dataset.settled = "";

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
// Both downloads at once: the module would fetch the other only after it has arrived itself.
const bytes = fetch(wasm);
const module = import(js);

// What the app will ask for first. See `takeAhead` in src/api/http.rs.
const answers = new Map();
for (const link of document.querySelectorAll("link[data-ahead]")) {
  if (!matchMedia(link.media).matches) continue;
  const text = fetch(link.href).then((it) => (it.ok ? it.text() : undefined));
  answers.set(link.getAttribute("href"), text.catch(() => undefined));
}
globalThis.takeAhead = (url) => {
  const answer = answers.get(url);
  answers.delete(url);
  return Promise.resolve(answer);
};

// Where the map is drawn at once, Leaflet runs while the app is on its way.
const ahead = document.querySelector("link[data-leaflet]");
if (ahead && matchMedia(ahead.media).matches) {
  const script = Object.assign(document.createElement("script"), { src: ahead.href });
  globalThis.leaflet = new Promise((resolve) => (script.onload = script.onerror = resolve));
  document.head.append(script);
}

// Where no server answers, the device searches, with a part of the app that others never load.
globalThis.searchOnDevice = async (documents, query) => {
  const { default: start, search } = await import("./immunotheque-search.js");
  await start();
  return search(documents, query);
};

// What helps while somebody writes comes when they begin to, or have begun before.
let writing;
const help = async () => {
  writing ??= import("./immunotheque-writing.js").then(async (it) => (await it.default(), it));
  (await writing).prepare();
};
const hasBegun = () => {
  try {
    return Object.keys(localStorage).some((it) => it.startsWith("draft"));
  } catch {
    return false;
  }
};
globalThis.formsShown = () => {
  const begun = document.querySelector("[data-guard], [data-sent]") && (writing || hasBegun());
  if (begun || document.querySelector("[data-writer]")) help();
};
addEventListener("focusin", ({ target }) => {
  if (!writing && target.closest("form[data-guard]")) help();
});

// The app takes over the whole page, so all of it must be there. What the server wrote for it stands
// last; where no server wrote anything, the parsed document has to do.
const isThere = () => document.getElementById("seed") || document.readyState !== "loading";
while (!isThere()) await new Promise((resume) => setTimeout(resume, 10));

try {
  const { default: init } = await module;
  await init({ module_or_path: bytes });
} finally {
  import("./settle.mjs");
}
