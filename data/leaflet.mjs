// The part of Leaflet 1.9.4 that the site's map uses; leaflet-core.mjs says how both are built.
import "leaflet/src/map/handler/Map.BoxZoom.js";
import "leaflet/src/map/handler/Map.TapHold.js";

export * from "./leaflet-core.mjs";
export { TileLayer } from "leaflet/src/layer/tile/TileLayer.js";
