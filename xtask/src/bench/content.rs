//! What is in the content folder: its articles and its words.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};

/// Addresses that may be articles, the longest text first.
pub fn longest_first(content: &Path) -> Outcome<Vec<String>> {
    let mut files: Vec<(usize, String)> = texts(content)?
        .into_iter()
        .filter_map(|(path, text)| {
            Some((text.len(), format!("/articles/{}", path.file_stem()?.to_str()?)))
        })
        .collect();
    files.sort_by(|one, other| other.cmp(one));
    Ok(files.into_iter().map(|(_, address)| address).collect())
}

/// Queries made of the content's words, none twice: in turn a word, a word's beginning (as while
/// typing), and two words that stand beside each other. Always the same for the same content.
pub fn queries(content: &Path, count: usize) -> Outcome<Vec<String>> {
    let texts: Vec<String> = texts(content)?.into_iter().map(|(_, text)| text).collect();
    let made = queries_of(&texts.join("\n"), count);
    if made.len() < count {
        return Err(Failure::new(format!(
            "the content has words for {} queries only, {count} are needed",
            made.len()
        )));
    }
    Ok(made)
}

fn queries_of(text: &str, count: usize) -> Vec<String> {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| word.chars().count() >= 4)
        .map(str::to_lowercase)
        .collect();
    let mut seen = HashSet::new();
    let candidates = words.windows(2).enumerate().map(|(index, pair)| match index % 3 {
        0 => pair[0].clone(),
        1 => pair[0].chars().take(pair[0].chars().count() * 2 / 3).collect(),
        _ => pair.join(" "),
    });
    // From all over the content, not the first article only.
    let all: Vec<String> = candidates.filter(|query| seen.insert(query.clone())).collect();
    let step = (all.len() / count.max(1)).max(1);
    all.into_iter().step_by(step).take(count).collect()
}

/// All Markdown files below the folder, by their paths.
fn texts(content: &Path) -> Outcome<Vec<(PathBuf, String)>> {
    let failed = |error: std::io::Error| {
        Failure::new(format!("{} cannot be read: {error}", content.display()))
    };
    let mut texts = Vec::new();
    let mut folders = vec![content.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&path).map_err(failed)?;
                texts.push((path, text));
            }
        }
    }
    texts.sort();
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_words_beginnings_and_pairs_and_none_comes_twice() {
        let text = "Un lymphocyte reconnaît l’antigène. Lymphocyte, encore : une cellule.";
        let queries = queries_of(text, 100);
        assert_eq!(queries, ["lymphocyte", "reconn", "antigène lymphocyte", "enco"]);
        let twice = format!("{text} {text}");
        let distinct: HashSet<String> = queries_of(&twice, 100).into_iter().collect();
        assert_eq!(distinct.len(), queries_of(&twice, 100).len());
    }

    #[test]
    fn no_more_are_made_than_asked_for_and_they_come_from_the_whole_text() {
        let text: String = ('a'..='z').map(|letter| format!("{letter}bcd ")).collect();
        let queries = queries_of(&text, 5);
        assert_eq!(queries.len(), 5);
        assert!(queries.last().unwrap() > &"t".to_owned(), "{queries:?}");
    }
}
