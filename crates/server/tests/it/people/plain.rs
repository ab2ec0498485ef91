//! Forms as plain HTML: a browser without scripts loses nothing.

use contract::route::Route;
use store::contributions::Decision;

use super::{ARTICLE, Scene};

fn comments() -> String {
    format!("/articles/{ARTICLE}/commentaires")
}

const GOOD: [(&str, &str); 4] = [
    ("name", "Ana"),
    ("email", "ana@example.org"),
    ("body", "Bonjour\r\nà tous"),
    ("consent", "true"),
];

/// Sends a comment and returns the path of its receipt.
fn send(scene: &Scene) -> String {
    let answer = scene.form(&comments(), &GOOD);
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let to = answer.header("location").to_owned();
    assert!(to.starts_with("/recus/") && to.ends_with("?merci"), "{to}");
    to.trim_end_matches("?merci").to_owned()
}

#[test]
fn a_comment_is_sent_followed_changed_and_erased_without_scripts() {
    let scene = Scene::new();
    let receipt = send(&scene);
    let page = scene.site.get(&format!("{receipt}?merci"));
    assert_eq!(page.status, 200);
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.document().meta("robots"), ["noindex"]);
    assert!(page.text().contains("Bonjour\nà tous"));
    let changed = scene.form(&receipt, &[("name", "Ana B."), ("body", "Autre chose")]);
    assert_eq!(changed.header("location"), format!("{receipt}?modifie"));
    let broken = scene.form(&receipt, &[("name", ""), ("body", "Un texte à garder")]);
    assert_eq!(broken.status, 422);
    assert!(broken.text().contains("Un texte à garder"));
    assert!(scene.site.get(&receipt).text().contains("Autre chose"));
    scene.decide(&scene.id("Ana B."), Decision::Reject);
    let page = scene.site.get(&receipt);
    assert!(page.text().contains("Non publié") && page.text().contains("Merci."), "the reply");
    assert_eq!(scene.form(&receipt, &[("name", "A"), ("body", "b")]).status, 409);
    let erased = scene.form(&receipt, &[("action", "effacer")]);
    assert_eq!(erased.header("location"), format!("{receipt}?efface"));
    assert_eq!(scene.site.get(&format!("{receipt}?efface")).status, 200);
    assert_eq!(scene.site.get(&receipt).status, 404);
}

#[test]
fn what_is_missing_is_said_beside_its_field_and_what_was_typed_stays() {
    let scene = Scene::new();
    let typed = [("name", "Ana"), ("email", "ana@"), ("body", "Texte <b>gardé</b>")];
    let answer = scene.form(&comments(), &typed);
    assert_eq!(answer.status, 422);
    let page = answer.document();
    let field = |id: &str| {
        page.all("input").chain(page.all("textarea")).find(|it| it.get("id") == Some(id)).unwrap()
    };
    assert_eq!(field("c-name").get("value"), Some("Ana"));
    assert_eq!(field("c-name").get("aria-invalid"), None);
    let email = field("c-email");
    assert_eq!((email.get("value"), email.get("aria-invalid")), (Some("ana@"), Some("true")));
    let error = email.get("aria-describedby").unwrap().split(' ').next().unwrap();
    assert!(page.all("p").any(|it| it.get("id") == Some(error)), "{error}");
    assert!(answer.text().contains("Texte &lt;b&gt;gardé&lt;/b&gt;</textarea>"));
    assert_eq!(field("c-consent").get("checked"), None, "never ticked beforehand");
    let summary = page.all("div").find(|it| it.get("id") == Some("erreurs")).unwrap();
    assert_eq!(summary.get("role"), Some("alert"));
    for id in ["c-email", "c-consent"] {
        let link = format!("#{id}");
        assert!(page.all("a").any(|it| it.get("href") == Some(&link)), "{id}");
    }
}

#[test]
fn an_answer_knows_whom_it_answers() {
    let scene = Scene::new();
    send(&scene);
    let parent = scene.id("Ana");
    scene.decide(&parent, Decision::Approve);
    let page = scene.site.get(&format!("{}?repondre={parent}", comments()));
    assert!(page.text().contains("sous le commentaire de Ana"));
    let hidden = page.document();
    let hidden = hidden.all("input").find(|it| it.get("name") == Some("parent"));
    assert_eq!(hidden.unwrap().get("value"), Some(parent.as_str()));
    let mut fields = GOOD.to_vec();
    fields[0].1 = "Bo";
    fields.push(("parent", parent.as_str()));
    assert_eq!(scene.form(&comments(), &fields).status, 303);
    scene.decide(&scene.id("Bo"), Decision::Approve);
    scene.decide(&parent, Decision::Erase);
    let page = scene.site.get(&comments());
    assert!(page.text().contains("Message effacé") && page.text().contains("Bo"));
    let gone = scene.form(&comments(), &fields);
    assert_eq!(gone.status, 422);
    assert!(gone.text().contains("n’est plus affiché") && !gone.text().contains("name=\"parent\""));
}

#[test]
fn a_program_that_fills_in_everything_is_thanked_and_forgotten() {
    let scene = Scene::new();
    let mut fields = GOOD.to_vec();
    fields.push(("website", "https://spam.example"));
    assert_eq!(scene.form(&comments(), &fields).status, 303);
    assert_eq!(crate::support::wait(scene.store.waiting()).unwrap().count, 0);
}

#[test]
fn one_press_says_whether_a_page_helped() {
    let scene = Scene::new();
    let article = scene.site.get(&format!("/articles/{ARTICLE}")).document();
    let yes = format!("/articles/{ARTICLE}/avis?utile=oui");
    assert!(article.all("a").any(|it| it.get("href") == Some(&yes)));
    let page = scene.site.get(&yes).document();
    let chosen = page
        .all("input")
        .find(|it| it.get("name") == Some("useful") && it.get("checked").is_some())
        .unwrap();
    assert_eq!(chosen.get("value"), Some("true"));
    let path = format!("/articles/{ARTICLE}/avis");
    assert_eq!(scene.form(&path, &[("message", "Un mot")]).status, 422);
    let sent = scene.form(&path, &[("useful", "true"), ("message", "Un mot")]);
    assert_eq!(sent.status, 303);
    let thanks = scene.site.get(sent.header("location"));
    assert!(thanks.text().contains("Merci pour votre retour"));
}

fn second_page() -> String {
    format!("{}?page=2", comments())
}

#[test]
fn long_threads_have_pages() {
    let scene = Scene::new();
    for number in 0..25 {
        scene.comment(&format!("n{number}"), "Texte");
    }
    for number in 0..24 {
        scene.decide_unheard(&scene.id(&format!("n{number}")), Decision::Approve);
    }
    let last = scene.id("n24");
    scene.decide(&last, Decision::Approve);
    let answer = scene.site.get(&format!("{}?repondre={last}", comments()));
    assert!(answer.text().contains("sous le commentaire de n24"), "whichever page it stands on");
    let packed = scene.site.get_with(&second_page(), &[("accept-encoding", "br")]);
    assert_eq!(packed.header("content-encoding"), "br");
    let second = second_page();
    let article = scene.site.get(&format!("/articles/{ARTICLE}")).document();
    assert!(article.all("a").any(|it| it.get("href") == Some(&second)));
    let count = |path: &str| {
        let page = scene.site.get(path).document();
        page.all("article").filter(|it| it.get("id").is_some_and(|it| it.starts_with("c-"))).count()
    };
    assert_eq!((count(&comments()), count(&second)), (20, 5));
    let list = scene.site.get(&format!("/api/v1/articles/{ARTICLE}/comments"));
    assert!(list.header("link").contains("page=2>; rel=\"next\""), "{}", list.header("link"));
}

#[test]
fn the_app_leaves_these_pages_to_the_browser() {
    for path in [comments(), "/recus/x".to_owned(), format!("/articles/{ARTICLE}/avis")] {
        let route = Route::parse(&path, "").unwrap();
        assert_eq!(route, Route::Document { path: path.clone() });
        assert_eq!(route.to_string(), path);
    }
}
