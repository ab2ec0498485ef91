//! Somebody who sits at the desk of servers that are processes of their own.

use contract::desk::Role;
use serde_json::{Value, json};
use server::{clock, desk::passwords};
use store::{
    Store,
    moderators::{By, Ended},
};

use super::{
    binary::{Raw, Server},
    wait,
};
use crate::desk::hash;

pub const NAME: &str = "Anne";
pub const PASSWORD: &str = "un long mot de passe";

/// An administrator who is signed in.
pub struct Chair {
    token: String,
}

impl Chair {
    /// Her account and a session of hers, put into a database.
    pub fn of(address: &store::Address) -> Chair {
        let token = "token-of-anne".to_owned();
        wait(async {
            let store = Store::open(address).await.unwrap();
            let by = By { actor: "essai", now_ms: clock::now_ms() };
            let phc = passwords::hash(PASSWORD).unwrap();
            assert!(store.add_moderator(NAME, &phc, Role::Admin, by).await.unwrap());
            let anne = store.moderator(NAME).await.unwrap().unwrap();
            let never = Ended { created_before_ms: 0, seen_before_ms: 0 };
            assert!(store.open_session(&hash(&token), &anne, never, by.now_ms).await.unwrap());
            store.close().await;
        });
        Chair { token }
    }

    /// Signs in at `server` as anybody does.
    pub fn sign_in(server: &Server) -> Chair {
        let body = json!({ "name": NAME, "password": PASSWORD });
        let headers = "sec-fetch-site: same-origin\r\n";
        let request = format!(
            "POST /api/v1/session HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.to_string().len()
        );
        let answer = String::from_utf8(server.send(request.as_bytes())).unwrap();
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        let (_, cookie) = answer.split_once("__Host-session=").unwrap();
        Chair { token: cookie.split(';').next().unwrap().to_owned() }
    }

    /// Asks for something at the desk; nothing where the server dies meanwhile.
    pub fn ask(&self, server: &Server, method: &str, path: &str, body: &Value) -> Option<Raw> {
        let headers =
            format!("sec-fetch-site: same-origin\r\ncookie: __Host-session={}\r\n", self.token);
        server.json(method, path, &headers, body)
    }

    /// What the queue holds of `query`; nothing where the server dies meanwhile.
    pub fn find(&self, server: &Server, query: &str) -> Option<Vec<Value>> {
        let answer = self.ask(server, "GET", &format!("/moderation?{query}"), &json!({}))?;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let found: Value = serde_json::from_slice(&answer.body).ok()?;
        Some(found["items"].as_array().unwrap().clone())
    }

    /// Decides on an item of the queue as it was seen. Returns it as it is seen now, or nothing where
    /// the server died meanwhile.
    pub fn decide(&self, server: &Server, item: &Value, verdict: &str) -> Option<Value> {
        let (id, seen) = (item["id"].as_str().unwrap(), &item["seen"]);
        let body = json!({ "verdict": verdict, "seen": seen, "reply": "" });
        let answer = self.ask(server, "POST", &format!("/moderation/{id}/decision"), &body)?;
        assert_eq!(answer.status, 200, "{verdict}: {}", answer.text());
        let now: Value = serde_json::from_slice(&answer.body).ok()?;
        Some(json!({ "id": id, "seen": now["seen"] }))
    }
}
