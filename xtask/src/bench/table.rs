//! Tables in Markdown, with a verdict where there is a limit.

use std::fmt;

/// What a value may be at most, and how that is written.
pub struct Limit {
    pub value: f64,
    pub at_most: f64,
    pub text: String,
}

impl Limit {
    pub fn new(value: f64, at_most: f64, text: impl Into<String>) -> Self {
        Self { value, at_most, text: text.into() }
    }

    fn holds(&self) -> bool {
        self.value <= self.at_most
    }
}

/// One table; its last two columns are the limit and the verdict.
pub struct Table {
    title: String,
    caption: String,
    rows: Vec<Vec<String>>,
    verdicts: Vec<(String, bool)>,
}

impl Table {
    pub fn new(title: &str, caption: &str, columns: &[&str]) -> Self {
        let header = columns.iter().copied().chain(["limit", ""]).map(str::to_owned).collect();
        Self {
            title: title.to_owned(),
            caption: caption.to_owned(),
            rows: vec![header],
            verdicts: Vec::new(),
        }
    }

    pub fn row(&mut self, name: &str, cells: &[String], limit: Option<Limit>) {
        let mut row = vec![name.to_owned()];
        row.extend_from_slice(cells);
        row.resize(self.rows[0].len() - 2, String::new());
        match limit {
            Some(limit) => {
                row.extend([limit.text.clone(), mark(limit.holds()).to_owned()]);
                self.verdicts.push((format!("{name}, {}", self.title), limit.holds()));
            }
            None => row.extend([String::new(), String::new()]),
        }
        self.rows.push(row);
    }
}

fn mark(holds: bool) -> &'static str {
    if holds { "✓" } else { "✗" }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "### {}\n\n{}\n\n", self.title, self.caption)?;
        let width = |column: usize| {
            self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default()
        };
        let widths: Vec<usize> =
            (0..self.rows[0].len()).map(|column| width(column).max(3)).collect();
        for (index, row) in self.rows.iter().enumerate() {
            let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
                if column == 0 { format!("{cell:width$}") } else { format!("{cell:>width$}") }
            });
            if index > 0 {
                writeln!(formatter)?;
            }
            write!(formatter, "| {} |", cells.collect::<Vec<_>>().join(" | "))?;
            if index == 0 {
                let rules = widths.iter().enumerate().map(|(column, &width)| match column {
                    0 => "-".repeat(width),
                    _ => format!("{}:", "-".repeat(width - 1)),
                });
                write!(formatter, "\n| {} |", rules.collect::<Vec<_>>().join(" | "))?;
            }
        }
        Ok(())
    }
}

/// How many limits hold, and which do not.
pub fn summary(tables: &[Table]) -> String {
    let verdicts: Vec<&(String, bool)> = tables.iter().flat_map(|table| &table.verdicts).collect();
    let missed: Vec<&str> =
        verdicts.iter().filter(|(_, holds)| !holds).map(|(name, _)| name.as_str()).collect();
    let held = verdicts.len() - missed.len();
    match (verdicts.len(), missed.len()) {
        (0, _) => "None of these measures has a limit.".to_owned(),
        (all, 0) => format!("✓ {all} of {all} limits hold."),
        (all, _) => format!("✗ {held} of {all} limits hold; missed: {}.", missed.join("; ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new("Bytes", "Brotli.", &["what", "KB"]);
        table.row("wasm and JS", &["180.0".into()], Some(Limit::new(180.0, 200.0, "≤ 200")));
        table.row("fonts", &["61.5".into()], Some(Limit::new(61.5, 60.0, "≤ 60")));
        table.row("HTML", &["20.8".into()], None);
        table
    }

    #[test]
    fn a_table_is_markdown_with_aligned_columns_and_verdicts() {
        let expected = "\
### Bytes

Brotli.

| what        |    KB | limit |     |
| ----------- | ----: | ----: | --: |
| wasm and JS | 180.0 | ≤ 200 |   ✓ |
| fonts       |  61.5 |  ≤ 60 |   ✗ |
| HTML        |  20.8 |       |     |";
        assert_eq!(table().to_string(), expected);
    }

    #[test]
    fn the_summary_names_what_was_missed() {
        assert_eq!(summary(&[table()]), "✗ 1 of 2 limits hold; missed: fonts, Bytes.");
        assert_eq!(summary(&[]), "None of these measures has a limit.");
    }

    #[test]
    fn a_value_at_its_limit_holds_and_no_number_does_not() {
        assert!(Limit::new(2.0, 2.0, "").holds());
        assert!(!Limit::new(f64::NAN, 2.0, "").holds());
    }
}
