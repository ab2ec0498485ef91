// Starts the embedded map. External, so that its page needs no inline script.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
// Both downloads at once: the module would fetch the other only after it has arrived itself.
const bytes = fetch(wasm);
// Leaflet runs while the app is on its way.
const ahead = document.querySelector("link[data-leaflet]");
const script = Object.assign(document.createElement("script"), { src: ahead.href });
globalThis.leaflet = new Promise((resolve) => (script.onload = script.onerror = resolve));
document.head.append(script);
const { default: init } = await import(js);
await init({ module_or_path: bytes });
