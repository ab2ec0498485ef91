//! Turns `rules.toml` into static tables: words, sets of words, and one small program for each rule;
//! and `weights.tsv` into tables of what words weigh.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::Path,
};

#[path = "src/fold.rs"]
mod fold;
#[path = "src/hash.rs"]
mod hash;
#[path = "build/pattern.rs"]
mod pattern;
#[path = "build/weights.rs"]
mod weights;

use pattern::{Item, Macros, merge, parse};

/// What a word can be besides itself, in the order of `tokens::meta`.
const METAS: [&str; 9] =
    ["@stop", "@ask", "@comma", "@name", "@number", "@postcode", "@word", "@initial", "@unknown"];

/// Opcodes, in the order of `program::op`; each instruction is an opcode and twelve bits.
const MATCH: u16 = 0;
const GAP: u16 = 1;
const SET: u16 = 2;
const OPTION: u16 = 3;
const SPLIT: u16 = 4;
const JUMP: u16 = 5;
const WORD: u16 = 6;

type Failure = Box<dyn Error>;

#[derive(Default)]
struct Tables {
    words: Vec<String>,
    sets: Vec<BTreeSet<u16>>,
    code: Vec<u16>,
    /// How many gaps the code has.
    gaps: usize,
    /// Gaps of exceptions, by their numbers.
    narrow: Vec<usize>,
}

impl Tables {
    fn ids(&self, words: &BTreeSet<String>) -> Result<BTreeSet<u16>, Failure> {
        let known = METAS.iter().map(|it| (*it).to_owned()).chain(self.words.iter().cloned());
        let known: BTreeMap<String, u16> = known.zip(0..).collect();
        let ids = words.iter().map(|it| known.get(it).copied().ok_or(format!("{it} is no word")));
        Ok(ids.collect::<Result<_, _>>()?)
    }

    fn set(&mut self, words: &BTreeSet<String>) -> Result<u16, Failure> {
        let ids = self.ids(words)?;
        let at = self.sets.iter().position(|it| *it == ids).unwrap_or_else(|| {
            self.sets.push(ids);
            self.sets.len() - 1
        });
        Ok(u16::try_from(at)?)
    }

    fn emit(&mut self, op: u16, argument: usize) -> Result<(), Failure> {
        let argument = u16::try_from(argument).ok().filter(|it| *it < 1 << 12);
        self.code.push(op << 12 | argument.ok_or("rules.toml: a pattern is too long")?);
        Ok(())
    }

    fn emit_items(&mut self, items: &[Item]) -> Result<(), Failure> {
        items.iter().try_for_each(|it| self.emit_item(it))
    }

    /// `ways` one after the other: each but the last begins with a split, and ends with a jump.
    fn emit_ways(&mut self, ways: &[Vec<Item>]) -> Result<(), Failure> {
        let mut jumps = Vec::new();
        for (at, way) in ways.iter().enumerate() {
            let last = at + 1 == ways.len();
            let split = self.code.len();
            if !last {
                self.emit(SPLIT, 0)?;
            }
            self.emit_items(way)?;
            if !last {
                jumps.push(self.code.len());
                self.emit(JUMP, 0)?;
                self.aim(split)?;
            }
        }
        jumps.into_iter().try_for_each(|it| self.aim(it))
    }

    /// Lets the instruction at `from` lead to the next that is written.
    fn aim(&mut self, from: usize) -> Result<(), Failure> {
        let by = u16::try_from(self.code.len() - from).ok().filter(|it| *it < 1 << 12);
        self.code[from] |= by.ok_or("rules.toml: a rule is too long")?;
        Ok(())
    }

    fn emit_item(&mut self, item: &Item) -> Result<(), Failure> {
        match item {
            Item::Gap(0) => Ok(()),
            // A gap's number stands behind it.
            Item::Gap(count) => {
                self.emit(GAP, *count)?;
                self.code.push(u16::try_from(self.gaps)?);
                self.gaps += 1;
                Ok(())
            }
            Item::Set(words, false) if words.len() == 1 => {
                let ids = self.ids(words)?;
                ids.iter().try_for_each(|it| self.emit(WORD, usize::from(*it)))
            }
            Item::Set(words, optional) => {
                let set = self.set(words)?;
                self.emit(if *optional { OPTION } else { SET }, usize::from(set))
            }
            Item::Ways(ways, optional) => {
                let split = self.code.len();
                if *optional {
                    self.emit(SPLIT, 0)?;
                }
                self.emit_ways(ways)?;
                if *optional { self.aim(split) } else { Ok(()) }
            }
        }
    }

    /// A program for a pattern, which ends with the number of its rule; its place in the code.
    fn program(&mut self, pattern: &[Item], slot: usize) -> Result<u16, Failure> {
        let at = u16::try_from(self.code.len())?;
        self.emit_items(pattern)?;
        self.emit(MATCH, slot)?;
        Ok(at)
    }
}

fn strings(value: Option<&toml::Value>) -> Result<Vec<&str>, Failure> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let list = value.as_array().ok_or("rules.toml: a list is expected")?;
    list.iter().map(|it| Ok(it.as_str().ok_or("rules.toml: texts are expected")?)).collect()
}

/// The most sentences' ends that a pattern can have behind its first part. Whatever is looked for is
/// looked for in a sentence and the next.
fn ends(items: &[Item]) -> usize {
    let of = |item: &Item| match item {
        Item::Set(words, _) => usize::from(words.contains("@stop") || words.contains("@ask")),
        Item::Ways(ways, _) => ways.iter().map(|it| ends(it)).max().unwrap_or_default(),
        Item::Gap(_) => 0,
    };
    items.iter().map(of).sum()
}

fn words_of(items: &[Item], found: &mut BTreeSet<String>) {
    for item in items {
        match item {
            Item::Set(words, _) => found.extend(words.iter().cloned()),
            Item::Ways(ways, _) => ways.iter().for_each(|it| words_of(it, found)),
            Item::Gap(_) => {}
        }
    }
}

/// The words that a part of a pattern can be all by themselves.
fn single_words(item: &Item, found: &mut BTreeSet<String>) {
    match item {
        Item::Set(words, false) => found.extend(words.iter().cloned()),
        Item::Ways(ways, false) => {
            for way in ways {
                if let [item] = way.as_slice() {
                    single_words(item, found);
                }
            }
        }
        _ => {}
    }
}

/// What is typed for what, folded and in order.
fn shorthands(source: &toml::Table, macros: &Macros) -> Result<Vec<(String, String)>, Failure> {
    let folded = |text: &str| -> Result<String, Failure> {
        let items = parse(text, macros)?;
        let words = items.into_iter().map(|it| match it {
            Item::Set(words, false) => words.into_iter().collect::<Vec<_>>().concat(),
            _ => String::new(),
        });
        Ok(words.collect::<Vec<_>>().join(" "))
    };
    let mut all = Vec::new();
    for (long, list) in
        source.get("shorthands").and_then(toml::Value::as_table).into_iter().flatten()
    {
        for short in strings(Some(list))? {
            all.push((folded(short)?, folded(long)?));
        }
    }
    all.sort();
    Ok(all)
}

struct Rule {
    name: String,
    kind: String,
    patterns: Vec<Vec<Item>>,
    except: Vec<Vec<Item>>,
    back: i64,
}

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=rules.toml");
    println!("cargo::rerun-if-changed=weights.tsv");
    println!("cargo::rerun-if-changed=build");
    let directory = env::var("CARGO_MANIFEST_DIR")?;
    let directory = Path::new(&directory);
    let source: toml::Table = fs::read_to_string(directory.join("rules.toml"))?.parse()?;

    let sets = source.get("sets").and_then(toml::Value::as_table).ok_or("rules.toml: no sets")?;
    let macros: Macros = sets
        .iter()
        .map(|(name, value)| Ok((name.clone(), strings(Some(value))?.join("|"))))
        .collect::<Result<_, Failure>>()?;
    let mut rules = Vec::new();
    for rule in source.get("rule").and_then(toml::Value::as_array).ok_or("rules.toml: no rule")? {
        let text = |key: &str| {
            rule.get(key).and_then(toml::Value::as_str).ok_or(format!("a rule has no {key}"))
        };
        let patterns = |key: &str| {
            let all = strings(rule.get(key))?;
            let parsed = all.into_iter().map(|it| {
                let failure = |error| format!("rules.toml: {it:?}: {error}");
                let items = parse(it, &macros).map_err(failure)?;
                if 1 < ends(items.get(1..).unwrap_or_default()) {
                    return Err(failure("goes over two sentences' ends".to_owned()).into());
                }
                Ok(items)
            });
            parsed.collect::<Result<Vec<_>, Failure>>()
        };
        rules.push(Rule {
            name: text("name")?.to_owned(),
            kind: text("kind")?.to_owned(),
            patterns: patterns("patterns")?,
            except: patterns("except")?,
            back: rule.get("back").and_then(toml::Value::as_integer).unwrap_or_default(),
        });
    }
    // Lists that the code itself asks for, by the names of their sets.
    let mut exported = Vec::new();
    for (name, list) in &macros {
        if name.starts_with("code_") {
            let items = parse(&format!("({list})"), &macros)?;
            exported.push((name.to_uppercase(), items));
        }
    }
    // Sets whose words are one and the same to `score`, where one of them is a single word.
    let mut classes = Vec::new();
    for name in strings(source.get("classes"))? {
        let items = parse(&format!("${name}"), &macros)?;
        let mut words = BTreeSet::new();
        items.iter().for_each(|it| single_words(it, &mut words));
        classes.push((format!("${name}"), words));
    }
    let numbers = strings(source.get("public_numbers"))?;
    let mut numbers: Vec<String> =
        numbers.iter().map(|it| it.chars().filter(char::is_ascii_digit).collect()).collect();
    numbers.sort();

    let mut words = BTreeSet::new();
    for rule in &rules {
        rule.patterns.iter().chain(&rule.except).for_each(|it| words_of(it, &mut words));
    }
    exported.iter().for_each(|it| words_of(&it.1, &mut words));
    classes.iter().for_each(|it| words.extend(it.1.iter().cloned()));
    let shorthands = shorthands(&source, &macros)?;
    let mut words: Vec<String> = words.into_iter().filter(|it| !it.starts_with('@')).collect();
    // In order of their bytes, stars left out: `tokens::known` looks words up so.
    words.sort_by_key(|it| it.trim_end_matches('*').to_owned());

    let mut tables = Tables { words, ..Tables::default() };
    let mut out = String::new();
    for (name, items) in &exported {
        let [Item::Set(list, _)] = items.as_slice() else {
            return Err(format!("rules.toml: {name} has more than single words").into());
        };
        writeln!(out, "pub const {name}: u16 = {};", tables.set(list)?)?;
    }
    let classes = classes.iter().map(|(name, words)| Ok((name, tables.set(words)?)));
    let classes: Vec<_> = classes.collect::<Result<_, Failure>>()?;
    writeln!(out, "pub static CLASSES: [(&str, u16); {}] = {classes:?};", classes.len())?;
    let mut roots = Vec::new();
    writeln!(out, "pub static RULES: [Rule; {}] = [", rules.len())?;
    for (number, rule) in rules.iter().enumerate() {
        let Rule { name, kind, back, .. } = rule;
        writeln!(out, "Rule {{ name: {name:?}, kind: Kind::{kind}, back: {back} }},")?;
        for (slot, patterns) in [(2 * number, &rule.patterns), (2 * number + 1, &rule.except)] {
            for it in merge(patterns.clone()) {
                let gaps = tables.gaps;
                roots.push(tables.program(&it, slot)?);
                // What excuses a passage stands in the same part of the sentence.
                if slot % 2 == 1 {
                    tables.narrow.extend(gaps..tables.gaps);
                }
            }
        }
    }
    writeln!(out, "];")?;
    writeln!(out, "pub static ROOTS: [u16; {}] = {roots:?};", roots.len())?;
    write_words(&mut out, &tables)?;
    weights::write(&mut out, &directory.join("weights.tsv"))?;
    let count = shorthands.len();
    writeln!(out, "pub static SHORTHANDS: [(&str, &str); {count}] = {shorthands:?};")?;
    writeln!(out, "pub static PUBLIC_NUMBERS: [&str; {}] = {numbers:?};", numbers.len())?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("tables.rs"), out)?;
    Ok(())
}

fn write_words(out: &mut String, tables: &Tables) -> Result<(), Failure> {
    let all = tables.words.join(" ");
    // How far each number is from the one before; a byte's largest number stands for
    // one less and goes on in the next byte, and 0 ends a set.
    let mut members = Vec::new();
    for set in &tables.sets {
        let mut before = None;
        for id in set {
            let mut far = before.map_or(*id + 1, |it| *id - it);
            while u16::from(u8::MAX) <= far {
                members.push(u8::MAX);
                far -= u16::from(u8::MAX) - 1;
            }
            members.push(u8::try_from(far)?);
            before = Some(*id);
        }
        members.push(0);
    }
    writeln!(out, "pub static WORDS: &str = {all:?};")?;
    writeln!(out, "pub const SET_BLOCKS: usize = {};", tables.sets.len().div_ceil(64))?;
    writeln!(out, "pub static MEMBERS: [u8; {}] = {members:?};", members.len())?;
    let mut narrow = vec![0_u64; tables.gaps.div_ceil(64)];
    tables.narrow.iter().for_each(|it| narrow[it / 64] |= 1 << (it % 64));
    writeln!(out, "pub static NARROW: [u64; {}] = {narrow:?};", narrow.len())?;
    writeln!(out, "pub const GAPS: usize = {};", tables.gaps)?;
    writeln!(out, "pub static CODE: [u16; {}] = {:?};", tables.code.len(), tables.code)?;
    Ok(())
}
