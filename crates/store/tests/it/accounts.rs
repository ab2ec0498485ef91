//! What is done to accounts, and that an admin is always left.

use contract::desk::Role;
use store::{
    Store,
    moderators::{By, Ended, Step, Stepped},
};

use crate::support::Database;

const BY: By<'static> = By { actor: "Zoé", now_ms: 7 };
const NEVER: Ended = Ended { created_before_ms: 0, seen_before_ms: 0 };

async fn add(store: &Store, name: &str, role: Role) {
    assert!(store.add_moderator(name, "hash", role, BY).await.unwrap());
    let account = store.moderator(name).await.unwrap().unwrap();
    assert!(store.open_session(&format!("of {name}"), &account, NEVER, 9).await.unwrap());
}

async fn is_signed_in(store: &Store, name: &str) -> bool {
    store.session(&format!("of {name}"), NEVER).await.unwrap().is_some()
}

#[tokio::test]
async fn roles_change_accounts_close_and_open_and_each_is_written_down() {
    for database in Database::each() {
        let store = database.open().await;
        add(&store, "Zoé", Role::Admin).await;
        add(&store, "Ana", Role::Moderator).await;
        let account = store.moderator("Ana").await.unwrap().unwrap();
        assert_eq!(account.signed_in_ms, Some(9), "{}", database.engine);
        let step = |step| store.change_account("Ana", step, BY);
        assert_eq!(step(Step::Role(Role::Editor)).await.unwrap(), Stepped::Done);
        assert!(!is_signed_in(&store, "Ana").await && is_signed_in(&store, "Zoé").await);
        assert_eq!(step(Step::Disable).await.unwrap(), Stepped::Done);
        assert_eq!(step(Step::Disable).await.unwrap(), Stepped::Done, "as it was");
        assert_eq!(step(Step::Enable).await.unwrap(), Stepped::Done);
        assert_eq!(step(Step::SignOut).await.unwrap(), Stepped::Done);
        assert_eq!(store.change_account("Eve", Step::Enable, BY).await.unwrap(), Stepped::Gone);
        let account = store.moderator("Ana").await.unwrap().unwrap();
        assert_eq!((account.role, account.disabled_ms), (Role::Editor, None));
        let lines = store.history_of("@Ana").await.unwrap();
        let told: Vec<(&str, &str)> =
            lines.iter().map(|it| (it.action.as_str(), it.detail.as_str())).collect();
        assert_eq!(
            told,
            [
                ("moderator_add", "moderator"),
                ("moderator_role", "editor"),
                ("moderator_disable", ""),
                ("moderator_enable", ""),
                ("moderator_sign_out", ""),
            ]
        );
    }
}

#[tokio::test]
async fn the_last_admin_stays_one() {
    for database in Database::each() {
        let store = database.open().await;
        add(&store, "Zoé", Role::Admin).await;
        for step in [Step::Disable, Step::Role(Role::Editor)] {
            let done = store.change_account("Zoé", step, BY).await.unwrap();
            assert_eq!(done, Stepped::LastAdmin, "{}", database.engine);
        }
        assert!(is_signed_in(&store, "Zoé").await);
        add(&store, "Ana", Role::Admin).await;
        // Each closes the other at the same time.
        let other = database.open().await;
        let (one, two) = tokio::join!(
            store.change_account("Zoé", Step::Disable, BY),
            other.change_account("Ana", Step::Role(Role::Moderator), BY)
        );
        let mut done = [one.unwrap(), two.unwrap()];
        done.sort_by_key(|it| *it == Stepped::LastAdmin);
        assert_eq!(done, [Stepped::Done, Stepped::LastAdmin], "{}", database.engine);
    }
}

#[tokio::test]
async fn ones_own_password_ends_the_other_sessions_alone() {
    for database in Database::each() {
        let store = database.open().await;
        add(&store, "Zoé", Role::Editor).await;
        add(&store, "Ana", Role::Editor).await;
        let account = store.moderator("Zoé").await.unwrap().unwrap();
        assert!(store.open_session("here", &account, NEVER, 9).await.unwrap());
        let change = |old, new| store.change_own_password("Zoé", (old, new), "here", BY);
        assert!(!change("another", "new").await.unwrap(), "{}", database.engine);
        assert!(is_signed_in(&store, "Zoé").await);
        assert!(change("hash", "new").await.unwrap());
        assert!(!is_signed_in(&store, "Zoé").await && is_signed_in(&store, "Ana").await);
        assert!(store.session("here", NEVER).await.unwrap().is_some());
        assert!(!change("hash", "newer").await.unwrap(), "it is another now");
    }
}
