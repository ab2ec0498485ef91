//! A server that is killed while moderators decide and authors change and erase: what it said is done
//! is done.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Instant,
};

use serde_json::{Value, json};

use crate::{
    durable,
    support::{binary::Server, chair::Chair},
};

/// What was acknowledged, of one comment.
#[derive(Debug)]
enum Done {
    /// In this state, by the last of so many decisions.
    Decided {
        receipt: String,
        id: String,
        state: &'static str,
        times: usize,
    },
    Erased {
        receipt: String,
    },
    /// It says this now.
    Edited {
        receipt: String,
        body: String,
    },
}

/// A comment that is kept. None where the server died.
fn sent(server: &Server, number: usize) -> Option<String> {
    durable::send(server, number)
}

/// Sends a comment and has somebody decide on it, twice for some.
fn decided(server: &Server, anne: &Chair, number: usize) -> Option<Done> {
    let receipt = sent(server, number)?;
    let item = anne.find(server, &format!("q=n{number}"))?.remove(0);
    let id = item["id"].as_str().unwrap().to_owned();
    let state = |verdict| if verdict == "approve" { "approved" } else { "rejected" };
    let [first, second] =
        if number.is_multiple_of(2) { ["approve", "reject"] } else { ["reject", "approve"] };
    let item = anne.decide(server, &item, first)?;
    let again = number.is_multiple_of(3).then(|| anne.decide(server, &item, second));
    let (state, times) = match again {
        None => (state(first), 1),
        Some(Some(_)) => (state(second), 2),
        // Done or not: nobody was told.
        Some(None) => return None,
    };
    Some(Done::Decided { receipt, id, state, times })
}

fn erased(server: &Server, number: usize) -> Option<Done> {
    let receipt = sent(server, number)?;
    let answer = server.json("DELETE", &format!("/receipts/{receipt}"), "", &json!({}))?;
    assert_eq!(answer.status, 204, "{}", answer.text());
    Some(Done::Erased { receipt })
}

fn edited(server: &Server, number: usize) -> Option<Done> {
    let receipt = sent(server, number)?;
    let body = format!("Autrement dit {number}");
    let change = json!({ "name": format!("n{number}"), "body": body });
    let answer = server.json("PATCH", &format!("/receipts/{receipt}"), "", &change)?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    Some(Done::Edited { receipt, body })
}

#[track_caller]
fn check(server: &Server, anne: &Chair, done: &Done) {
    let read = |receipt: &str| server.get(&format!("/api/v1/receipts/{receipt}"));
    match done {
        Done::Decided { receipt, id, state, times } => {
            assert_eq!(read(receipt).json()["state"], *state, "{done:?}");
            let path = format!("/moderation/{id}/history");
            let journal = anne.ask(server, "GET", &path, &json!({})).unwrap().json();
            assert_eq!(journal.as_array().unwrap().len(), *times, "{done:?}: {journal}");
        }
        Done::Erased { receipt } => assert_eq!(read(receipt).status, 404, "{done:?}"),
        Done::Edited { receipt, body } => {
            assert_eq!(read(receipt).json()["body"], Value::from(body.as_str()), "{done:?}");
        }
    }
}

#[test]
fn no_decision_erasure_or_change_is_lost_when_the_server_is_killed() {
    let folder = durable::scene();
    let data = folder.path().join("data");
    std::fs::create_dir_all(&data).unwrap();
    let anne = Chair::of(&store::Address::in_folder(&data));
    let mut all: Vec<Done> = Vec::new();
    for round in 0..3_usize {
        let server = durable::start(folder.path());
        // None is the beginning of another.
        let first = 1_000_000 + round * 100_000;
        let killed = AtomicBool::new(false);
        let lists = [(); 3].map(|()| Mutex::new(Vec::new()));
        thread::scope(|scope| {
            for (worker, list) in lists.iter().enumerate() {
                let (server, anne, killed) = (&server, &anne, &killed);
                scope.spawn(move || {
                    // Each from other addresses: who sends much is told to wait.
                    for number in (0..).map(|it| first + worker * 10_060 + it) {
                        let done = match worker {
                            0 => decided(server, anne, number),
                            1 => erased(server, number),
                            _ => edited(server, number),
                        };
                        match done {
                            Some(it) => list.lock().unwrap().push(it),
                            None => break,
                        }
                        if killed.load(Ordering::Relaxed) {
                            break;
                        }
                    }
                });
            }
            // In the middle of what is being written.
            let start = Instant::now();
            while lists.iter().any(|it| it.lock().unwrap().len() < 5 + 4 * round) {
                assert!(start.elapsed().as_secs() < 120, "a worker has stopped: {lists:?}");
                thread::yield_now();
            }
            server.kill();
            killed.store(true, Ordering::Relaxed);
        });
        all.extend(lists.into_iter().flat_map(|it| it.into_inner().unwrap()));
    }
    let server = durable::start(folder.path());
    assert!(3 * (5 + 9 + 13) <= all.len(), "{}", all.len());
    for it in &all {
        check(&server, &anne, it);
    }
}
