//! A database that an older version filled: brought up to date, everything in it is read as it was
//! meant.

use contract::{
    desk::Role,
    receipt::{Kind, State},
    slug::Slug,
};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, migrate::Migrator};
use store::{
    Store,
    contributions::{Contribution, Decided, Decision},
    moderators::Ended,
};

use crate::support::{Database, threads};

static STEPS: Migrator = sqlx::migrate!("./migrations");

/// What stood in each table, and with which step it could for the first time.
const ROWS: [(i64, &str); 23] = [
    (
        1,
        "INSERT INTO practitioners VALUES ('zoe-dupont-lyon', 'x-1', 'Zoé Dupont', 'nurse', \
         '1, rue de l’Église', '69003', 'Lyon', 'FR', 45.75801, 4.83512, 'town', NULL, NULL, \
         'https://zoe.example', 'fr,en', NULL, 1, NULL, 0, '', '2025-01-02', 'essai', 0, 4, 40, NULL)",
    ),
    (
        1,
        "INSERT INTO practitioners VALUES ('partie', 'x-2', 'Partie', 'nurse', '', '69003', 'Lyon', \
         'FR', 45.7, 4.8, 'town', NULL, NULL, NULL, '', NULL, NULL, NULL, NULL, '', NULL, 'essai', \
         1, 3, 30, 31)",
    ),
    (1, "UPDATE directory_state SET version = 4"),
    (
        2,
        "INSERT INTO contributions (id, kind, state, page, parent, name, email, body, useful, \
         institute, consent, findings, held, reply, created_at, changed_at, receipt, request) VALUES \
         ('shown', 'comment', 'approved', 'fievre', '', 'Zoé', 'zoe@example.org', 'Un 👩 texte', NULL, \
         1, '1', 'email model 0 2', 0, 'Merci.', 10, 20, 'r-shown', 'k-shown')",
    ),
    (
        2,
        "INSERT INTO contributions (id, kind, state, page, parent, name, email, body, useful, \
         institute, consent, findings, held, reply, created_at, changed_at, receipt, request) VALUES \
         ('answer', 'comment', 'approved', 'fievre', 'shown', 'Ana', NULL, 'Oui', NULL, \
         0, '1', '', 0, NULL, 11, 21, 'r-answer', NULL)",
    ),
    (
        2,
        "INSERT INTO contributions (id, kind, state, page, parent, name, email, body, useful, \
         institute, consent, findings, held, reply, created_at, changed_at, receipt, request) VALUES \
         ('waits', 'comment', 'pending', 'fievre', '', 'Luc', NULL, 'Un œdème', NULL, \
         0, '1', '', 1, NULL, 12, 12, 'r-waits', NULL)",
    ),
    (
        2,
        "INSERT INTO contributions (id, kind, state, page, parent, name, email, body, useful, \
         institute, consent, findings, held, reply, created_at, changed_at, receipt, request) VALUES \
         ('opinion', 'feedback', 'pending', 'fievre', '', '', NULL, 'Trop long', 0, \
         0, NULL, '', 0, NULL, 13, 13, 'r-opinion', NULL)",
    ),
    (
        2,
        "INSERT INTO contributions (id, kind, state, page, parent, name, email, body, useful, \
         institute, consent, findings, held, reply, created_at, changed_at, receipt, request) VALUES \
         ('gone', 'comment', 'erased', 'fievre', '', '', NULL, '', NULL, \
         0, NULL, '', 0, NULL, 14, 24, 'r-gone', NULL)",
    ),
    (2, "UPDATE contributions_state SET version = 3"),
    (
        2,
        "INSERT INTO decisions (item, at, actor, action, detail) VALUES \
         ('shown', 20, 'anne', 'approve_as_institute', 'Merci.')",
    ),
    (2, "INSERT INTO secrets VALUES ('receipts', 'made long ago')"),
    (
        3,
        "INSERT INTO moderators (name, password, role, created_at, disabled_at) VALUES \
         ('anne', 'a hash', 'admin', 1, NULL), ('luc', 'a hash', 'editor', 1, 9)",
    ),
    (3, "INSERT INTO sessions VALUES ('a-token', 'anne', 30, 31)"),
    (
        3,
        "INSERT INTO decisions (item, at, actor, action, detail, was) VALUES ('answer', 21, 'anne', \
         'approve', '', '{\"state\":\"pending\",\"held\":true,\"institute\":false,\"reply\":null}')",
    ),
    (3, "UPDATE contributions SET change = 2 WHERE id = 'waits'"),
    (3, "UPDATE contributions_state SET changes = 2"),
    (4, "UPDATE contributions SET consented_at = 9 WHERE id = 'shown'"),
    (
        4,
        "INSERT INTO contributions (id, kind, state, page, parent, name, email, body, useful, \
         institute, consent, findings, held, reply, created_at, changed_at, receipt, request, \
         subject, treatments, ties, expires_at, consented_at, change) VALUES \
         ('story', 'testimonial', 'approved', 'temoignages', '', 'Ève', NULL, 'Six mois', NULL, \
         0, '1', '', 0, NULL, 15, 25, 'r-story', NULL, 'Un titre', 'aucun', NULL, 900, 16, 3)",
    ),
    (4, "INSERT INTO mails VALUES ('story', 'news', 'waiting', 25, 25, 0, 1, 'down', NULL)"),
    (
        5,
        "INSERT INTO decisions (item, at, actor, action, detail, part) VALUES \
         ('practitioners/zoe-dupont-lyon', 40, 'anne', 'practitioner_add', '', 1)",
    ),
    (5, "UPDATE moderators SET signed_in_at = 30 WHERE name = 'anne'"),
    (5, "INSERT INTO uploads VALUES ('u-token', 'anne', 50, 4, 'essai', '2025-01-02', 'abc')"),
    (6, "UPDATE contributions SET unread = 1, masked = 1 WHERE id = 'answer'"),
];

/// A database as version `step` of the schema left it.
async fn fill(database: &Database, step: i64) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&database.address.to_string()).await.unwrap();
    let first = STEPS.iter().filter(|it| it.version <= step).cloned().collect();
    Migrator::with_migrations(first).run(&mut connection).await.unwrap();
    for (since, sql) in ROWS.iter().filter(|it| it.0 <= step) {
        let done = sqlx::query(AssertSqlSafe(*sql)).execute(&mut connection).await;
        done.unwrap_or_else(|error| panic!("{since}: {sql}: {error}"));
    }
    connection.close().await.unwrap();
}

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

async fn item(store: &Store, id: &str) -> Contribution {
    store.contribution(&slug(id)).await.unwrap().unwrap()
}

async fn check_directory(store: &Store, about: &str) {
    let there = store.directory().await.unwrap();
    assert_eq!((there.version, there.entries.len()), (4, 1), "{about}");
    let zoe = &there.entries[0].practitioner;
    assert_eq!((&*zoe.name, zoe.languages.len()), ("Zoé Dupont", 2), "{about}");
    assert_eq!((zoe.remote, zoe.new_patients), (Some(true), Some(false)), "{about}");
    assert!((zoe.position.at.lon() - 4.835_12).abs() < 1e-9, "{about}");
}

async fn check_messages(store: &Store, step: i64, about: &str) {
    let shown = item(store, "shown").await;
    assert_eq!(
        (&*shown.name, &*shown.body, shown.institute),
        ("Zoé", "Un 👩 texte", true),
        "{about}"
    );
    assert_eq!(shown.email.as_deref(), Some("zoe@example.org"), "{about}");
    assert_eq!(shown.reply.as_deref(), Some("Merci."), "{about}");
    // Who agreed before the time was kept agreed when it was sent.
    let agreed = Some(if step < 4 { 10 } else { 9 });
    assert_eq!((shown.consent.as_deref(), shown.consented_ms), (Some("1"), agreed), "{about}");
    let flags = (shown.unread, shown.masked, shown.held);
    assert_eq!(flags, (false, false, false), "{about}");
    let waits = item(store, "waits").await;
    assert_eq!((waits.state, waits.held), (State::Pending, true), "{about}");
    let opinion = item(store, "opinion").await;
    assert_eq!((opinion.kind, opinion.useful), (Kind::Feedback, Some(false)), "{about}");
    assert_eq!((opinion.consent, opinion.consented_ms), (None, None), "{about}");
    assert!(store.contribution(&slug("gone")).await.unwrap().is_none(), "{about}");
    let later = step >= 6;
    let answer = item(store, "answer").await;
    assert_eq!((answer.unread, answer.masked), (later, later), "{about}");
    assert_eq!(store.contribution_of("r-waits").await.unwrap().unwrap().id, waits.id, "{about}");
    assert_eq!(store.contributions_version().await.unwrap(), 3, "{about}");
    assert_eq!(store.secret("receipts", "made now").await.unwrap(), "made long ago", "{about}");
    let found = threads(store, &slug("fievre"), 1, 9).await;
    assert_eq!((found.len(), found[0].answers.len()), (1, 1), "{about}");
    // Whoever follows the changes sees all of them, those from before they were numbered too.
    let mut all: Vec<String> =
        store.changed_since((-1, ""), 100).await.unwrap().into_iter().map(|it| it.id).collect();
    all.sort();
    let mut expected = vec!["answer", "gone", "opinion", "shown", "waits"];
    if step >= 4 {
        expected.insert(4, "story");
        let story = store.testimonials(100, 1, 9).await.unwrap().remove(0);
        assert_eq!((story.title.as_deref(), story.expires_ms), (Some("Un titre"), 900), "{about}");
        assert_eq!(item(store, "story").await.consented_ms, Some(16), "{about}");
        let backlog = store.mail_backlog().await.unwrap();
        assert_eq!((backlog.waiting, backlog.failure.as_deref()), (1, Some("down")), "{about}");
    }
    assert_eq!(all, expected, "{about}");
}

async fn check_desk(store: &Store, step: i64, about: &str) {
    let history = store.history(&slug("shown")).await.unwrap();
    let [line] = &history[..] else { panic!("{about}: {history:?}") };
    assert_eq!((line.at_ms, &*line.actor, &*line.detail), (20, "anne", "Merci."), "{about}");
    // It was not kept what was before: it cannot be taken back, and nothing breaks.
    let undone = store.undo(&slug("shown"), 20, "anne", 60).await.unwrap();
    assert_eq!(undone, Decided::Changed, "{about}");
    if step >= 3 {
        let anne = store.moderator("anne").await.unwrap().unwrap();
        let signed_in = (step >= 5).then_some(30);
        assert_eq!((anne.role, anne.signed_in_ms), (Role::Admin, signed_in), "{about}");
        let luc = store.moderator("luc").await.unwrap().unwrap();
        assert_eq!(luc.disabled_ms, Some(9), "{about}");
        let never = Ended { created_before_ms: 0, seen_before_ms: 0 };
        let session = store.session("a-token", never).await.unwrap().unwrap();
        assert_eq!(session.moderator, "anne", "{about}");
        let undone = store.undo(&slug("answer"), 21, "anne", 61).await.unwrap();
        assert_eq!(undone, Decided::Done, "{about}");
        let answer = item(store, "answer").await;
        assert_eq!((answer.state, answer.held), (State::Pending, true), "{about}");
    }
    if step >= 5 {
        assert_eq!(
            store.upload("u-token", "anne", 0).await.unwrap().unwrap().version,
            4,
            "{about}"
        );
        let zoe = store.history_of("practitioners/zoe-dupont-lyon").await.unwrap();
        assert_eq!(zoe.len(), 1, "{about}");
        let journal = store.journal(9, 0).await.unwrap();
        assert!(journal.iter().all(|it| it.action != "practitioner_add"), "{about}: a part");
    }
    let done = store.decide(&slug("waits"), 12, Decision::Approve, "anne", None, 70).await.unwrap();
    assert_eq!(done, Decided::Done, "{about}");
    assert_eq!(store.history(&slug("waits")).await.unwrap().len(), 1, "{about}");
}

#[tokio::test]
async fn what_an_older_version_kept_is_read_after_every_step() {
    let last = STEPS.iter().map(|it| it.version).max().unwrap();
    for step in 1..=last {
        let [sqlite, postgres] = Database::each();
        for database in [&sqlite, &postgres] {
            let about = format!("{} from step {step}", database.engine);
            fill(database, step).await;
            let store = database.open().await;
            check_directory(&store, &about).await;
            if step >= 2 {
                check_messages(&store, step, &about).await;
                check_desk(&store, step, &about).await;
            }
            store.close().await;
            // Done once, and for all servers.
            let store = database.open().await;
            let mut copy = Vec::new();
            store.back_up(&mut copy).await.unwrap();
            let [fresh, _] = Database::each();
            let fresh = fresh.open().await;
            fresh.restore(&copy[..]).await.unwrap();
            assert_eq!(
                fresh.directory().await.unwrap(),
                store.directory().await.unwrap(),
                "{about}"
            );
        }
    }
}
