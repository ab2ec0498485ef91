//! The language of patterns in `rules.toml`, read into a tree.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter::Peekable,
    str::Chars,
};

use crate::fold::{Sign, fold, push};

/// Named sets of the file: what `$name` stands for.
pub type Macros = BTreeMap<String, String>;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// Up to so many words, whatever they are.
    Gap(usize),
    /// One of these words; true when it may be missing.
    Set(BTreeSet<String>, bool),
    /// One of these sequences; true when all of it may be missing.
    Ways(Vec<Vec<Item>>, bool),
}

/// Reads a pattern. Its first item has to be there, so that a rule has words to begin at.
pub fn parse(pattern: &str, macros: &Macros) -> Result<Vec<Item>, String> {
    let expanded = expand(pattern, macros, 0)?;
    let mut signs = expanded.chars().peekable();
    let mut ways = alternatives(&mut signs)?;
    if signs.next().is_some() {
        return Err("one parenthesis too many".to_owned());
    }
    let items = if ways.len() == 1 { ways.remove(0) } else { vec![group(ways)] };
    match items.first() {
        Some(Item::Set(_, false) | Item::Ways(_, false)) => Ok(items),
        _ => Err("begins with nothing that must be there".to_owned()),
    }
}

/// Patterns that begin alike as one, so that what they share is looked for once.
pub fn merge(patterns: Vec<Vec<Item>>) -> Vec<Vec<Item>> {
    let mut merged: Vec<(Item, Vec<Vec<Item>>)> = Vec::new();
    for mut pattern in patterns {
        let first = pattern.remove(0);
        match merged.iter_mut().find(|it| it.0 == first) {
            Some((_, rests)) => rests.push(pattern),
            None => merged.push((first, vec![pattern])),
        }
    }
    let join = |(first, mut rests): (Item, Vec<Vec<Item>>)| {
        let count = rests.len();
        rests.retain(|it| !it.is_empty());
        let ends = rests.len() < count;
        let mut rests = merge(rests);
        match rests.len() {
            0 => vec![first],
            1 if !ends => [vec![first], rests.remove(0)].concat(),
            _ => vec![first, Item::Ways(rests, ends)],
        }
    };
    merged.into_iter().map(join).collect()
}

fn expand(pattern: &str, macros: &Macros, depth: usize) -> Result<String, String> {
    if 5 < depth {
        return Err("sets name each other".to_owned());
    }
    let mut parts = pattern.split('$');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        let (name, rest) = part.split_at(end.unwrap_or(part.len()));
        let list = macros.get(name).ok_or(format!("no set {name}"))?;
        out.push_str(&format!("({})", expand(list, macros, depth + 1)?));
        out.push_str(rest);
    }
    Ok(out)
}

/// `a b|c d`, up to the closing parenthesis or the end.
fn alternatives(signs: &mut Peekable<Chars<'_>>) -> Result<Vec<Vec<Item>>, String> {
    let mut ways = vec![Vec::new()];
    while let Some(&it) = signs.peek() {
        if it == ')' {
            break;
        }
        if it == '|' {
            signs.next();
            ways.push(Vec::new());
        } else if it == ' ' {
            signs.next();
        } else {
            let item = item(signs)?;
            ways.last_mut().ok_or("no way")?.push(item);
        }
    }
    if ways.iter().any(Vec::is_empty) {
        return Err("an empty alternative: write `?` behind the parenthesis".to_owned());
    }
    Ok(ways)
}

/// One set where every way is one word, so that most groups cost one instruction.
fn group(ways: Vec<Vec<Item>>) -> Item {
    let mut set = BTreeSet::new();
    let mut longer = Vec::new();
    for way in ways {
        match <[Item; 1]>::try_from(way) {
            Ok([Item::Set(words, false)]) => set.extend(words),
            Ok([Item::Ways(inner, false)]) => longer.extend(inner),
            Ok(other) => longer.push(other.to_vec()),
            Err(way) => longer.push(way),
        }
    }
    if longer.is_empty() {
        return Item::Set(set, false);
    }
    // Sets of the ways that were taken apart join the others.
    let (single, mut longer): (Vec<_>, Vec<_>) =
        longer.into_iter().partition(|it| matches!(it.as_slice(), [Item::Set(_, false)]));
    for way in single {
        if let [Item::Set(words, _)] = way.as_slice() {
            set.extend(words.iter().cloned());
        }
    }
    if !set.is_empty() {
        longer.insert(0, vec![Item::Set(set, false)]);
    }
    Item::Ways(longer, false)
}

fn item(signs: &mut Peekable<Chars<'_>>) -> Result<Item, String> {
    let item = match signs.peek() {
        Some('(') => {
            signs.next();
            let ways = alternatives(signs)?;
            if signs.next() != Some(')') {
                return Err("a parenthesis is not closed".to_owned());
            }
            group(ways)
        }
        Some('*') => {
            signs.next();
            let digit = signs.next_if(char::is_ascii_digit).and_then(|it| it.to_digit(10));
            return Ok(Item::Gap(digit.unwrap_or(3) as usize));
        }
        _ => Item::Set(BTreeSet::from([word(signs)?]), false),
    };
    if signs.next_if_eq(&'?').is_none() {
        return Ok(item);
    }
    Ok(match item {
        Item::Set(words, _) => Item::Set(words, true),
        Item::Ways(ways, _) => Item::Ways(ways, true),
        gap @ Item::Gap(_) => gap,
    })
}

/// A folded word; `@meta`, and a star behind it for all words that begin so, stay as they are.
fn word(signs: &mut Peekable<Chars<'_>>) -> Result<String, String> {
    let mut out = String::new();
    let meta = signs.peek() == Some(&'@');
    while let Some(it) = signs.next_if(|it| !matches!(it, ' ' | '|' | '(' | ')' | '?')) {
        match fold(it) {
            _ if meta || it == '*' => out.push(it),
            Sign::Letter(first, second) => {
                push(&mut out, 0, first);
                second.into_iter().for_each(|it| push(&mut out, 0, it));
            }
            Sign::Digit(_) => out.push(it),
            _ => return Err(format!("{it:?} is no part of a word")),
        }
    }
    if out.is_empty() { Err("a word is missing".to_owned()) } else { Ok(out) }
}
