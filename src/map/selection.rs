//! Who is looked at: one practitioner, marked in the list, on the map and on a card of their own.

use std::rc::Rc;

use contract::{directory::MapView, slug::Slug};
use locale::text;

use crate::map::{
    elements::{announce, find, focus, is_beside, is_wide, run},
    list, marks,
    practitioner_map::Atlas,
    sheet,
};

/// Who chose.
#[derive(Clone, Copy, PartialEq)]
pub enum By {
    /// The reader, on the map: the focus goes to the card.
    Reader,
    /// The address, or the list: the focus stays.
    Address,
}

/// Shows whom the address names.
pub fn show(atlas: &Rc<Atlas>, by: By) {
    let id = atlas.view.borrow().practitioner.clone();
    list::mark_chosen(id.as_ref());
    let turn = atlas.choice_turn.take();
    let Some(chart) = atlas.chart() else { return };
    // Marked at once; card and place come with the answer.
    chart.choose(id.clone(), None);
    let Some(id) = id else {
        put("");
        chart.resize();
        return;
    };
    let answer = atlas.api.get_practitioner(&id);
    let atlas = atlas.clone();
    run(async move {
        let answer = answer.await;
        if !atlas.choice_turn.is(turn) {
            return;
        }
        let Ok(it) = answer else {
            put("");
            announce(text().atlas_card_failed());
            return;
        };
        let card = marks::card(&it).into_string();
        if by == By::Reader
            && let Some(host) = atlas.host.get()
        {
            (host.chosen)(&it);
        }
        chart.choose(Some(id), Some(it));
        // Nothing else said where to look.
        let placed = atlas.view.borrow().query.bbox.is_some() || list::around().is_some();
        if by == By::Address && !placed {
            atlas.look();
        }
        put(&card);
        // The card takes its room from the map.
        chart.resize();
        chart.keep_chosen_in_sight();
        if by == By::Reader
            && let Some(card) = find("[data-card] > section")
        {
            focus(&card);
        }
    });
}

fn put(html: &str) {
    if let Some(place) = find("[data-card]") {
        place.set_inner_html(html);
    }
}

/// The reader pressed a marker.
pub fn choose(atlas: &Rc<Atlas>, id: Slug) {
    name(atlas, Some(id.clone()));
    show(atlas, By::Reader);
    if is_wide() {
        list::bring_near(&id);
    }
}

/// The reader wants to see on the map where somebody of the list is.
pub fn locate(atlas: &Rc<Atlas>, id: Slug) {
    name(atlas, Some(id.clone()));
    if !is_beside() {
        sheet::open(atlas);
    }
    show(atlas, By::Address);
    let at = list::read().into_iter().find(|it| it.id == id).map(|it| it.at);
    if let (Some(chart), Some(at)) = (atlas.chart(), at) {
        chart.reveal(at);
    }
}

/// True if somebody was chosen. The focus goes back to their marker.
pub fn unchoose(atlas: &Rc<Atlas>) -> bool {
    let Some(id) = atlas.view.borrow().practitioner.clone() else { return false };
    name(atlas, None);
    show(atlas, By::Address);
    if let Some(chart) = atlas.chart() {
        chart.focus_chosen(&id);
    }
    true
}

/// Writes the choice into the address.
fn name(atlas: &Atlas, practitioner: Option<Slug>) {
    let view = MapView { practitioner, ..atlas.view.borrow().clone() };
    atlas.rename(view);
}
