//! Who may do what, and marks in texts that have changed.

use super::*;

#[test]
fn only_admins_touch_accounts_and_only_editors_speak_for_the_institute() {
    for role in Role::ALL {
        assert_eq!(role.may(Action::Accounts), role == Role::Admin, "{role:?}");
        let institute = Action::Decide(Kind::Comment, Verdict::Institute);
        assert_eq!(role.may(institute), matches!(role, Role::Editor | Role::Admin), "{role:?}");
        let approve = Action::Decide(Kind::Comment, Verdict::Approve);
        assert_eq!(role.may(approve), role != Role::DirectoryManager, "{role:?}");
    }
}

#[test]
fn who_may_not_see_a_kind_decides_nothing_of_it() {
    for role in Role::ALL {
        for kind in Kind::ALL {
            let decides = |it: Verdict| role.may(Action::Decide(kind, it));
            assert!(role.may(Action::See(kind)) || !Verdict::ALL.into_iter().any(decides));
        }
    }
}

#[test]
fn reports_of_the_directory_are_the_directory_managers() {
    for kind in Kind::ALL {
        let report = kind.name() == "report";
        assert_eq!(Role::DirectoryManager.may(Action::See(kind)), report, "{kind:?}");
        assert_eq!(Role::Moderator.may(Action::See(kind)), !report, "{kind:?}");
        assert!(Role::Admin.may(Action::See(kind)));
    }
}

fn in_body(body: &str) -> Texts<'_> {
    Texts { body, ..Texts::default() }
}

#[track_caller]
fn check(findings: &str, body: &str, places: &[(usize, usize)]) {
    let found = Finding::read_all(findings, &in_body(body));
    let found: Vec<_> = found.iter().map(|it| (it.from, it.to)).collect();
    assert_eq!(found, places, "{findings:?} in {body:?}");
}

#[test]
fn a_mark_is_cut_to_the_text_whatever_it_says() {
    check("phone fr 0 3", "abcdef", &[(0, 3)]);
    check("phone fr 4 99", "abcdef", &[(4, 6)]);
    check("phone fr 99 4", "abcdef", &[(6, 6)]);
    check("phone fr 5 2", "abcdef", &[(5, 5)]);
    // Within `é`, which is two bytes.
    check("phone fr 1 2", "éa", &[(0, 2)]);
    check("phone fr 0 1", "éa", &[(0, 0)]);
    check("phone fr 0 3\n\nnonsense\nphone fr -1 x\nemail a 1 2", "abc", &[(0, 3), (1, 2)]);
    check("phone fr 18446744073709551616 1", "abc", &[]);
}

/// A text in each field, of another length each.
const TEXTS: Texts<'static> = Texts {
    name: "Zoé",
    subject: "Objets",
    treatments: "aucun",
    ties: "un oncle",
    body: "Bonjour à vous",
};

#[test]
fn a_mark_stands_in_the_field_that_it_names_and_an_old_one_in_the_body() {
    #[track_caller]
    fn check(line: &str, expected: Option<(Field, usize, usize)>) {
        let found = Finding::read_all(line, &TEXTS);
        let found = found.first().map(|it| (it.field, it.from, it.to));
        assert_eq!(found, expected, "{line:?}");
    }
    check("phone fr 0 4", Some((Field::Body, 0, 4)));
    check("phone fr body 0 4", Some((Field::Body, 0, 4)));
    // Each is cut to its own text.
    check("phone fr name 0 99", Some((Field::Name, 0, 4)));
    check("phone fr name 1 3", Some((Field::Name, 1, 2)));
    check("phone fr subject 0 99", Some((Field::Subject, 0, 6)));
    check("phone fr treatments 0 99", Some((Field::Treatments, 0, 5)));
    check("phone fr ties 3 99", Some((Field::Ties, 3, 8)));
    // Of a program that comes after this one: nothing else is marked in its place.
    for unknown in ["phone fr town 0 4", "phone fr Name 0 4", "phone fr name", "phone fr name 4"] {
        check(unknown, None);
    }
}

#[test]
fn what_is_found_reads_back_and_that_of_the_body_as_before_there_were_fields() {
    for field in Field::ALL {
        let it = Finding { kind: "phone".to_owned(), rule: "fr".to_owned(), field, from: 1, to: 2 };
        assert_eq!(Finding::read_all(&it.to_string(), &TEXTS), std::slice::from_ref(&it), "{it}");
        assert_eq!(it.to_string() == "phone fr 1 2", field == Field::Body, "{it}");
        let json = serde_json::to_value(&it).unwrap();
        assert_eq!(json["field"], field.name());
    }
    let old = r#"{"kind":"phone","rule":"fr","from":1,"to":2}"#;
    assert_eq!(serde_json::from_str::<Finding>(old).unwrap().field, Field::Body);
}

#[test]
fn each_field_is_masked_by_what_stands_in_it() {
    let found = Finding::read_all("phone fr 0 7\nemail a name 0 4\ndistress b subject 0 6", &TEXTS);
    let shown = Field::ALL.map(|it| masked(TEXTS.of(it), it, &found));
    assert_eq!(shown, ["[…]", "Objets", "aucun", "un oncle", "[…] à vous"]);
}

#[test]
fn a_name_may_name_somebody_and_nothing_more() {
    for kind in ["phone", "email", "address", "social_security", "named_doctor", "distress"] {
        assert_eq!(Field::Name.minds(kind), hides(kind), "{kind}");
        assert!(Field::ALL[1..].iter().all(|it| it.minds(kind)), "{kind}");
    }
}

#[test]
fn what_a_form_sends_reads_back() {
    let seen = Seen { id: Slug::try_from("k3v7").unwrap(), seen: -5 };
    assert_eq!(Seen::parse(&seen.to_string()), Some(seen));
    for bad in ["", "k3v7", "k3v7.", ".5", "K V.5", "k3v7.x", "k3v7.5.6"] {
        assert_eq!(Seen::parse(bad), None, "{bad:?}");
    }
}

#[test]
fn a_reply_of_nothing_is_none_and_one_without_end_is_refused() {
    assert_eq!(reply(" \r\n "), Ok(None));
    assert_eq!(reply("Merci.\r\n"), Ok(Some("Merci.".to_owned())));
    assert!(reply(&"é".repeat(MAX_REPLY)).is_ok());
    assert!(reply(&"é".repeat(MAX_REPLY + 1)).is_err());
}

#[test]
fn a_password_is_never_printed() {
    let it = Credentials { name: "anne".to_owned(), password: "sésame".to_owned() };
    assert!(!format!("{it:?}").contains("sésame"));
}

#[test]
fn a_masked_text_tells_nobody_who_it_is() {
    #[track_caller]
    fn check(findings: &str, expected: &str) {
        let body = "Zoé, 06 39 98 00 17, zoe@example.org !";
        let found = Finding::read_all(findings, &in_body(body));
        assert_eq!(masked(body, Field::Body, &found), expected, "{findings:?}");
    }
    let (phone, email) = ("phone fr 6 20", "email a 22 37");
    check("", "Zoé, 06 39 98 00 17, zoe@example.org !");
    check(phone, "Zoé, […], zoe@example.org !");
    // In whatever order they were found.
    check(&format!("{email}\n{phone}"), "Zoé, […], […] !");
    // Those that meet, overlap or lie within each other are one.
    check(&format!("{phone}\naddress b 20 37"), "Zoé, […] !");
    check(&format!("{phone}\naddress b 10 37"), "Zoé, […] !");
    check(&format!("{phone}\naddress b 8 11\n{email}"), "Zoé, […], […] !");
    check("phone fr 0 99", "[…]");
    check("phone fr 6 6\nphone fr 20 6", "Zoé, 06 39 98 00 17, zoe@example.org !");
    // What somebody says of a treatment is for the moderators to weigh, not to hide.
    check("distress a 0 99\nnamed_doctor b 0 4", "Zoé, 06 39 98 00 17, zoe@example.org !");
}

#[test]
fn only_comments_are_masked() {
    for role in Role::ALL {
        for kind in Kind::ALL {
            let may = role.may(Action::Decide(kind, Verdict::Mask));
            let comment = kind == Kind::Comment && role != Role::DirectoryManager;
            assert_eq!(may, comment, "{role:?} {kind:?}");
        }
    }
}
