//! Public ids made from those of the source.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use contract::{
    practitioner::Practitioner,
    route::{IMPORT, NEW_ENTRY},
    slug::Slug,
};
use search::fold::fold;

use super::Entry;

/// Characters of a mark that tells ids apart, with its hyphen.
const MARK: usize = 9;

/// What pages of the desk are called that stand beside those of the entries.
const RESERVED: [&str; 2] = [NEW_ENTRY, IMPORT];

/// The id that an external one makes, as an import makes it.
pub fn public_id(external_id: &str) -> Option<Slug> {
    slug(external_id)
}

/// The id an external one makes: itself where it can be, else in lower case, other characters
/// turned to hyphens, cut to 80. None where nothing is left.
pub(super) fn slug(external_id: &str) -> Option<Slug> {
    let id = plain(external_id)?;
    if RESERVED.contains(&id.as_str()) { marked(&id, external_id, 0) } else { Some(id) }
}

fn plain(external_id: &str) -> Option<Slug> {
    if let Ok(it) = Slug::try_from(external_id) {
        return Some(it);
    }
    let mut out = String::new();
    for it in fold(external_id).chars() {
        if it.is_ascii_alphanumeric() {
            out.push(it);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(Slug::MAX_BYTES);
    Slug::try_from(out.trim_end_matches('-')).ok()
}

/// Tells apart entries whose external ids make the same id, by a mark made from the external id
/// and not from the order of the rows: an address must not lead to somebody else tomorrow because
/// the source sorts its file another way.
pub(super) fn make_unique(entries: &mut [Entry]) {
    let mut bearers: HashMap<Slug, u32> = HashMap::new();
    for it in &*entries {
        *bearers.entry(it.practitioner.id.clone()).or_default() += 1;
    }
    let mut given: HashSet<Slug> = HashSet::new();
    for it in entries {
        let id = &it.practitioner.id;
        if bearers.get(id).is_none_or(|it| *it < 2) || it.external_id == id.as_str() {
            continue;
        }
        let free = |it: &Slug| !bearers.contains_key(it) && !given.contains(it);
        // Two marks are the same once in four thousand million times.
        let marked = (0..).filter_map(|salt| marked(id, &it.external_id, salt)).find(free);
        if let Some(marked) = marked {
            given.insert(marked.clone());
            it.practitioner.id = marked;
        }
    }
}

/// Gives entries that are there already the ids that they have, and keeps the ids of others from being
/// given twice. `known`: the id of each external id that is there, archived or not.
pub fn settle(entries: &mut [Entry], known: &HashMap<String, Slug>) {
    let mut given: HashSet<Slug> = known.values().cloned().collect();
    for it in &mut *entries {
        if let Some(id) = known.get(&it.external_id) {
            it.practitioner.id = id.clone();
        }
    }
    for it in entries.iter_mut().filter(|it| !known.contains_key(&it.external_id)) {
        let id = &it.practitioner.id;
        if given.contains(id) {
            let made = (0..).filter_map(|salt| marked(id, &it.external_id, salt));
            if let Some(marked) = made.take(16).find(|it| !given.contains(it)) {
                it.practitioner.id = marked;
            }
        }
        given.insert(it.practitioner.id.clone());
    }
}

fn marked(id: &Slug, external_id: &str, salt: u32) -> Option<Slug> {
    // FNV-1a, 32 bits: the same in every version of this program.
    let bytes = external_id.bytes().chain(salt.to_le_bytes());
    let mark =
        bytes.fold(0x811c_9dc5_u32, |it, byte| (it ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let stem: String = id.as_str().chars().take(Slug::MAX_BYTES - MARK).collect();
    Slug::try_from(format!("{stem}-{mark:08x}")).ok()
}

/// What two entries of the same practice have in common. A hash, to save memory: where two are
/// the same by chance, somebody looks at a row in vain.
pub(super) fn practice(it: &Practitioner) -> u64 {
    let mut hasher = DefaultHasher::new();
    (fold(&it.name), &it.address.postcode, it.profession).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_safe_in_addresses() {
        let made = |it: &str| slug(it).map(String::from);
        assert_eq!(made("demo-1").as_deref(), Some("demo-1"));
        assert_eq!(made("-a--b-").as_deref(), Some("-a--b-"), "kept: an export reads back");
        assert_eq!(made("  Cab_Été/12 ").as_deref(), Some("cab-ete-12"));
        assert_eq!(made(&"A".repeat(90)), Some("a".repeat(80)));
        assert_eq!(made("…"), None);
        for name in RESERVED {
            let id = made(name).unwrap();
            assert!(id.starts_with(name) && id != name, "{id}");
        }
    }

    fn entry(external_id: &str) -> Entry {
        let row = format!("id,nom,métier,cp,ville\n{external_id},x,nurse,69003,Lyon\n");
        let places = gazetteer::Gazetteer::embedded().unwrap();
        let today = contract::date::Date::EPOCH;
        super::super::import(row.as_bytes(), places, "essai", today).unwrap().entries.remove(0)
    }

    #[test]
    fn an_entry_keeps_its_id_and_takes_nobody_elses() {
        let id = |it: &str| Slug::try_from(it).unwrap();
        let known = HashMap::from([
            ("A 1".to_owned(), id("a-1-0000000f")),
            ("Cab".to_owned(), id("b-2")),
            ("alt".to_owned(), id("a-1")),
        ]);
        let mut entries = ["A 1", "b-2", "C 3", "c-3"].map(entry);
        settle(&mut entries, &known);
        let ids: Vec<&str> = entries.iter().map(|it| it.practitioner.id.as_str()).collect();
        assert_eq!((ids[0], ids[2]), ("a-1-0000000f", "c-3"));
        assert!(ids[1].starts_with("b-2-") && ids[3].starts_with("c-3-"), "{ids:?}");
    }
}
