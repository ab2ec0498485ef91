// Starts the app. External, so that the page needs no inline script:
// Content-Security-Policy: script-src 'self' 'wasm-unsafe-eval'.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
// Both downloads at once: the module would fetch the other only after it has arrived itself.
const bytes = fetch(wasm);
const { default: init } = await import(js);
await init({ module_or_path: bytes });
