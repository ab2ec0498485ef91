// The part of Leaflet 1.9.4 that the embedded map uses, as the global `L` that the crate `leaflet`
// binds to; `leaflet.mjs` beside it adds what the site's own map offers.
//
//     npm pack leaflet@1.9.4 && tar xzf leaflet-1.9.4.tgz
//     for it in leaflet leaflet-core; do
//       esbuild data/$it.mjs --alias:leaflet=./package --bundle --minify --format=iife \
//           --global-name=L --outfile=public/leaflet/$it.js \
//           --banner:js="/* Leaflet 1.9.4, BSD-2-Clause: LICENSE-leaflet.txt, data/leaflet.mjs */"
//     done
//
// Left out: pictures, popups, tooltips, controls. Handlers register themselves.
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.Keyboard.js";
import "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";
import "leaflet/src/layer/vector/Renderer.getRenderer.js";
import Browser from "leaflet/src/core/Browser.js";

// Moves in two dimensions. Moved in three, as Leaflet does it but for the browser named here, every
// marker is a layer of its own for the compositor, which takes more time and memory than it saves.
Browser.ie3d = true;

export { Ground } from "./ground.mjs";
export { Handler } from "leaflet/src/core/Handler.js";
export { LatLng } from "leaflet/src/geo/LatLng.js";
export { LatLngBounds } from "leaflet/src/geo/LatLngBounds.js";
export { Point } from "leaflet/src/geometry/Point.js";
export { Layer } from "leaflet/src/layer/Layer.js";
export { LayerGroup } from "leaflet/src/layer/LayerGroup.js";
export { divIcon } from "leaflet/src/layer/marker/DivIcon.js";
export { Marker } from "leaflet/src/layer/marker/Marker.js";
export { canvas } from "leaflet/src/layer/vector/Canvas.js";
export { Polyline } from "leaflet/src/layer/vector/Polyline.js";
export { Map } from "leaflet/src/map/Map.js";
