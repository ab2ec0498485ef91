//! What readers, authors and moderators do, and what should come of it.

use contract::{desk::Verdict, receipt::Kind, slug::Slug};
use proptest::prelude::*;
use serde_json::json;
use server::clock;
use store::contributions::{NewContribution, Particulars};

use super::world::{ARTICLES, Fate, Item, World, word};
use crate::{desk::hash, support::wait};

impl World {
    /// Sends something with a word in each field.
    pub fn send(
        &mut self,
        kind: Kind,
        article: usize,
        parent: Option<usize>,
        by_form: bool,
    ) -> Result<(), TestCaseError> {
        let mut public = Vec::new();
        let mut next = |world: &mut World| {
            let number = world.word();
            public.push(number);
            word(number)
        };
        let slug = ARTICLES[article];
        let (path, form, mut body) = match kind {
            Kind::Comment => {
                let (name, text) = (next(self), next(self));
                let email = format!("{}@exemple.example", word(self.word()));
                let mut body = json!({ "name": name, "email": email, "consent": true });
                body["body"] = json!(format!("Un texte avec {text}, et un retour.\n\nMerci."));
                if let Some(parent) = parent {
                    body["parent"] = json!(self.items[parent].id);
                }
                let form = format!("/articles/{slug}/commentaires");
                (format!("/articles/{slug}/comments"), form, body)
            }
            Kind::Testimonial => {
                let body = json!({
                    "name": next(self), "title": next(self), "body": next(self),
                    "treatments": next(self), "ties": next(self),
                    "publication": true, "processing": true,
                });
                ("/testimonials".to_owned(), "/temoignages/ecrire".to_owned(), body)
            }
            Kind::Feedback => {
                let body = json!({ "useful": false, "message": word(self.word()) });
                (format!("/articles/{slug}/feedback"), format!("/articles/{slug}/avis"), body)
            }
            Kind::Message => {
                let email = format!("{}@exemple.example", word(self.word()));
                let (subject, message) = (word(self.word()), word(self.word()));
                let body = json!({ "subject": subject, "email": email, "message": message });
                ("/contact".to_owned(), "/contact".to_owned(), body)
            }
            Kind::Report => {
                let email = format!("{}@exemple.example", word(self.word()));
                let body = json!({ "body": word(self.word()), "email": email });
                let id = self.practitioner.clone();
                (format!("/practitioners/{id}/reports"), format!("/praticiens/{id}/signaler"), body)
            }
        };
        let secret = if by_form {
            if kind == Kind::Testimonial {
                let seen = self.form(&form, body.as_object().unwrap());
                prop_assert_eq!(seen.status, 200, "the preview");
                body["step"] = json!("envoyer");
            }
            let answer = self.form(&form, body.as_object().unwrap());
            prop_assert_eq!(answer.status, 303, "{}", answer.text());
            let to = answer.header("location").trim_end_matches("?merci").to_owned();
            to.trim_start_matches("/recus/").to_owned()
        } else {
            let answer = self.json("POST", &path, &body);
            prop_assert_eq!(answer.status, 201, "{}", answer.text());
            answer.json()["receipt"].as_str().unwrap().to_owned()
        };
        let found = wait(self.store.contribution_of(&hash(&secret))).unwrap().unwrap();
        prop_assert_eq!(found.kind, kind);
        let (id, fate) = (found.id, Fate::Pending);
        let (secret, before, lapsed) = (Some(secret), None, false);
        self.items.push(Item { kind, fate, article, parent, id, secret, public, before, lapsed });
        Ok(())
    }

    /// Answers a comment, where that can be answered.
    pub fn answer(&mut self, to: usize, by_form: bool) -> Result<(), TestCaseError> {
        let it = &self.items[to];
        let (article, open) = (it.article, it.fate == Fate::Approved && it.parent.is_none());
        if open {
            return self.send(Kind::Comment, article, Some(to), by_form);
        }
        let body = json!({ "name": word(self.word()), "body": word(self.word()),
            "parent": self.items[to].id, "consent": true });
        let answer = self.json("POST", &format!("/articles/{}/comments", ARTICLES[article]), &body);
        prop_assert_eq!(answer.status, 422, "what is not shown is not answered");
        Ok(())
    }

    /// Changes a comment or a testimonial as its author does.
    pub fn edit(&mut self, at: usize, by_form: bool) -> Result<(), TestCaseError> {
        let Some(secret) = self.items[at].secret.clone() else { return Ok(()) };
        let fields: &[&str] = match self.items[at].kind {
            Kind::Testimonial => &["name", "title", "body", "treatments", "ties"],
            _ => &["name", "body"],
        };
        let public: Vec<u32> = fields.iter().map(|_| self.word()).collect();
        let typed = fields.iter().zip(&public).map(|(name, it)| (*name, word(*it)));
        let change = json!(typed.collect::<std::collections::BTreeMap<_, _>>());
        let (answer, good) = if by_form {
            (self.form(&format!("/recus/{secret}"), change.as_object().unwrap()), 303)
        } else {
            (self.json("PATCH", &format!("/receipts/{secret}"), &change), 200)
        };
        let it = &mut self.items[at];
        let expected = match it.fate {
            Fate::Erased => 404,
            Fate::Pending if matches!(it.kind, Kind::Comment | Kind::Testimonial) => good,
            _ => 409,
        };
        prop_assert_eq!(answer.status, expected, "{:?}", it.fate);
        if expected == good {
            (it.public, it.before) = (public, None);
        }
        Ok(())
    }

    /// Erases as its author does.
    pub fn erase(&mut self, at: usize, by_form: bool) -> Result<(), TestCaseError> {
        let Some(secret) = self.items[at].secret.clone() else { return Ok(()) };
        let (answer, good) = if by_form {
            let fields = json!({ "action": "effacer" });
            (self.form(&format!("/recus/{secret}"), fields.as_object().unwrap()), 303)
        } else {
            (self.json("DELETE", &format!("/receipts/{secret}"), &json!({})), 204)
        };
        let it = &mut self.items[at];
        let expected = if it.fate == Fate::Erased { 404 } else { good };
        prop_assert_eq!(answer.status, expected);
        it.fate = Fate::Erased;
        Ok(())
    }

    /// Decides at the desk, with a reply that its author alone reads.
    pub fn decide(&mut self, at: usize, verdict: Verdict) -> Result<(), TestCaseError> {
        let id = self.items[at].id.clone();
        let found = wait(self.store.contribution(&id)).unwrap();
        let it = &mut self.items[at];
        if found.is_none() && it.lapsed {
            // The site's own task was faster.
            it.fate = Fate::Erased;
        }
        prop_assert_eq!(found.is_none(), it.fate == Fate::Erased);
        let seen = found.map_or(1, |it| it.changed_ms);
        let reply = word(self.word());
        let body = json!({ "verdict": verdict.name(), "seen": seen, "reply": reply });
        let answer = self.json("POST", &format!("/moderation/{id}/decision"), &body);
        let it = &mut self.items[at];
        match (answer.status, verdict) {
            (200, Verdict::Undo) => {
                prop_assert!(it.before.is_some(), "there was nothing to take back");
                it.fate = it.before.take().unwrap();
            }
            (200, verdict) => {
                it.before = Some(it.fate);
                it.fate = match verdict {
                    Verdict::Approve | Verdict::Institute => Fate::Approved,
                    Verdict::Reject => Fate::Rejected,
                    Verdict::Erase => Fate::Erased,
                    _ => Fate::Pending,
                };
            }
            (404, _) if it.lapsed => it.fate = Fate::Erased,
            (404, _) => prop_assert_eq!(it.fate, Fate::Erased),
            // Nothing to take back; no verdict on what is of this kind.
            (409, Verdict::Undo) => prop_assert_eq!(it.before, None),
            (status, _) => prop_assert!(status == 403, "{}", answer.text()),
        }
        Ok(())
    }

    pub fn lapse(&mut self) {
        let public: Vec<u32> = (0..5).map(|_| self.word()).collect();
        let texts: Vec<String> = public.iter().map(|it| word(*it)).collect();
        let id = Slug::try_from(format!("lapsed-{}", public[0])).unwrap();
        let page = Slug::try_from("temoignages").unwrap();
        let now = clock::now_ms();
        let receipt = hash(id.as_str());
        let new = NewContribution {
            id: &id,
            kind: Kind::Testimonial,
            page: &page,
            parent: None,
            name: &texts[0],
            email: None,
            body: &texts[1],
            useful: None,
            consent: Some("1"),
            findings: "",
            now_ms: now - 2,
            receipt_hash: &receipt,
            request_hash: None,
            particulars: Particulars {
                subject: Some(&texts[2]),
                treatments: Some(&texts[3]),
                ties: Some(&texts[4]),
                expires_ms: Some(now - 1),
                voucher: None,
            },
        };
        wait(self.store.add_contribution(&new)).unwrap();
        self.items.push(Item {
            kind: Kind::Testimonial,
            fate: Fate::Pending,
            article: 0,
            parent: None,
            id,
            secret: None,
            public,
            before: None,
            lapsed: true,
        });
        self.decide(self.items.len() - 1, Verdict::Approve).unwrap();
    }
}
