//! Medians and percentiles.

/// The value below which a share `part` (0 to 1) of the values lies, between neighbours in
/// proportion; nothing where there are no values.
pub fn percentile(values: &[f64], part: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let place = part.clamp(0.0, 1.0) * last as f64;
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    Some(sorted[low] + (sorted[high] - sorted[low]) * (place - low as f64))
}

pub fn median(values: &[f64]) -> Option<f64> {
    percentile(values, 0.5)
}

/// `median (least–most)`, or the median alone where all values show alike.
pub fn spread(values: &[f64], decimals: usize) -> String {
    let show = |part| percentile(values, part).map(|value| number(value, decimals));
    match (show(0.5), show(0.0), show(1.0)) {
        (Some(median), Some(least), Some(most)) if least != most => {
            format!("{median} ({least}–{most})")
        }
        (Some(median), ..) => median,
        _ => "–".to_owned(),
    }
}

/// A number with commas between thousands.
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let whole = text.find('.').unwrap_or(text.len());
    let mut grouped = String::new();
    for (index, digit) in text.char_indices() {
        let after_digit = grouped.ends_with(|last: char| last.is_ascii_digit());
        if index < whole && after_digit && (whole - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_value_or_between_the_two_in_the_middle() {
        assert_eq!(median(&[9.0, 1.0, 5.0]), Some(5.0));
        assert_eq!(median(&[4.0, 1.0]), Some(2.5));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn percentiles_reach_from_the_least_to_the_most() {
        let values: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!(percentile(&values, 0.0), Some(0.0));
        assert_eq!(percentile(&values, 0.99), Some(99.0));
        assert_eq!(percentile(&values, 1.0), Some(100.0));
    }

    #[test]
    fn a_spread_shows_the_range_only_where_there_is_one() {
        assert_eq!(spread(&[1000.0, 1200.0, 1100.0], 0), "1,100 (1,000–1,200)");
        assert_eq!(spread(&[0.001, 0.002], 1), "0.0");
        assert_eq!(spread(&[], 0), "–");
    }

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!(number(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(number(999.0, 0), "999");
        assert_eq!(number(-1000.0, 0), "-1,000");
    }
}
