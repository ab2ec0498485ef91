//! People drawn as circles: one circle is one person, exactly as many as there were.

use contract::block::People;
use locale::{fill, text};
use maud::{Markup, html};

/// Circles in a row.
const COLUMNS: u16 = 10;
/// Distance between two centres, in units of the drawing.
const STEP: u16 = 12;

/// The drawing, named for those who do not see it.
pub fn drawing(people: People) -> Markup {
    // A wide study gets longer rows, so that the drawing stays flat.
    let columns = if 60 < people.out_of { COLUMNS * 2 } else { COLUMNS };
    let columns = columns.min(people.out_of.max(1));
    let rows = people.out_of.div_ceil(columns);
    let label = fill(
        text().people_drawing,
        &[("count", &people.count.to_string()), ("out_of", &people.out_of.to_string())],
    );
    html! {
        svg class="people" viewBox={ "0 0 " (columns * STEP) " " (rows * STEP) } role="img"
            aria-label=(label) {
            @for person in 0..people.out_of {
                circle.people__one."people__one--full"[person < people.count]
                    cx=(person % columns * STEP + STEP / 2)
                    cy=(person / columns * STEP + STEP / 2) r="4.4" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(count: u16, out_of: u16) {
        let svg = drawing(People { count, out_of }).into_string();
        assert_eq!(svg.matches("<circle").count(), usize::from(out_of));
        assert_eq!(svg.matches("people__one--full").count(), usize::from(count));
    }

    #[test]
    fn one_circle_is_one_person() {
        check(61, 75);
        check(0, 1);
        check(100, 100);
        check(15, 15);
    }
}
