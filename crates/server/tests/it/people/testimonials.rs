//! Testimonials: seen by their author as everybody will see them, and gone as soon as they are taken
//! back.

use contract::testimonial::TestimonialDraft;
use serde_json::{Value, json};
use server::config::Config;
use store::contributions::Decision;

use super::Scene;
use crate::{
    feeds::xml,
    support::{SITE, Site, check_problem, fixture_content, fixture_day, real_content, wait},
};

const FORM: &str = "/temoignages/ecrire";

const GOOD: [(&str, &str); 7] = [
    ("name", "Marguerite"),
    ("title", "Six mois"),
    ("body", "Une phrase\r\nque personne\r\n\r\nn’a écrite"),
    ("treatments", "De la kinésithérapie"),
    ("ties", ""),
    ("publication", "true"),
    ("processing", "true"),
];

fn draft() -> Value {
    let draft = TestimonialDraft {
        name: "Marguerite".to_owned(),
        body: "Une phrase que personne n’a écrite".to_owned(),
        treatments: "aucun".to_owned(),
        publication: true,
        processing: true,
        ..Default::default()
    };
    serde_json::to_value(draft).unwrap()
}

/// Sends one and returns the secret of its receipt.
fn send(scene: &Scene) -> String {
    let answer = scene.json("POST", "/testimonials", &draft(), &[]);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["receipt"].as_str().unwrap().to_owned()
}

/// The frame, the words and the frame again, as they stand in a page.
fn article(html: &str) -> &str {
    let start = html.find("<article class=\"testimonial\"").expect("a testimonial");
    let end = html[start..].find("</article>").unwrap();
    &html[start..start + end]
}

/// The hidden fields of the preview.
fn hidden(html: &str) -> Vec<(String, String)> {
    let page = crate::support::html::Document::parse(html);
    let fields = page.all("input").filter(|it| it.get("type") == Some("hidden"));
    fields
        .map(|it| (it.get("name").unwrap().to_owned(), it.get("value").unwrap().to_owned()))
        .collect()
}

fn with_step<'a>(fields: &'a [(String, String)], step: &'a str) -> Vec<(&'a str, &'a str)> {
    let typed = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    typed.chain([("step", step)]).collect()
}

/// Every public answer that could show one.
fn public(scene: &Scene) -> String {
    let all = [
        "/temoignages",
        "/temoignages?page=1",
        "/temoignages.xml",
        "/api/v1/testimonials",
        "/",
        "/feed.xml",
        "/sitemap.xml",
        "/recherche?q=kin",
        "/api/v1/search?q=kin",
    ];
    all.map(|it| {
        let answer = scene.site.get(it);
        assert_eq!(answer.status, 200, "{it}");
        answer.text().to_owned()
    })
    .concat()
}

#[test]
fn what_is_published_is_the_preview_to_the_letter() {
    let scene = Scene::new();
    assert_eq!(scene.site.get(FORM).status, 200);
    let preview = scene.form(FORM, &GOOD);
    assert_eq!(preview.status, 200, "{}", preview.text());
    assert_eq!(preview.header("cache-control"), "no-store");
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 0, "nothing is kept yet");
    let typed = hidden(preview.text());
    let sent = scene.form(FORM, &with_step(&typed, "envoyer"));
    assert_eq!(sent.status, 303, "{}", sent.text());
    // The second press on the same button.
    let again = scene.form(FORM, &with_step(&typed, "envoyer"));
    assert_eq!(again.header("location"), sent.header("location"));
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 1);
    assert!(!public(&scene).contains("Marguerite"), "nobody has approved it");
    scene.decide(&scene.id("Marguerite"), Decision::Approve);
    let page = scene.site.get("/temoignages");
    assert_eq!(article(page.text()), article(preview.text()));
    let shown = article(page.text());
    assert_eq!(shown.matches("expérience individuelle").count(), 2, "{shown}");
    assert!(shown.contains("Une phrase<br>que personne</p><p>n’a écrite"), "{shown}");
    assert!(shown.contains("De la kinésithérapie") && shown.contains("Aucun lien déclaré"));
    // Above and below.
    assert_eq!(page.text().matches(">Une expérience personnelle n’est pas une preuve").count(), 2);
    assert_eq!(page.document().meta("robots"), ["noindex"], "no copy outlives a withdrawal");
    let receipt = scene.site.get(sent.header("location"));
    assert_eq!(article(receipt.text()), shown, "the author sees the same");
}

#[test]
fn going_back_from_the_preview_loses_nothing() {
    let scene = Scene::new();
    let typed = hidden(scene.form(FORM, &GOOD).text());
    let form = scene.form(FORM, &with_step(&typed, "modifier"));
    assert_eq!(form.status, 200);
    let page = form.document();
    let value = |id: &str| page.all("input").find(|it| it.get("id") == Some(id)).unwrap();
    assert_eq!(value("v-name").get("value"), Some("Marguerite"));
    assert_eq!(value("v-title").get("value"), Some("Six mois"));
    assert!(form.text().contains("n’a écrite</textarea>"));
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 0);
}

#[test]
fn what_is_missing_is_said_beside_its_field_in_either_step() {
    let scene = Scene::new();
    for step in ["", "envoyer"] {
        let typed = [("title", "<b>Gardé</b>"), ("body", "Un texte <i>gardé</i>"), ("step", step)];
        let answer = scene.form(FORM, &typed);
        assert_eq!(answer.status, 422, "{step}");
        let page = answer.document();
        for id in ["v-name", "v-treatments", "v-publication", "v-processing"] {
            let link = format!("#{id}");
            assert!(page.all("a").any(|it| it.get("href") == Some(&link)), "{step}: {id}");
            let field = page.elements.iter().find(|it| it.get("id") == Some(id)).unwrap();
            assert_eq!(field.get("aria-invalid"), Some("true"), "{step}: {id}");
            let error = field.get("aria-describedby").unwrap().split(' ').next().unwrap();
            assert!(page.all("p").any(|it| it.get("id") == Some(error)), "{step}: {error}");
        }
        let boxes = page.all("input").filter(|it| it.get("type") == Some("checkbox"));
        let boxes: Vec<_> = boxes.map(|it| it.get("checked")).collect();
        assert_eq!(boxes, [None, None], "two consents, neither given beforehand");
        assert!(answer.text().contains("Un texte &lt;i&gt;gardé&lt;/i&gt;</textarea>"));
        assert!(answer.text().contains("value=\"&lt;b&gt;Gardé&lt;/b&gt;\""));
    }
    for alone in ["publication", "processing"] {
        let mut one = draft();
        one[alone] = json!(false);
        let answer = scene.json("POST", "/testimonials", &one, &[]);
        assert_eq!(answer.status, 422);
        assert_eq!(answer.json()["errors"][0]["field"], alone);
    }
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 0);
}

#[test]
fn one_press_takes_it_back_from_page_feed_and_endpoint() {
    let scene = Scene::new();
    let secret = send(&scene);
    let id = scene.id("Marguerite");
    scene.decide(&id, Decision::Approve);
    for path in ["/temoignages", "/temoignages.xml", "/api/v1/testimonials"] {
        let before = scene.site.get(path);
        assert!(before.text().contains("Marguerite"), "{path}");
        assert!(!before.text().contains(&secret), "{path}");
    }
    let tag = scene.site.get("/temoignages.xml").header("etag").to_owned();
    let receipt = format!("/recus/{secret}");
    let page = scene.site.get(&receipt);
    assert!(page.text().contains("Publié.") && page.text().contains(&format!("#v-{id}")));
    assert!(page.text().contains("Retirer mon témoignage"));
    assert!(!page.text().contains("<details class=\"receipt__erase\""), "one press, not two");
    assert_eq!(scene.form(&receipt, &[("action", "effacer")]).status, 303);
    let all = public(&scene);
    assert!(!all.contains("Marguerite") && !all.contains("Une phrase que personne"));
    let feed = scene.site.get_with("/temoignages.xml", &[("if-none-match", &tag)]);
    assert_eq!(feed.status, 200, "who kept the feed learns that it changed");
    assert_eq!(scene.site.get(&receipt).status, 404);
}

#[test]
fn the_search_finds_what_is_shown_after_the_pages_and_nothing_else() {
    let scene = Scene::new();
    let asked = "/api/v1/search?q=personne";
    let pages = scene.site.get(asked).json()["total"].as_u64().unwrap();
    let secret = send(&scene);
    assert_eq!(scene.site.get(asked).json()["total"], pages, "nobody has approved it");
    let id = scene.id("Marguerite");
    scene.decide(&id, Decision::Approve);
    let found = scene.site.get(asked).json();
    assert_eq!(found["total"], pages + 1);
    let last = found["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["kind"], "testimonial", "evidence first: {found}");
    assert_eq!(last["href"], format!("/temoignages?temoignage={id}#v-{id}"));
    assert_eq!(last["title"], "Témoignage de Marguerite");
    assert!(last["excerpt_html"].as_str().unwrap().contains("<mark>personne</mark>"), "{last}");
    assert_eq!(scene.site.get(&format!("{asked}&kind=testimonial")).json()["total"], 1);
    assert_eq!(scene.site.get(&format!("{asked}&kind=glossary&kind=glossary")).status, 400);
    let page = scene.site.get("/recherche?q=personne");
    assert!(page.text().contains(locale::text().hit_testimonial()), "it says what it is");
    assert_eq!(scene.form(&format!("/recus/{secret}"), &[("action", "effacer")]).status, 303);
    assert_eq!(scene.site.get(asked).json()["total"], pages, "gone at once");
}

#[test]
fn the_search_leads_to_the_page_of_the_list() {
    let scene = Scene::new();
    for number in 0..11 {
        let mut one = draft();
        one["name"] = json!(format!("n{number}"));
        one["body"] = json!(if number == 0 { "Un zygote." } else { "Autre chose." });
        assert_eq!(scene.json("POST", "/testimonials", &one, &[]).status, 201);
    }
    for number in 0..11 {
        scene.decide_unheard(&scene.id(&format!("n{number}")), Decision::Approve);
    }
    let shown = scene.site.get("/temoignages?page=2");
    let start = std::time::Instant::now();
    let found = loop {
        let found = scene.site.get("/api/v1/search?q=zygote&kind=testimonial").json();
        if found["total"] == 1 {
            break found;
        }
        assert!(start.elapsed().as_secs() < 60, "it is never found: {found}");
    };
    let href = found["items"][0]["href"].as_str().unwrap();
    let (address, place) = href.split_once('#').unwrap();
    let one = scene.site.get(address);
    let here = format!("id=\"{place}\"");
    assert!(one.status == 200 && one.text().contains(&here), "{href}");
    assert!(one.text().contains("aria-current=\"page\""), "it is a page among others");
    assert!(shown.text().contains(&here), "the last one: {href}");
    assert!(!scene.site.get("/temoignages").text().contains(&here), "not on the first page");
    let id = contract::slug::Slug::try_from(place.strip_prefix("v-").unwrap()).unwrap();
    scene.decide(&id, Decision::Reject);
    for gone in [address, "/temoignages?temoignage=nobody", "/temoignages?temoignage=%20"] {
        let page = scene.site.get(gone);
        assert_eq!(page.status, 404, "{gone}");
        assert!(page.text().contains(locale::text().testimonial_missed()), "{gone}");
    }
}

#[test]
fn one_that_has_expired_is_shown_to_nobody() {
    let scene = Scene::new();
    let secret = send(&scene);
    scene.decide(&scene.id("Marguerite"), Decision::Approve);
    assert!(scene.site.get("/temoignages").text().contains("Marguerite"));
    let shown = scene.site.get("/api/v1/testimonials").json();
    let it = &shown["items"][0];
    let day = |name: &str| it[name].as_str().unwrap().parse::<contract::date::Date>().unwrap();
    let days = day("shown_until").days_since_epoch() - day("written_on").days_since_epoch();
    assert_eq!(days, 365);
    // A year later, as the task of any server does it.
    let later = server::clock::now_ms() + 367 * 86_400_000;
    assert_eq!(wait(scene.store.erase_expired(later)).unwrap(), 1);
    let all = public(&scene);
    assert!(!all.contains("Marguerite"));
    assert_eq!(scene.site.get(&format!("/recus/{secret}")).status, 404);
}

#[test]
fn it_waits_a_year_or_as_long_as_the_site_says() {
    let scene = Scene::with("[testimonials]\nshown_for_days = 2");
    send(&scene);
    let it = wait(scene.store.contribution(&scene.id("Marguerite"))).unwrap().unwrap();
    let left = it.expires_ms.unwrap() - it.created_ms;
    assert!((2 * 86_400_000..=3 * 86_400_000).contains(&left), "{left}");
    assert_eq!(it.expires_ms.unwrap() % 86_400_000, 0, "to the end of a day");
    let consent = it.consent.unwrap();
    assert!(consent.starts_with("publication 1 ") && consent.contains("; processing 1 "));
    assert_eq!(it.consented_ms, Some(it.created_ms));
    assert_eq!(it.page.as_str(), "temoignages", "attached to nobody");
}

#[test]
fn nothing_that_is_typed_becomes_markup() {
    let scene = Scene::new();
    let hostile =
        "</p><script>alert(1)</script>\"><img src=x onerror=alert(1)> https://a.example/x";
    let typed = [
        ("name", &hostile[..58]),
        ("title", hostile),
        ("body", hostile),
        ("treatments", hostile),
        ("ties", hostile),
        ("publication", "true"),
        ("processing", "true"),
    ];
    let preview = scene.form(FORM, &typed);
    assert_eq!(preview.status, 200);
    let fields = hidden(preview.text());
    let body = fields.iter().find(|it| it.0 == "body").unwrap();
    assert_eq!(body.1, hostile, "what was typed is sent, whatever it is");
    let sent = scene.form(FORM, &with_step(&fields, "envoyer"));
    scene.decide(&scene.id(&hostile[..58]), Decision::Approve);
    for address in ["/temoignages", "/temoignages.xml", sent.header("location")] {
        let answer = scene.site.get(address);
        assert_eq!(answer.status, 200, "{address}");
        assert!(!answer.text().contains("<script>alert"), "{address}");
        assert!(!answer.text().contains("<img src=x"), "{address}");
        assert!(!answer.text().contains("href=\"https://a.example"), "{address}: no link");
    }
    assert!(!preview.text().contains("<script>alert") && !preview.text().contains("<img src=x"));
    assert_eq!(xml(scene.site.get("/temoignages.xml").text()).children.len(), 1);
}

#[test]
fn pages_of_other_sites_send_none_and_programs_are_forgotten() {
    let scene = Scene::new();
    let foreign = [("sec-fetch-site", "cross-site")];
    check_problem(&scene.json("POST", "/testimonials", &draft(), &foreign), 403, "foreign");
    let mut fields = GOOD.to_vec();
    fields.extend([("website", "https://spam.example"), ("step", "envoyer")]);
    assert_eq!(scene.form(FORM, &fields).status, 303);
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 0);
}

#[test]
fn the_list_has_pages_the_newest_first() {
    let scene = Scene::new();
    for number in 0..12 {
        let mut one = draft();
        one["name"] = json!(format!("n{number}"));
        assert_eq!(scene.json("POST", "/testimonials", &one, &[]).status, 201);
    }
    for number in 0..12 {
        scene.decide_unheard(&scene.id(&format!("n{number}")), Decision::Approve);
    }
    let list = scene.site.get("/api/v1/testimonials");
    let (json, link) = (list.json(), list.header("link"));
    assert_eq!((&json["total"], json["items"].as_array().unwrap().len()), (&json!(12), 10));
    assert!(link.contains("page=2>; rel=\"next\""), "{link}");
    let second = scene.site.get("/temoignages?page=2");
    assert_eq!(second.text().matches("<article class=\"testimonial\"").count(), 2);
    assert_eq!(scene.site.get("/api/v1/testimonials?page=0").status, 400);
}

#[test]
fn what_is_off_is_nowhere() {
    let text = SITE.replace("testimonials = true, ", "");
    let config = Config::parse(&text, std::path::Path::new("site.toml"), None).unwrap();
    let off = Site::new(config, &fixture_content(), fixture_day());
    for path in ["/temoignages", FORM, "/temoignages.xml", "/api/v1/testimonials"] {
        assert_eq!(off.get(path).status, 404, "{path}");
    }
    for path in ["/", "/articles/exemple-02", "/carte"] {
        assert!(!off.get(path).text().contains("temoignages"), "{path}");
    }
}

#[test]
fn the_page_on_reading_one_is_named_where_it_is() {
    let config = Config::parse(SITE, std::path::Path::new("site.toml"), None).unwrap();
    let with = Site::new(config.clone(), &fixture_content(), fixture_day());
    let link = "href=\"/articles/lire-un-temoignage\"";
    assert!(!with.get("/temoignages").text().contains(link), "these fixtures have none");
    let mut config = config;
    config.site.features.professionals = false;
    config.facts.features.professionals = false;
    let with = Site::new(config, &real_content(), "2026-11-22".parse().unwrap());
    assert!(with.get("/temoignages").text().contains(link));
}
