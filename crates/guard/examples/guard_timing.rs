//! How long a look takes, on plain text and on text made to be slow; or, with a file of labelled
//! lines named, which of them the rules get wrong.
//!
//! `cargo run --release -p guard --example guard_timing`

use std::{env, error::Error, fs, hint::black_box, time::Instant};

use guard::look;

const LENGTH: usize = 2_000;
const ROUNDS: u32 = 500;

/// Texts that are repeated up to [`LENGTH`] characters.
const TEXTS: [(&str, &str); 7] = [
    (
        "a letter",
        "Bonjour, j’ai une polyarthrite depuis trois ans et je suis fatiguée. Mon rhumatologue, \
         le Dr Martin, m’a prescrit du méthotrexate, mais j’ai décidé d’arrêter mon traitement \
         sans en parler. Vous pouvez m’appeler au 06 12 34 56 78 ou m’écrire. ",
    ),
    ("beginnings", "j ai je vais j arrête mon médecin a arrêté le traitement sans "),
    ("no hope", "je ne veux plus vivre j ai plus envie de rien je pense à la mort sans "),
    ("digits", "1 85 07 75 123 456 06 12 "),
    ("signs", "a@@.(((,,,"),
    ("one word", "arretttrait"),
    ("titles", "Dr Pr Docteur Rue 12 "),
];

/// Prints what is missed (-) and what is found without a label (+).
fn explain(path: &str) -> Result<(), Box<dyn Error>> {
    let source = fs::read_to_string(path)?;
    for (labels, text) in source.lines().filter_map(|it| it.split_once('\t')) {
        let found = look(text);
        for label in labels.split(',').map(str::trim).filter(|it| *it != "none") {
            if found.iter().all(|it| it.kind.name() != label) {
                println!("- {label}: {text}");
            }
        }
        for it in found.iter().filter(|it| labels.split(',').all(|label| label != it.kind.name())) {
            println!("+ {} [{}] {text}", it.rule, &text[it.range.clone()]);
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(path) = env::args().nth(1) {
        return explain(&path);
    }
    for (name, part) in TEXTS {
        let text: String = part.chars().cycle().take(LENGTH).collect();
        // Other work on the machine only adds to a time: the shortest says what a look costs.
        let round = |_| {
            let start = Instant::now();
            black_box(look(black_box(&text)));
            start.elapsed()
        };
        let best = (0..ROUNDS).map(round).min().unwrap_or_default();
        println!("{name:12} {LENGTH} characters: {:6.1} µs", best.as_secs_f64() * 1e6);
    }
    Ok(())
}
