//! Markers: the elements that Leaflet moves.

use js_sys::Reflect;
use leaflet::{LatLng, Marker};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, HtmlElement};

use super::{Placed, div_icon, object};
use crate::map::{
    drawing::Spot,
    elements::{document, mark},
};

/// A marker, placed.
#[derive(Clone)]
pub struct Pin(pub(super) Marker);

impl Pin {
    pub fn element(&self) -> Option<HtmlElement> {
        self.0.unchecked_ref::<Placed>().element()
    }

    pub fn remove(&self) {
        self.0.remove();
    }

    /// Becomes the marker that `fresh` would be, in its own place among the others: a new one takes
    /// twice as long, and a zoom shows a hundred.
    fn turn_into(&self, fresh: &Element, spot: &Spot) {
        let Some(element) = self.element() else { return };
        // The last class is Leaflet's own.
        let (old, new) = (element.class_name(), fresh.class_name());
        let (own, last) = old.rsplit_once(' ').unwrap_or((&old, ""));
        if own != new {
            element.set_class_name(&format!("{new} {last}"));
        }
        for name in ["aria-label", "aria-pressed", "aria-expanded"] {
            mark(&element, name, fresh.get_attribute(name).as_deref());
        }
        if fresh.child_element_count() == 0 {
            element.set_text_content(fresh.text_content().as_deref());
        } else {
            element.set_inner_html(&fresh.inner_html());
        }
        self.0.set_lat_lng(&LatLng::new(spot.lat, spot.lon));
        self.0.set_z_index_offset(spot.above);
    }
}

/// What Leaflet asks for the element of a marker: the next child of a holder that the browser has
/// read all of them into at once. An icon of its own for each, as Leaflet makes them, takes five
/// times as long.
pub struct Icons {
    holder: Element,
    icon: JsValue,
    /// Kept for as long as Leaflet calls it.
    _next: Closure<dyn Fn() -> Option<Element>>,
}

impl Icons {
    pub fn new() -> Option<Icons> {
        let holder = document().create_element("div").ok()?;
        let from = holder.clone();
        let next = Closure::<dyn Fn() -> Option<Element>>::new(move || from.first_element_child());
        let icon = div_icon(&object(&[]));
        Reflect::set(&icon, &"createIcon".into(), next.as_ref()).ok()?;
        Some(Icons { holder, icon, _next: next })
    }

    /// Turns `pins` into the elements that `html` is made of, the first at the first of `spots`; what
    /// is missing goes to `pane` by `add`, and what is too many is removed.
    pub fn place(
        &self,
        pins: &mut Vec<Pin>,
        html: &str,
        spots: &[Spot],
        pane: &str,
        add: impl Fn(&Marker),
    ) {
        self.holder.set_inner_html(html);
        for pin in pins.drain(spots.len().min(pins.len())..) {
            pin.remove();
        }
        for (pin, spot) in pins.iter().zip(spots) {
            if let Some(fresh) = self.holder.first_element_child() {
                pin.turn_into(&fresh, spot);
                fresh.remove();
            }
        }
        let options = object(&[
            ("icon", self.icon.clone()),
            ("interactive", false.into()),
            ("keyboard", false.into()),
            ("pane", pane.into()),
        ]);
        for it in &spots[pins.len()..] {
            // A plain object takes every field, and Leaflet copies them.
            let _ = Reflect::set(&options, &"zIndexOffset".into(), &it.above.into());
            let at = LatLng::new(it.lat, it.lon);
            let marker = Marker::new_with_options(&at, options.unchecked_ref());
            add(&marker);
            pins.push(Pin(marker));
        }
    }
}
