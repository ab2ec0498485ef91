//! How well the rules do on labelled lines, in two halves. Rules are tuned on the first; nobody
//! reads the second, nor the sample that came later, so neither a figure nor a failure may show a line
//! of them.

use std::{collections::BTreeSet, fs, path::Path};

use guard::{Kind, look};

/// Lines of one kind: with a label that was found, that was not, and found without one.
#[derive(Clone, Copy, Default)]
struct Score {
    found: usize,
    missed: usize,
    wrong: usize,
}

fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 100.0 } else { 100.0 * part as f64 / all as f64 }
}

impl Score {
    fn recall(self) -> f64 {
        share(self.found, self.found + self.missed)
    }

    fn precision(self) -> f64 {
        share(self.found, self.found + self.wrong)
    }
}

/// Percent of the labels that are to be found, and of what is found that is to be right.
const AIM: [f64; 2] = [98.0, 95.0];
/// The same as reached on the half that nobody reads. They must not fall.
const REACHED: [f64; 2] = [98.2, 95.3];
/// The same on a younger sample: the half above was asked for its totals some sixty times.
const SAMPLE: [f64; 2] = [96.5, 95.5];
/// The same on a fair sample of what people type who do not want to be clever, also no source of weights.
const FAIR: [f64; 2] = [98.5, 96.0];
/// The same for numbers, places and names, by eight writers; two of them thought of the rarest forms, much of
/// which only people understand.
const TRACES: [f64; 2] = [94.0, 99.0];
/// The same for what words are weighed for, in lines that no weight was learned from.
const PLAIN: [f64; 2] = [98.0, 96.0];
/// What rules alone find.
const OF_RULES: [Kind; 5] =
    [Kind::Phone, Kind::Email, Kind::SocialSecurity, Kind::Address, Kind::NamedDoctor];
/// What words are weighed for.
const OF_WORDS: [Kind; 2] = [Kind::StopsTreatment, Kind::Distress];

type Line = (BTreeSet<&'static str>, String);

/// Labels and text of each line of a half.
fn lines(half: &str) -> Result<Vec<Line>, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(half);
    let source = fs::read_to_string(path).map_err(|it| it.to_string())?;
    let name = |label: &str| {
        let mut names = Kind::ALL.iter().map(|it| it.name());
        names.find(|it| *it == label).ok_or("a label is no name of a kind".to_owned())
    };
    let filled = source.lines().filter(|it| !it.is_empty() && !it.starts_with('#'));
    let lines = filled.map(|it| {
        let (labels, text) = it.split_once('\t').ok_or("a line has no tab")?;
        let labels = labels.split(',').map(str::trim).filter(|it| *it != "none");
        Ok((labels.map(name).collect::<Result<_, String>>()?, text.to_owned()))
    });
    lines.collect()
}

#[track_caller]
fn check(half: &str, lines: &[Line], kinds: &[Kind], [recall, precision]: [f64; 2]) {
    let mut scores = vec![Score::default(); kinds.len()];
    for (labels, text) in lines {
        let found: BTreeSet<_> = look(text).iter().map(|it| it.kind.name()).collect();
        for (kind, score) in kinds.iter().zip(&mut scores) {
            match (labels.contains(kind.name()), found.contains(kind.name())) {
                (true, true) => score.found += 1,
                (true, false) => score.missed += 1,
                (false, true) => score.wrong += 1,
                (false, false) => {}
            }
        }
    }
    let mut all = Score::default();
    println!("{half}: {} lines\n{:16} found missed wrong  recall precision", lines.len(), "kind");
    let row = |name: &str, it: Score| {
        let (recall, precision) = (it.recall(), it.precision());
        let Score { found, missed, wrong } = it;
        println!("{name:16} {found:5} {missed:6} {wrong:5} {recall:6.1}% {precision:8.1}%");
    };
    for (kind, it) in kinds.iter().zip(scores) {
        row(kind.name(), it);
        all.found += it.found;
        all.missed += it.missed;
        all.wrong += it.wrong;
    }
    row("all", all);
    assert!(recall <= all.recall(), "{half}: {:.1} % of the labels are found", all.recall());
    assert!(
        precision <= all.precision(),
        "{half}: {:.1} % of what is found is right",
        all.precision()
    );
}

#[test]
fn the_half_that_rules_are_tuned_on() {
    check("tuning.tsv", &lines("tuning.tsv").unwrap(), &Kind::ALL, AIM);
}

#[test]
fn the_half_that_nobody_reads() {
    check("held-out.tsv", &lines("held-out.tsv").unwrap(), &Kind::ALL, REACHED);
}

#[test]
fn a_sample_that_nobody_reads() {
    check("unread.tsv", &lines("unread.tsv").unwrap(), &Kind::ALL, SAMPLE);
}

#[test]
fn what_most_people_type() {
    check("fair.tsv", &lines("fair.tsv").unwrap(), &Kind::ALL, FAIR);
}

#[test]
fn what_words_are_weighed_for_in_plain_lines() {
    check("plain.tsv", &lines("plain.tsv").unwrap(), &OF_WORDS, PLAIN);
}

#[test]
fn what_gives_somebody_away() {
    check("traces.tsv", &lines("traces.tsv").unwrap(), &OF_RULES, TRACES);
}

/// What somebody writes around it.
const AROUND: [[&str; 2]; 4] = [
    [
        "Bonjour, merci pour cet article sur les CAR-T, ma sœur l'a lu aussi. ",
        " Bonne journée à tous.",
    ],
    ["Bonjour, merci pour cet article sur les CAR-T, ma sœur l'a lu aussi, ", "."],
    ["", ", et je pars en vacances avec mes enfants et mon chien, merci encore à toute l'équipe."],
    ["Merci pour cet article sur les CAR-T. ", " et je pars en vacances avec mes enfants."],
];
/// Percent of what is found alone that is found among other words, for either kind that words are
/// weighed for, and of other lines in which something is then found. Long sentences hide more.
const AMONG: [(Kind, f64); 2] = [(Kind::StopsTreatment, 94.0), (Kind::Distress, 87.0)];
const AMONG_WRONG: f64 = 1.0;

#[test]
fn what_is_found_alone_is_found_among_other_words() {
    let lines = lines("tuning.tsv").unwrap();
    for (kind, least) in AMONG {
        let found = |text: &str| look(text).iter().any(|it| it.kind == kind);
        let (mut alone, mut among, mut others, mut wrong) = (0, 0, 0, 0);
        // Each line stands for its neighbours: all of them take a minute.
        for (at, (labels, text)) in lines.iter().enumerate().step_by(5) {
            let [before, after] = AROUND[at / 5 % AROUND.len()];
            let text = text.trim_end_matches(['.', '!', '?']);
            let longer = format!("{before}{text}{after}");
            if !labels.contains(kind.name()) {
                others += 1;
                wrong += usize::from(found(&longer));
            } else if found(text) {
                alone += 1;
                among += usize::from(found(&longer));
            }
        }
        let (name, reached, wrong) = (kind.name(), share(among, alone), share(wrong, others));
        println!("{name}: {reached:.1} % of {alone} among other words, {wrong:.2} % wrong");
        assert!(least <= reached && wrong <= AMONG_WRONG, "{name}: {reached:.1} %, {wrong:.2} %");
    }
}
