// Reading comfort, kept on this device only (localStorage). Loaded early and on its own, so that a
// reader who chose dark or large text gets it with the first paint, long before the app is there.
(() => {
  const root = document.documentElement;
  const names = ["text", "spacing", "theme"];
  const key = (name) => `pref-${name}`;
  const read = (name) => {
    try {
      return localStorage.getItem(key(name)) ?? "";
    } catch {
      return ""; // Storage is refused: the defaults will do.
    }
  };
  const apply = (name, value) => {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  };
  for (const name of names) apply(name, read(name));

  const show = () => {
    for (const input of document.querySelectorAll("input[data-pref]")) {
      input.checked = input.value === (root.dataset[input.dataset.pref] ?? "");
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
  else show();

  document.addEventListener("change", (event) => {
    const { pref } = event.target.dataset ?? {};
    if (!names.includes(pref)) return;
    apply(pref, event.target.value);
    try {
      if (event.target.value) localStorage.setItem(key(pref), event.target.value);
      else localStorage.removeItem(key(pref));
    } catch {
      // Storage is refused: the choice holds for this page.
    }
  });
})();
