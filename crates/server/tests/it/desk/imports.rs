//! Files of the directory: looked at, imported as they were looked at, or not at all.

use axum::{
    body::Body,
    http::{Request, header},
};
use contract::desk::Role;
use serde_json::{Value, json};

use super::{Scene, Sent};
use crate::support::{Answer, check_problem, wait};

const REPORT: &str = "/moderation/directory/report";
const IMPORT: &str = "/moderation/directory/import";
const PAGE: &str = "/moderation/annuaire/import";
const HEAD: &str = "id;nom;métier;cp;ville;tel\n";

fn sent(token: &str) -> Sent<'_> {
    Sent { token: Some(token), ..Sent::default() }
}

fn look(scene: &Scene, token: &str, file: impl Into<Body>) -> Answer {
    let request = Request::builder()
        .method("POST")
        .uri(format!("/api/v1{REPORT}?source=annuaire.csv"))
        .header(header::CONTENT_TYPE, "text/csv");
    scene.send(request, file.into(), sent(token))
}

fn report(scene: &Scene, token: &str, rows: &str) -> Value {
    let answer = look(scene, token, format!("{HEAD}{rows}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn carry_out(scene: &Scene, token: &str, report: &Value, partial: bool) -> Answer {
    let body = json!({ "token": report["token"], "partial": partial });
    scene.ask("POST", IMPORT, &body, sent(token))
}

/// As a browser sends a file.
fn upload(scene: &Scene, token: &str, source: &str, name: &str, file: &[u8]) -> Answer {
    let mut body = format!(
        "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: text/csv\r\n\r\n"
    )
    .into_bytes();
    body.extend(file);
    body.extend(
        format!(
            "\r\n--XyZ\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\n{source}\r\n--XyZ--\r\n"
        )
        .bytes(),
    );
    let request = Request::builder()
        .method("POST")
        .uri(PAGE)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XyZ");
    scene.send(request, Body::from(body), sent(token))
}

fn names(scene: &Scene) -> Vec<String> {
    let contents = wait(scene.store.directory()).unwrap();
    contents.entries.into_iter().map(|it| it.practitioner.name).collect()
}

#[test]
fn a_file_is_looked_at_and_then_imported_as_it_was_told() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    let first = report(&scene, &token, "a;Un;nurse;69003;Lyon;\nb;Deux;nurse;69003;Lyon;\n");
    assert_eq!((&first["added"], &first["archived"]), (&json!(2), &json!(0)));
    assert_eq!(names(&scene), Vec::<String>::new(), "only looked at");
    assert_eq!(carry_out(&scene, &token, &first, false).status, 200);
    assert_eq!(names(&scene), ["Un", "Deux"]);
    // What was done is not done twice.
    check_problem(&carry_out(&scene, &token, &first, false), 409, "twice");

    let rows = "a;Un;nurse;69003;Lyon;01 99 00 12 34\nc;Trois;nurse;69003;Lyon;dring\n";
    let second = report(&scene, &token, rows);
    let counts =
        ["rows", "accepted", "rejected", "doubtful", "added", "updated", "unchanged", "archived"]
            .map(|it| second[it].as_u64().unwrap());
    assert_eq!(counts, [2, 2, 0, 1, 1, 1, 0, 1]);
    assert_eq!((&second["encoding"], &second["separator"]), (&json!("UTF-8"), &json!(";")));
    assert_eq!(
        second["problems"],
        json!([{
            "line": 3, "field": "phone", "value": "dring", "rejected": false,
            "message": second["problems"][0]["message"],
        }])
    );
    assert_eq!(second["changes"][0]["changes"][0]["new"], "01 99 00 12 34");
    assert_eq!(
        (&second["changes"][1]["id"], &second["changes"][1]["archived"]),
        (&json!("b"), &json!(true))
    );
    let done = carry_out(&scene, &token, &second, false);
    assert_eq!(done.json(), json!({ "added": 1, "updated": 1, "unchanged": 0, "archived": 1 }));
    assert_eq!(names(&scene), ["Un", "Trois"]);

    let history = scene.get("/api/v1/moderation/practitioners/b/history", &token).json();
    assert_eq!(history[1]["action"], "practitioner_archive");
    let admin = scene.signed(Role::Admin);
    let journal = scene.get("/api/v1/moderation/journal", &admin).json();
    let import = &journal["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["item"] == "practitioners/")
        .unwrap();
    assert_eq!(import["changes"][0]["new"], "annuaire.csv");
    assert!(scene.get("/moderation/journal", &admin).text().contains("annuaire.csv"));
}

#[test]
fn rejected_rows_stop_an_import_unless_that_is_accepted() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    let rows = "a;Un;nurse;69003;Lyon;\nb;Deux;gourou;69003;Lyon;\nc;=1+1;nurse;69003;Lyon;\n";
    let told = report(&scene, &token, rows);
    let lines: Vec<(u64, bool)> = told["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["line"].as_u64().unwrap(), it["rejected"].as_bool().unwrap()))
        .collect();
    assert_eq!(lines, [(3, true), (4, true)]);
    check_problem(&carry_out(&scene, &token, &told, false), 409, "not clean");
    assert_eq!(names(&scene), Vec::<String>::new());
    assert_eq!(carry_out(&scene, &token, &told, true).status, 200);
    assert_eq!(names(&scene), ["Un"]);
    // A file with nobody in it would archive everybody.
    let nobody = report(&scene, &token, "b;Deux;gourou;69003;Lyon;\n");
    assert_eq!(nobody.get("token"), None);
    assert_eq!(names(&scene), ["Un"]);
}

#[test]
fn a_report_is_good_for_one_state_of_the_directory_and_for_its_reader() {
    let scene = Scene::new();
    let (token, admin) = (scene.signed(Role::DirectoryManager), scene.signed(Role::Admin));
    let rows = "a;Un;nurse;69003;Lyon;\n";
    let told = report(&scene, &token, rows);
    check_problem(&carry_out(&scene, &admin, &told, false), 409, "somebody else's");
    check_problem(&carry_out(&scene, &token, &json!({ "token": "x" }), false), 409, "none");
    let draft =
        json!({ "name": "Deux", "profession": "nurse", "postcode": "69003", "town": "Lyon" });
    let added = scene.ask("POST", "/moderation/practitioners", &draft, sent(&admin));
    assert_eq!(added.status, 201);
    let late = carry_out(&scene, &token, &told, false);
    check_problem(&late, 409, "the directory has changed");
    assert!(late.json()["detail"].as_str().unwrap().contains("changé"));
    assert_eq!(names(&scene), ["Deux"]);
}

#[test]
fn entries_that_are_there_keep_their_ids_and_others_get_their_own() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    let told = report(&scene, &token, "CAB 1;Un;nurse;69003;Lyon;\n");
    assert_eq!(carry_out(&scene, &token, &told, false).status, 200);
    // Another external id that would make the same id, while the first is archived.
    let told = report(&scene, &token, "cab-1;Deux;nurse;69003;Lyon;\n");
    assert_eq!(carry_out(&scene, &token, &told, false).status, 200);
    let told = report(&scene, &token, "CAB 1;Un;nurse;69003;Lyon;\ncab-1;Deux;nurse;69003;Lyon;\n");
    assert_eq!((&told["added"], &told["unchanged"]), (&json!(1), &json!(1)));
    assert_eq!(carry_out(&scene, &token, &told, false).status, 200);
    let entries = wait(scene.store.directory()).unwrap().entries;
    let one = entries.iter().find(|it| it.external_id == "CAB 1").unwrap();
    let two = entries.iter().find(|it| it.external_id == "cab-1").unwrap();
    assert_eq!(one.practitioner.id.as_str(), "cab-1");
    assert!(two.practitioner.id.as_str().starts_with("cab-1-"));
}

#[test]
fn the_form_takes_a_file_and_shows_its_report() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    assert_eq!(scene.get(PAGE, &token).document().faults, Vec::<String>::new());
    // In Windows-1252, as spreadsheets leave it.
    let file =
        b"id,nom,m\xe9tier,cp,ville\na,L'\xc9glise <b>,nurse,69003,Lyon\nb,x,gourou,69003,Lyon\n";
    let page = upload(&scene, &token, "", "annuaire <x>.csv", file);
    assert_eq!(page.status, 200, "{}", page.text());
    assert_eq!(page.document().faults, Vec::<String>::new());
    for words in ["Windows-1252", "gourou", "annuaire &lt;x&gt;.csv", "1 fiche ajoutée"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let document = page.document();
    let hidden = document.all("input").find(|it| it.get("name") == Some("token")).unwrap();
    let report = hidden.get("value").unwrap();
    let confirm = format!("{PAGE}/confirmer");
    let refused = scene.form(&confirm, &[("token", report)], sent(&token));
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("rien n’a été écrit"), "{}", refused.text());
    let done = scene.form(&confirm, &[("token", report), ("partial", "true")], sent(&token));
    assert_eq!(done.header("location"), "/moderation/annuaire?fait=import");
    assert!(scene.get(done.header("location"), &token).text().contains("L'Église &lt;b&gt;"));
    assert_eq!(names(&scene), ["L'Église <b>"]);
}

#[test]
fn hostile_files_are_answered_and_change_nothing() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    let head = "id,nom,métier,cp,ville\n";
    let many = format!("{head}{}", "a,b,nurse,69003,Lyon\n".repeat(3_000));
    let files: [Vec<u8>; 12] = [
        Vec::new(),
        b"\0\0\0\0".to_vec(),
        b"\xff\xfe\x00".to_vec(),
        b"PK\x03\x04 not a table".to_vec(),
        b"id,nom\n1,2\n".to_vec(),
        b"id,id,nom,cp,ville,profession\n".to_vec(),
        vec![b','; 2_000_000],
        [head.as_bytes(), b"\"", &vec![b'x'; 500_000]].concat(),
        [head.as_bytes(), &vec![b'"'; 300_001]].concat(),
        [head.as_bytes(), b"1,<script>alert(1)</script>,nurse,69003,Lyon,,,,,\n"].concat(),
        [head.as_bytes(), "1,a\u{202e}b,nurse,69003,Lyon\n".as_bytes()].concat(),
        many.into_bytes(),
    ];
    for (at, file) in files.into_iter().enumerate() {
        let answer = look(&scene, &token, file.clone());
        match answer.status {
            200 => assert!(answer.json()["rejected"].as_u64().unwrap() > 0, "{at}"),
            _ => check_problem(&answer, 422, &at.to_string()),
        }
        let page = upload(&scene, &token, "", "x.csv", &file);
        assert!([200, 422].contains(&page.status), "{at}: {}", page.status);
        assert!(!page.text().contains("<script>alert"), "{at}");
    }
    assert_eq!(names(&scene), Vec::<String>::new());
}

#[test]
fn what_is_too_large_or_no_form_is_refused_clearly() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    let large = vec![b'x'; 33 * 1_024 * 1_024];
    check_problem(&look(&scene, &token, large.clone()), 413, "too large");
    let page = upload(&scene, &token, "", "x.csv", &large);
    assert_eq!(page.status, 413);
    assert!(page.text().contains("32"), "{}", page.text());
    // Said before it is sent.
    let request = Request::builder()
        .method("POST")
        .uri(format!("/api/v1{REPORT}"))
        .header(header::CONTENT_TYPE, "text/csv")
        .header(header::CONTENT_LENGTH, "99999999999");
    check_problem(&scene.send(request, Body::empty(), sent(&token)), 413, "announced");
    let request = Request::builder()
        .method("POST")
        .uri(PAGE)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X")
        .header(header::CONTENT_LENGTH, large.len());
    let page = scene.send(request, Body::from(large.clone()), sent(&token));
    assert_eq!(page.status, 413);
    assert!(page.text().contains("32"), "{}", page.text());
    for (kind, body) in [
        ("multipart/form-data; boundary=X", "--X\r\nContent-Disposition: form-data; name=\"file\""),
        ("multipart/form-data; boundary=X", "nothing of it"),
        ("multipart/form-data", ""),
        ("text/plain", "id,nom"),
        ("application/x-www-form-urlencoded", "file=x"),
    ] {
        let request =
            Request::builder().method("POST").uri(PAGE).header(header::CONTENT_TYPE, kind);
        let answer = scene.send(request, Body::from(body), sent(&token));
        assert!([400, 415, 422].contains(&answer.status), "{kind}: {}", answer.status);
    }
    let none = upload(&scene, &token, "", "", b"");
    assert_eq!(none.status, 422);
    assert!(none.text().contains("Choisissez un fichier."), "{}", none.text());
    // Nobody who may not makes the server read a file.
    let moderator = scene.signed(Role::Moderator);
    check_problem(&look(&scene, &moderator, large.clone()), 403, "role");
    assert_eq!(upload(&scene, &moderator, "", "x.csv", b"x").status, 403);
}
