// Lays out what stands below the first screen, piece by piece while nothing else is to be done, so
// that no piece holds up a reader's finger. See style/components/late.css.
import bringFonts from "./fonts.mjs";

const root = document.documentElement;
const idle = globalThis.requestIdleCallback ?? ((next) => setTimeout(next, 50));
const loaded = new Promise((resume) => {
  if (document.readyState === "complete") resume();
  else addEventListener("load", resume, { once: true });
});

await loaded;
// Letters of another width would lay everything out a second time.
await bringFonts();
for (const piece of document.querySelectorAll(".late")) {
  await new Promise((resume) => idle(resume));
  piece.dataset.settled = "";
}
// From here on pages are laid out at once, where Back finds every line at its place.
root.dataset.settled = "";
