// Starts the embedded map. External, so that its page needs no inline script.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
// Both downloads at once: the module would fetch the other only after it has arrived itself.
const bytes = fetch(wasm);
const { default: init } = await import(js);
await init({ module_or_path: bytes });
