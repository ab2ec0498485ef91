//! The operator's detailed map, over the outlines: off until the reader asks for it by name, then
//! remembered on this device. Nothing is asked of its host before.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use locale::text;

use crate::map::{
    elements::{all, announce, find, flag, mark, storage},
    leaflet::{Board, Sheet},
    marks::Tiles,
};

const KEY: &str = "map-tiles";

/// What the page says of it. Nothing where the operator named none.
pub fn read() -> Option<Tiles> {
    if cfg!(feature = "embed") {
        // A host that a partner's visitors did not choose is not asked in their name.
        return None;
    }
    let section = find("#carte")?;
    Some(Tiles {
        url: section.get_attribute("data-tiles")?,
        max_zoom: section.get_attribute("data-tiles-zoom")?.parse().ok()?,
        credit: section.get_attribute("data-tiles-credit")?,
        link: section.get_attribute("data-tiles-link"),
    })
}

/// The tiles on a map, while they are shown.
#[derive(Default)]
pub struct Detail {
    sheet: RefCell<Option<Sheet>>,
    failed: Rc<Cell<bool>>,
}

impl Detail {
    pub fn is_shown(&self) -> bool {
        self.sheet.borrow().is_some()
    }

    /// Shows them if the reader did so the last time.
    pub fn restore(&self, board: &Board) {
        let chosen = storage().and_then(|it| it.get_item(KEY).ok().flatten());
        if chosen.is_some() {
            self.set(board, true);
        }
    }

    /// Shows or hides them and remembers it.
    pub fn toggle(&self, board: &Board) {
        let on = !self.is_shown();
        self.set(board, on);
        if let Some(storage) = storage() {
            let _ = if on { storage.set_item(KEY, "1") } else { storage.remove_item(KEY) };
        }
    }

    fn set(&self, board: &Board, on: bool) {
        let Some(tiles) = read() else { return };
        if let Some(sheet) = self.sheet.take() {
            board.peel(&sheet);
        }
        if on {
            self.failed.set(false);
            let failed = self.failed.clone();
            // Said once: a whole screen of tiles fails together.
            let sheet = board.cover(&tiles.url, tiles.max_zoom, move || {
                if !failed.replace(true) {
                    announce(text().atlas_tiles_failed());
                }
            });
            self.sheet.replace(Some(sheet));
        }
        if let Some(button) = find("[data-atlas=tiles]") {
            mark(&button, "aria-pressed", Some(if on { "true" } else { "false" }));
        }
        for credit in all("[data-tiles-shown]") {
            flag(&credit, "hidden", !on);
        }
    }
}
