//! Single entries, changed at the desk, and imports that were looked at first.

use contract::{
    desk::{FieldChange, entries::ENTRY_ITEM},
    slug::Slug,
};
use store::{
    Store,
    directory::{Brought, Changes, Entry, Saved},
    moderators::By,
    uploads::Upload,
};

use crate::support::{Database, entry, replace};

fn by(now_ms: i64) -> By<'static> {
    By { actor: "Zoé", now_ms }
}

fn id(number: u32) -> Slug {
    entry(number).practitioner.id
}

fn moved(number: u32) -> Entry {
    let mut it = entry(number);
    it.practitioner.address.town = "Villeurbanne".into();
    it.practitioner.phone = Some("01 99 00 12 34".into());
    it
}

async fn told(store: &Store, number: u32) -> Vec<(String, String, Vec<FieldChange>)> {
    let lines = store.history_of(&format!("{ENTRY_ITEM}{}", id(number))).await.unwrap();
    let line = |it: store::contributions::Recorded| {
        (it.actor, it.action, FieldChange::read_all(&it.detail))
    };
    lines.into_iter().map(line).collect()
}

#[tokio::test]
async fn an_entry_is_added_changed_archived_and_brought_back_and_all_is_written_down() {
    for database in Database::each() {
        let store = database.open().await;
        let before = store.directory_version().await.unwrap();
        assert_eq!(store.add_entry(&entry(1), by(5)).await.unwrap(), Saved::Done);
        let first = store.entry(&id(1)).await.unwrap().unwrap();
        assert_eq!((first.entry.clone(), first.changed_ms), (entry(1), 5), "{}", database.engine);
        // In the same millisecond, or by a clock that is behind.
        let changed = store.change_entry(&id(1), first.seen, &moved(1), by(5)).await.unwrap();
        assert_eq!(changed, Saved::Done);
        let second = store.entry(&id(1)).await.unwrap().unwrap();
        assert_eq!(second.entry, moved(1));
        assert!(first.seen < second.seen && first.changed_ms < second.changed_ms);
        let archived = store.archive_entry(&id(1), second.seen, true, by(1)).await.unwrap();
        assert_eq!(archived, Saved::Done);
        assert_eq!(store.directory().await.unwrap().entries, []);
        let third = store.entry(&id(1)).await.unwrap().unwrap();
        assert!(third.archived_ms.is_some());
        // Changed out of sight, it stays there.
        store.change_entry(&id(1), third.seen, &entry(1), by(9)).await.unwrap();
        let fourth = store.entry(&id(1)).await.unwrap().unwrap();
        assert_eq!(fourth.archived_ms, third.archived_ms);
        store.archive_entry(&id(1), fourth.seen, false, by(10)).await.unwrap();
        let contents = store.directory().await.unwrap();
        assert_eq!(contents.entries, [entry(1)]);
        assert_eq!(contents.version, before + 5, "each change is a version");

        let lines = told(&store, 1).await;
        let actions: Vec<&str> = lines.iter().map(|it| it.1.as_str()).collect();
        let change = "practitioner_change";
        assert_eq!(
            actions,
            ["practitioner_add", change, "practitioner_archive", change, "practitioner_restore"]
        );
        assert!(lines.iter().all(|it| it.0 == "Zoé"));
        let change = |field: &str, old: &str, new: &str| FieldChange {
            field: field.into(),
            old: old.into(),
            new: new.into(),
        };
        assert_eq!(
            lines[1].2,
            [change("town", "Lyon", "Villeurbanne"), change("phone", "", "01 99 00 12 34")]
        );
        assert!(lines[0].2.contains(&change("name", "", "Cabinet n° 1")));
        assert_eq!(store.journal_length().await.unwrap(), 5);
    }
}

#[tokio::test]
async fn who_has_not_seen_the_last_state_changes_nothing() {
    for database in Database::each() {
        let store = database.open().await;
        store.add_entry(&entry(1), by(1)).await.unwrap();
        let seen = store.entry(&id(1)).await.unwrap().unwrap().seen;
        store.change_entry(&id(1), seen, &moved(1), by(2)).await.unwrap();
        let version = store.directory_version().await.unwrap();
        let late = store.change_entry(&id(1), seen, &entry(1), by(3)).await.unwrap();
        assert_eq!(late, Saved::Changed, "{}", database.engine);
        let late = store.archive_entry(&id(1), seen, true, by(3)).await.unwrap();
        assert_eq!(late, Saved::Changed);
        assert_eq!(store.change_entry(&id(7), 1, &entry(7), by(3)).await.unwrap(), Saved::Gone);
        assert_eq!(store.archive_entry(&id(7), 1, true, by(3)).await.unwrap(), Saved::Gone);
        let mut twin = entry(2);
        twin.external_id = entry(1).external_id;
        assert_eq!(store.add_entry(&twin, by(3)).await.unwrap(), Saved::Taken);
        let mut twin = entry(2);
        twin.practitioner.id = id(1);
        assert_eq!(store.add_entry(&twin, by(3)).await.unwrap(), Saved::Taken);
        // What changes nothing is none either.
        let seen = store.entry(&id(1)).await.unwrap().unwrap().seen;
        assert_eq!(store.change_entry(&id(1), seen, &moved(1), by(4)).await.unwrap(), Saved::Done);
        assert_eq!(store.directory_version().await.unwrap(), version);
        assert_eq!(told(&store, 1).await.len(), 2);
        assert_eq!(store.directory().await.unwrap().entries, [moved(1)]);
    }
}

#[tokio::test]
async fn of_two_at_once_one_is_told() {
    for database in Database::each() {
        let (one, other) = (database.open().await, database.open().await);
        one.add_entry(&entry(1), by(1)).await.unwrap();
        let seen = one.entry(&id(1)).await.unwrap().unwrap().seen;
        let (a, b) = (moved(1), {
            let mut it = entry(1);
            it.practitioner.name = "Autre".into();
            it
        });
        let (id_a, id_b) = (id(1), id(1));
        let (first, second) = tokio::join!(
            one.change_entry(&id_a, seen, &a, by(2)),
            other.change_entry(&id_b, seen, &b, by(2))
        );
        let mut found = [first.unwrap(), second.unwrap()];
        found.sort_by_key(|it| *it == Saved::Changed);
        assert_eq!(found, [Saved::Done, Saved::Changed], "{}", database.engine);
    }
}

#[tokio::test]
async fn what_was_looked_at_is_what_an_import_does() {
    for database in Database::each() {
        let store = database.open().await;
        replace(&store, &[entry(1), entry(2), entry(3), entry(5)], 1).await.unwrap();
        replace(&store, &[entry(1), entry(2), entry(3)], 2).await.unwrap();
        let file = [entry(1), moved(2), entry(4), entry(5)];
        let version = store.directory_version().await.unwrap();
        let preview = store.preview_import(&file).await.unwrap();
        assert_eq!((preview.version, store.directory_version().await.unwrap()), (version, version));
        let expected = Changes { added: 2, updated: 1, unchanged: 1, archived: 1 };
        assert_eq!(preview.changes, expected, "{}", database.engine);
        let first: Vec<(&str, bool, bool, usize)> = preview
            .first
            .iter()
            .map(|it| (&*it.entry.external_id, it.archived, it.restored, it.changes.len()))
            .collect();
        assert_eq!(
            first,
            [("x-2", false, false, 2), ("x-5", false, true, 0), ("x-3", true, false, 0)]
        );

        // Somebody else is faster.
        let seen = store.entry(&id(1)).await.unwrap().unwrap().seen;
        store.change_entry(&id(1), seen, &moved(1), by(3)).await.unwrap();
        let brought = |expected| Brought {
            entries: &file,
            source: "annuaire.csv",
            expected: Some(expected),
            by: by(3),
        };
        assert_eq!(store.import_directory(brought(version)).await.unwrap(), None);
        assert_eq!(store.directory().await.unwrap().entries[0], moved(1));
        let done = store.import_directory(brought(version + 1)).await.unwrap();
        assert_eq!(done, Some(Changes { updated: 2, unchanged: 0, ..expected }));
        assert_eq!(store.directory().await.unwrap().entries, file);

        let actions = |lines: Vec<(String, String, Vec<FieldChange>)>| {
            lines.into_iter().map(|it| it.1).collect::<Vec<String>>().join(" ")
        };
        let (add, archive) = ("practitioner_add", "practitioner_archive");
        let change = "practitioner_change";
        assert_eq!(actions(told(&store, 1).await), format!("{add} {change} {change}"));
        assert_eq!(actions(told(&store, 3).await), format!("{add} {archive}"));
        assert_eq!(actions(told(&store, 5).await), format!("{add} {archive} practitioner_restore"));
        // In the journal of everything, an import is one line.
        let journal = store.journal(100, 0).await.unwrap();
        let lines: Vec<(&str, &str)> =
            journal.iter().map(|it| (it.item.as_str(), it.action.as_str())).collect();
        let import = (ENTRY_ITEM, "practitioner_import");
        let single = format!("{ENTRY_ITEM}cabinet-1");
        assert_eq!(lines, [import, (&*single, change), import, import]);
        let told = FieldChange::read_all(&journal[0].detail);
        let counts: Vec<String> =
            told.iter().map(|it| format!("{} {}", it.field, it.new)).collect();
        assert_eq!(
            counts,
            ["file annuaire.csv", "added 2", "updated 2", "unchanged 0", "archived 1"]
        );
        assert_eq!(store.journal_length().await.unwrap(), 4);
    }
}

#[tokio::test]
async fn what_entries_are_found_by_is_read_with_their_version() {
    for database in Database::each() {
        let store = database.open().await;
        replace(&store, &[entry(1), entry(2)], 1).await.unwrap();
        replace(&store, &[entry(2)], 2).await.unwrap();
        let (version, mut places) = store.places().await.unwrap();
        places.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(version, store.directory_version().await.unwrap(), "{}", database.engine);
        let found: Vec<(&str, bool)> =
            places.iter().map(|it| (it.external_id.as_str(), it.archived)).collect();
        assert_eq!(found, [("x-1", true), ("x-2", false)]);
        assert_eq!(store.known_ids().await.unwrap()["x-1"], id(1));
        let mut kept = store.entries(&[id(2), id(9), id(1)]).await.unwrap();
        kept.sort_by(|a, b| a.entry.external_id.cmp(&b.entry.external_id));
        assert_eq!(kept.len(), 2);
        assert_eq!(kept[0].entry, entry(1));
        assert_eq!(store.entries(&[]).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_file_is_kept_for_its_own_moderator_and_for_a_time() {
    for database in Database::each() {
        let store = database.open().await;
        let upload = |moderator: &str, created_ms| Upload {
            moderator: moderator.into(),
            created_ms,
            version: 3,
            source: "annuaire.csv".into(),
            day: "2026-11-22".into(),
            content: "é".repeat(200_000),
        };
        store.keep_upload("one", &upload("Zoé", 10), 0).await.unwrap();
        let found = store.upload("one", "Zoé", 5).await.unwrap();
        assert_eq!(found, Some(upload("Zoé", 10)), "{}", database.engine);
        assert_eq!(store.upload("one", "Ana", 5).await.unwrap(), None);
        assert_eq!(store.upload("one", "Zoé", 10).await.unwrap(), None, "too late");
        store.keep_upload("two", &upload("Ana", 20), 10).await.unwrap();
        assert_eq!(store.upload("one", "Zoé", 0).await.unwrap(), None, "forgotten by its age");
        store.keep_upload("three", &upload("Ana", 21), 0).await.unwrap();
        assert_eq!(store.upload("two", "Ana", 0).await.unwrap(), None, "one for each account");
        assert_eq!(store.forget_uploads("three", 0).await.unwrap(), 1);
        assert_eq!(store.upload("three", "Ana", 0).await.unwrap(), None);
    }
}
