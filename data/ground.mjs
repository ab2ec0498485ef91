// The ground: shapes in Web Mercator, 360 around the world and southwards, which the browser itself
// scales. As polygons of Leaflet's they would be projected point by point at every zoom, which took
// most of its time.
import { setOptions } from "leaflet/src/core/Util.js";
import { Path } from "leaflet/src/layer/vector/Path.js";

// A line, or the rings of an area, with its edges to the west, north, east and south.
function piece(numbers) {
  const path = new Path2D();
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  let begins = true;
  for (let at = 0; at < numbers.length; at += 2) {
    const x = numbers[at];
    const y = numbers[at + 1];
    if (isNaN(x)) {
      begins = true;
      continue;
    }
    if (begins) path.moveTo(x, y);
    else path.lineTo(x, y);
    begins = false;
    west = Math.min(west, x);
    north = Math.min(north, y);
    east = Math.max(east, x);
    south = Math.max(south, y);
  }
  return [path, west, north, east, south];
}

export const Ground = Path.extend({
  // `pieces`: of each its positions, east and south by turns, with two NaN between its rings.
  initialize(pieces, options) {
    setOptions(this, options);
    this._pieces = pieces.map(piece);
  },

  getEvents() {
    return { move: this._follow };
  },

  // The canvas is little larger than the view, for memory's sake: what a drag brings in is drawn
  // before it is over.
  _follow() {
    const map = this._map;
    const renderer = this._renderer;
    const corner = map.containerPointToLayerPoint([0, 0]);
    const view = [corner, corner.add(map.getSize())];
    if (map.getZoom() === renderer._zoom && !renderer._bounds.contains(view)) renderer._update();
  },

  // What the canvas asks its paths for.
  _project() {},
  _updateBounds() {},
  _update() {
    this._pxBounds = this._renderer._bounds;
    this._updatePath();
  },
  _updatePath() {
    const { _ctx: context, _drawing: drawing, _bounds: { min, max } } = this._renderer;
    if (!drawing) return;
    const map = this._map;
    const origin = map.getPixelOrigin();
    const unit = map.options.crs.scale(map.getZoom()) / 360;
    const { fill, fillColor, stroke, color, weight } = this.options;
    const x = (it) => (it + origin.x) / unit - 180;
    const y = (it) => (it + origin.y) / unit - 180;
    const [left, top, right, bottom] = [x(min.x), y(min.y), x(max.x), y(max.y)];
    context.save();
    context.transform(unit, 0, 0, unit, 180 * unit - origin.x, 180 * unit - origin.y);
    context.globalAlpha = 1;
    context.fillStyle = fillColor;
    context.strokeStyle = color;
    context.lineWidth = weight / unit;
    context.lineJoin = "round";
    for (const [path, west, north, east, south] of this._pieces) {
      if (east < left || right < west || south < top || bottom < north) continue;
      if (fill) context.fill(path, "evenodd");
      if (stroke) context.stroke(path);
    }
    context.restore();
  },
});
