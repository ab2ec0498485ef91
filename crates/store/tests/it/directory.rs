//! Imports and what is read afterwards.

use contract::practitioner::{Access, Fees, Language, Precision};
use store::directory::{Changes, Entry};

use crate::support::{Database, entry, replace};

fn full() -> Entry {
    let mut it = entry(7);
    let about = &mut it.practitioner;
    about.name = "L’Œuvre — « 漢字 » 🩺 ' \" ; DROP TABLE practitioners".into();
    about.phone = Some("01 99 00 12 34".into());
    about.email = Some("cabinet-7@example.org".into());
    about.web = Some("https://example.org/cabinet-7".into());
    about.languages = vec![Language::French, Language::SignedFrench];
    about.fees = Some(Fees::Sector2Limited);
    about.remote = Some(true);
    about.accessible = Some(Access::Partial);
    about.new_patients = Some(false);
    about.opening = vec!["Mo-Fr 08:30-17:00".parse().unwrap(), "Sa 09:00-12:00".parse().unwrap()];
    about.verified_on = Some("2026-11-02".parse().unwrap());
    about.position.precision = Precision::Exact;
    about.sample = true;
    it
}

#[tokio::test]
async fn what_is_written_reads_back_unchanged() {
    for database in Database::each() {
        let store = database.open().await;
        let entries = [entry(1), full()];
        replace(&store, &entries, 1).await.unwrap();
        assert_eq!(store.directory().await.unwrap().entries, entries, "{}", database.engine);
        // Also by another process, later.
        store.close().await;
        let again = database.open().await.directory().await.unwrap();
        assert_eq!(again.entries, entries, "{}", database.engine);
    }
}

#[tokio::test]
async fn an_import_updates_by_external_id_and_archives_what_is_gone() {
    for database in Database::each() {
        let store = database.open().await;
        let first = [entry(1), entry(2), entry(3)];
        let changes = replace(&store, &first, 1).await.unwrap();
        assert_eq!(changes, Changes { added: 3, ..Changes::default() }, "{}", database.engine);

        let mut moved = entry(2);
        moved.practitioner.address.town = "Villeurbanne".into();
        let second = [entry(1), moved.clone(), entry(4)];
        let changes = replace(&store, &second, 2).await.unwrap();
        assert_eq!(changes, Changes { added: 1, updated: 1, unchanged: 1, archived: 1 });
        assert_eq!(store.directory().await.unwrap().entries, second);

        let changes = replace(&store, &first, 3).await.unwrap();
        assert_eq!(changes, Changes { added: 1, updated: 1, unchanged: 1, archived: 1 });
        assert_eq!(store.directory().await.unwrap().entries, first, "what was archived comes back");
    }
}

#[tokio::test]
async fn every_change_gives_the_directory_a_new_version() {
    for database in Database::each() {
        let store = database.open().await;
        let before = store.directory_version().await.unwrap();
        replace(&store, &[entry(1)], 1).await.unwrap();
        let other = database.open().await;
        let after = other.directory_version().await.unwrap();
        assert!(before < after, "{}: another server notices", database.engine);
        assert_eq!(other.directory().await.unwrap().version, after);
    }
}

#[tokio::test]
async fn an_import_that_fails_changes_nothing() {
    for database in Database::each() {
        let store = database.open().await;
        replace(&store, &[entry(1)], 1).await.unwrap();
        let before = store.directory().await.unwrap();
        // Two entries of one public id: the database refuses the second.
        let mut twin = entry(3);
        twin.practitioner.id = entry(2).practitioner.id;
        replace(&store, &[entry(2), twin], 2).await.unwrap_err();
        assert_eq!(store.directory().await.unwrap(), before, "{}", database.engine);
    }
}

#[tokio::test]
async fn imports_at_once_follow_each_other() {
    for database in Database::each() {
        let (one, other) = (database.open().await, database.open().await);
        let (a, b): (Vec<Entry>, Vec<Entry>) =
            ((0..700).map(entry).collect(), (500..1_200).map(entry).collect());
        let (first, second) = tokio::join!(replace(&one, &a, 1), replace(&other, &b, 2));
        first.unwrap();
        second.unwrap();
        let entries = one.directory().await.unwrap().entries;
        let mut ids: Vec<String> = entries.into_iter().map(|it| it.external_id).collect();
        ids.sort();
        let sorted = |entries: &[Entry]| {
            let mut ids: Vec<String> = entries.iter().map(|it| it.external_id.clone()).collect();
            ids.sort();
            ids
        };
        assert!(ids == sorted(&a) || ids == sorted(&b), "{}: one or the other", database.engine);
    }
}

#[tokio::test]
async fn what_left_the_directory_is_forgotten_in_time() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        let all = [entry(1), entry(2)];
        replace(&store, &all, 10).await.unwrap();
        replace(&store, &all[..1], 20).await.unwrap();
        assert_eq!(store.remove_archived(20).await.unwrap(), 0, "{engine}: not yet");
        assert_eq!(store.remove_archived(21).await.unwrap(), 1, "{engine}");
        assert_eq!(store.directory().await.unwrap().entries.len(), 1, "{engine}: one stays");
        let changes = replace(&store, &all, 30).await.unwrap();
        assert_eq!((changes.added, changes.unchanged), (1, 1), "{engine}: it is new again");
    }
}
