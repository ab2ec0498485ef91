// Keys for the moderators' desk. They only press what the page itself has (`data-key`): without this
// script everything is still there.

const store = { keys: "desk-keys", chosen: "desk-chosen" };
// Storage may be forbidden: then nothing is remembered.
const remember = (place, name, value) => {
  try {
    place.setItem(name, value);
  } catch {}
};
const recall = (place, name) => {
  try {
    return place.getItem(name);
  } catch {
    return null;
  }
};

const panel = document.querySelector("[data-keys]");
const help = document.querySelector("[data-keys-help]");
const boxes = [...document.querySelectorAll("input[name=items][type=checkbox]")];
const nameOf = (box) => box.value.split(".")[0];

// What is chosen stays so while one item after the other is opened.
const chosen = new Set((recall(sessionStorage, store.chosen) ?? "").split(" ").filter(Boolean));
for (const box of boxes) {
  box.checked ||= chosen.has(nameOf(box));
  box.addEventListener("change", () => {
    chosen[box.checked ? "add" : "delete"](nameOf(box));
    remember(sessionStorage, store.chosen, [...chosen].join(" "));
  });
}
const forget = () => remember(sessionStorage, store.chosen, "");
for (const form of document.querySelectorAll("#lot, [data-sign-out]")) {
  form.addEventListener("submit", forget);
}

// The list scrolls by itself beside what is open: the open one is brought into its middle.
const list = document.querySelector(".queue");
const open = list?.querySelector(".item--open");
if (open && list.clientHeight < list.scrollHeight) {
  const [around, box] = [list, open].map((it) => it.getBoundingClientRect());
  if (box.top < around.top || innerHeight < box.bottom) {
    list.scrollTop += box.top - around.top - (list.clientHeight - box.height) / 2;
  }
}

// Single keys can be turned off (WCAG 2.2, 2.1.4): programs that are spoken to send some by mistake.
let on = recall(localStorage, store.keys) !== "off";
const toggle = document.querySelector("[data-keys-switch]");
const show = () => {
  document.documentElement.toggleAttribute("data-keyboard", on);
  if (!toggle) return;
  toggle.textContent = on ? toggle.dataset.on : toggle.dataset.off;
  toggle.setAttribute("aria-pressed", on);
};
toggle?.addEventListener("click", () => {
  on = !on;
  remember(localStorage, store.keys, on ? "on" : "off");
  show();
});
if (panel) panel.hidden = false;
show();

document.querySelector('button[data-key="?"]')?.addEventListener("click", () => help?.showModal());

const isWriting = (it) =>
  it instanceof Element &&
  it.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");

const press = (it) => {
  if (it.matches("summary")) {
    // What cannot be taken back is confirmed by another key: Enter, on the button.
    it.parentElement.open = true;
    it.parentElement.querySelector("button")?.focus();
  } else if (it.matches("input[type=search]")) {
    it.focus();
    it.select();
  } else {
    const folded = it.closest("details");
    if (folded) folded.open = true;
    it.click();
  }
};

let sent = false;
addEventListener("pageshow", () => (sent = false));
document.addEventListener("submit", () => (sent = true));

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (!on || sent || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.isComposing || help?.open || isWriting(target)) return;
  const name = CSS.escape(key.toLowerCase());
  // A decision is for all that are chosen, where any are.
  const verdict = { a: "approve", r: "reject", h: "hold" }[key.toLowerCase()];
  const many = verdict && boxes.some((it) => it.checked);
  const found = many
    ? document.querySelector(`#lot button[value="${verdict}"]`)
    : document.querySelector(`[data-key="${name}"]`);
  if (!found) return;
  event.preventDefault();
  press(found);
});
