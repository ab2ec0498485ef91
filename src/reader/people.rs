//! People drawn as circles: one circle is one person, exactly as many as there were.
//!
//! All circles of a kind are one path: a hundred elements would cost a phone more than the text.

use std::{fmt::Write, ops::Range};

use contract::block::People;
use locale::{fill, text};
use maud::{Markup, html};

/// Circles in a row.
const COLUMNS: u16 = 10;
/// Distance between two centres, in units of the drawing.
const STEP: u16 = 12;
/// A circle of radius 4.4, from its leftmost point on.
const CIRCLE: &str = "a4.4 4.4 0 1 0 8.8 0a4.4 4.4 0 1 0-8.8 0";

/// The drawing, named for those who do not see it.
pub fn drawing(people: People) -> Markup {
    // A wide study gets longer rows, so that the drawing stays flat.
    let columns = if 60 < people.out_of { COLUMNS * 2 } else { COLUMNS };
    let columns = columns.min(people.out_of.max(1));
    let rows = people.out_of.div_ceil(columns);
    let label = fill(
        text().people_drawing(),
        &[("count", &people.count.to_string()), ("out_of", &people.out_of.to_string())],
    );
    html! {
        svg class="people" viewBox={ "0 0 " (columns * STEP) " " (rows * STEP) } role="img"
            aria-label=(label) {
            path class="people__all" d=(circles(people.count..people.out_of, columns)) {}
            path class="people__all people__all--full" d=(circles(0..people.count, columns)) {}
        }
    }
}

/// One circle for each of `people`, by their place in rows of `columns`.
fn circles(people: Range<u16>, columns: u16) -> String {
    people.fold(String::new(), |mut path, it| {
        // In tenths of a unit, for the leftmost point lies between two units.
        let left = it % columns * STEP * 10 + 16;
        let middle = it / columns * STEP + STEP / 2;
        // Writing to a string cannot fail.
        let _ = write!(path, "M{}.{} {middle}{CIRCLE}", left / 10, left % 10);
        path
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(count: u16, out_of: u16) {
        let svg = drawing(People { count, out_of }).into_string();
        let [none, full] = svg.split("<path").skip(1).collect::<Vec<_>>()[..] else {
            panic!("two paths: {svg}");
        };
        assert!(!none.contains("--full") && full.contains("--full"));
        assert_eq!(none.matches('M').count(), usize::from(out_of - count));
        assert_eq!(full.matches('M').count(), usize::from(count));
    }

    #[test]
    fn one_circle_is_one_person() {
        check(61, 75);
        check(0, 1);
        check(100, 100);
        check(15, 15);
    }
}
