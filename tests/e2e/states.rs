//! axe-core on what is only seen when something has happened: a notice, a refusal, a decision. Light and
//! dark, wide and narrow. With scripts, since axe is one; the documents are the same without.

use serde_json::{Value, json};
use thirtyfour::By;

use crate::{
    accessibility::{assert_none, colour_faults, faults},
    desk::PASSWORD,
    notices::put,
    people::HEADING,
    sending::{all_forms, begin},
    support::{Browser, Folder, Scripts, Server, fixture_content, http, site_file},
};

const ARTICLE: &str = "/articles/exemple-02";

/// What axe finds on the page as it stands: in the light, in the dark, and on a phone, where nothing may
/// stand out of the page either.
async fn look(browser: &Browser, place: &str, all: &mut Vec<String>) {
    all.extend(faults(browser, place).await);
    browser.prefer("dark").await;
    all.extend(colour_faults(browser, &format!("{place}, dark")).await);
    browser.resize(390, 844).await;
    all.extend(faults(browser, &format!("{place}, dark, on a phone")).await);
    let over = browser.number("document.documentElement.scrollWidth - innerWidth").await;
    if 0.0 < over {
        all.push(format!("{place}: {over} px wider than a phone"));
    }
    browser.prefer("light").await;
    browser.resize(1280, 900).await;
}

fn site(more: &[&str], change: impl Fn(String) -> String) -> Server {
    let folder = Folder::new();
    let site = folder.write("site.toml", &change(site_file()));
    let content = fixture_content();
    let server = Server::start(&[&["--content", &content, "--site", &site], more].concat());
    drop(folder);
    server.add_account("Zoé", PASSWORD, "admin");
    server
}

/// Sends a comment from an address of its own, and returns its receipt.
fn comment(server: &Server, sender: usize, it: &Value) -> String {
    let path = format!("/api/v1{ARTICLE}/comments");
    let sender = format!("10.0.0.{sender}");
    let answer = http::post_json_from(&sender, &server.origin, &path, &it.to_string());
    let created: Value = serde_json::from_str(&answer.text()).unwrap();
    created["receipt"].as_str().unwrap().to_owned()
}

fn written(name: &str, body: &str) -> Value {
    json!({ "name": name, "body": body, "consent": true })
}

/// Decides as the desk's own page does: on one named comment, or on all that wait.
async fn decide(browser: &Browser, verdict: &str, name: &str) {
    let decide = "
        const [verdict, name, done] = arguments;
        (async () => {
            const ask = async (path, body) => (await fetch(`/api/v1/moderation${path}`, body && {
                method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' },
            })).json();
            let found = 0;
            for (const state of ['pending', 'approved']) {
                for (;;) {
                    const { items } = await ask(`?state=${state}&q=${encodeURIComponent(name)}`);
                    const meant = items.filter((it) => name ? it.name === name : state === 'pending');
                    for (const { id, seen } of meant) {
                        await ask('/decisions', { verdict, items: [{ id, seen }], reply: 'Merci, mais non.' });
                        found += 1;
                    }
                    if (!meant.length || name) break;
                }
                if (found && name) break;
            }
            return found ? '' : `nobody to decide on: ${verdict} ${name}`;
        })().then(done, (error) => done(String(error)));";
    let failed = browser.execute_async(decide, vec![json!(verdict), json!(name)]).await.unwrap();
    assert_eq!(failed.json(), &json!(""));
}

async fn enter(browser: &Browser, server: &Server) {
    crate::sitting::enter_at(browser, server, "/moderation").await;
    browser.until("document.querySelector('main h1')").await;
}

/// Sends a form as a browser without scripts does.
async fn send_plainly(browser: &Browser, form: &str) {
    // What the page holds after it is another document.
    browser
        .run("window.old = true; document.querySelector(arguments[0]).submit();", vec![json!(form)])
        .await;
    browser.until("!window.old && document.readyState === 'complete' && document.querySelector('main h1')").await;
}

#[tokio::test]
async fn notices_are_free_of_violations_on_every_form() {
    let (server, forms) = all_forms();
    let browser = Browser::start(Scripts::On).await;
    let mut all = Vec::new();
    for form in &forms {
        begin(&browser, &server.address(&form.path), form).await;
        put(&browser, form.guarded, "Je veux mourir. J’arrête mon traitement, 06 39 98 00 17")
            .await;
        browser
            .until(&format!("document.querySelector('{} ~ [data-notices] a')", form.guarded))
            .await;
        look(&browser, &format!("{} with notices", form.path), &mut all).await;
        browser.run("document.querySelector('[data-draft-forget]').click()", vec![]).await;
    }
    assert_none(&all);
}

#[tokio::test]
async fn what_is_given_back_is_free_of_violations() {
    let server = site(&[], |it| it);
    let browser = Browser::start(Scripts::On).await;
    let mut all = Vec::new();
    let fill = async |fields: Value| {
        let fill = "for (const [css, value] of arguments[0]) {
            const it = document.querySelector(css);
            if (it.type === 'checkbox') it.checked = true; else it.value = value;
        }";
        browser.run(fill, vec![fields]).await;
    };
    let article = server.address(&format!("{ARTICLE}/commentaires"));
    let typed = json!([
        ["#c-name", "Zoé"],
        ["#c-email", "zoe@exemple.example"],
        ["#c-body", "Un texte à garder"],
        ["#c-consent", ""]
    ]);
    // Gone meanwhile.
    browser.open(&article).await;
    fill(typed.clone()).await;
    let elsewhere = "document.querySelector('#ecrire').action = '/articles/partie/commentaires', 1";
    browser.eval(elsewhere).await;
    send_plainly(&browser, "#ecrire").await;
    let kept = "[...document.querySelectorAll('main form [name]:not([type=hidden])')]\
        .map((it) => it.value).join('|')";
    assert_eq!(browser.text(kept).await, "Zoé|zoe@exemple.example|Un texte à garder", "404");
    look(&browser, "gone meanwhile, given back", &mut all).await;
    // One of many from here.
    for number in 0..11 {
        browser.goto(&article).await.unwrap();
        let body = format!("Un texte {number}");
        fill(json!([
            ["#c-name", "Zoé"],
            ["#c-email", "zoe@exemple.example"],
            ["#c-body", body],
            ["#c-consent", ""]
        ]))
        .await;
        // As if it had been drawn long ago.
        browser.eval("document.querySelector('#ecrire [name=drawn]')?.remove(), 1").await;
        send_plainly(&browser, "#ecrire").await;
    }
    assert_eq!(browser.text(kept).await, "Zoé|zoe@exemple.example|Un texte 10", "429");
    assert!(browser.words().await.contains("Réessayez dans quelques minutes"));
    look(&browser, "too many, given back", &mut all).await;
    // Closed meanwhile: the form was drawn by a site that still took comments.
    let closed = site(&[], |it| it.replace("close_after_days = 0", "close_after_days = 1"));
    browser.open(&closed.address(ARTICLE)).await;
    look(&browser, "an article whose comments are closed", &mut all).await;
    browser.open(&closed.address(&format!("{ARTICLE}/commentaires"))).await;
    look(&browser, "closed comments", &mut all).await;
    let form = "document.querySelector('main').insertAdjacentHTML('beforeend',
        `<form id='late' method='post'><input name='name' value='Zoé'><textarea name='body'>Trop tard</textarea>\
        <input name='consent' value='true'></form>`)";
    browser.run(form, vec![]).await;
    send_plainly(&browser, "#late").await;
    assert_eq!(browser.text(kept).await, "Zoé|Trop tard", "409");
    look(&browser, "closed meanwhile, given back", &mut all).await;
    assert_none(&all);
}

#[tokio::test]
async fn threads_and_receipts_are_free_of_violations_whatever_was_decided() {
    let server = site(&["--behind-proxy"], |it| it);
    let browser = Browser::start(Scripts::On).await;
    let mut all = Vec::new();
    enter(&browser, &server).await;
    for number in 0..22 {
        comment(&server, number, &written(&format!("L{number}"), "Merci.\n\nhttps://a.example/x"));
    }
    decide(&browser, "approve", "").await;
    let list = http::get(&server.origin, &format!("/api/v1{ARTICLE}/comments")).text();
    let list: Value = serde_json::from_str(&list).unwrap();
    let (name, id) = (&list["items"][0]["name"], &list["items"][0]["id"]);
    let mut answer = written("Réponse", "À mon avis, oui.");
    answer["parent"] = id.clone();
    comment(&server, 30, &answer);
    decide(&browser, "institute", "Réponse").await;
    decide(&browser, "erase", name.as_str().unwrap()).await;
    browser.open(&server.address(&format!("{ARTICLE}/commentaires"))).await;
    assert!(browser.words().await.contains("Message effacé"));
    look(&browser, "a thread whose first is erased", &mut all).await;
    browser.open(&server.address(&format!("{ARTICLE}/commentaires?page=2"))).await;
    assert!(browser.truth("document.querySelector('.comment')").await);
    look(&browser, "the second page of comments", &mut all).await;

    let passage = "Merci. Appelez-moi au 06 39 98 00 17.";
    for (at, verdict) in ["reject", "hold", "mask", ""].into_iter().enumerate() {
        let name = format!("Auteur {at}");
        let receipt = comment(&server, 40 + at, &written(&name, passage));
        if !verdict.is_empty() {
            browser.goto(server.address("/moderation")).await.unwrap();
            decide(&browser, verdict, &name).await;
        }
        let receipt = server.address(&format!("/recus/{receipt}"));
        browser.open(&receipt).await;
        let words = browser.words().await;
        let told = [("reject", "Merci, mais non."), ("mask", "un numéro de téléphone")];
        for (_, told) in told.iter().filter(|it| it.0 == verdict) {
            assert!(words.contains(told), "{verdict}: {words}");
        }
        look(&browser, &format!("a receipt after {verdict:?}"), &mut all).await;
        if verdict.is_empty() {
            let change = "document.querySelector('#c-name').value = '';
                document.querySelector('#c-email').value = 'sans arobase';";
            browser.run(change, vec![]).await;
            send_plainly(&browser, "form:has(#c-body)").await;
            assert!(browser.truth("document.querySelector('#erreurs a')").await);
            look(&browser, "a receipt with mistakes", &mut all).await;
        }
    }
    assert_none(&all);
}

#[tokio::test]
async fn a_report_of_an_entry_is_free_of_violations_from_form_to_receipt() {
    let (server, forms) = all_forms();
    let form = forms.iter().find(|it| it.path.ends_with("/signaler")).unwrap();
    let browser = Browser::at(&server.address(&form.path), Scripts::On).await;
    let mut all = Vec::new();
    look(&browser, "the form of a report", &mut all).await;
    browser.run("document.querySelector('#m-email').value = 'sans arobase';", vec![]).await;
    send_plainly(&browser, "#ecrire").await;
    assert!(browser.truth("document.querySelector('#erreurs a')").await);
    look(&browser, "a report with mistakes", &mut all).await;
    browser
        .run(
            "document.querySelector('#m-email').value = '';
        document.querySelector('#m-body').value = 'Le numéro a changé.';",
            vec![],
        )
        .await;
    send_plainly(&browser, "#ecrire").await;
    assert_eq!(browser.text(HEADING).await, "Votre message");
    look(&browser, "the receipt of a report", &mut all).await;
    assert_none(&all);
}

#[tokio::test]
async fn the_desk_is_free_of_violations_in_all_its_states() {
    let server = site(&["--behind-proxy", "--sample", "20"], |it| it);
    let browser = Browser::start(Scripts::On).await;
    let mut all = Vec::new();
    browser.goto(server.address("/moderation")).await.unwrap();
    browser.until("document.querySelector('[name=password]')").await;
    look(&browser, "the door", &mut all).await;
    let sign_in = "document.querySelector('[name=name]').value = 'Zoé';
        document.querySelector('[name=password]').value = 'un autre mot de passe';";
    browser.run(sign_in, vec![]).await;
    send_plainly(&browser, "form.door").await;
    assert!(browser.truth("document.querySelector('.door [role=alert]')").await);
    look(&browser, "the door that stays shut", &mut all).await;

    for number in 0..4 {
        let body = "Je veux mourir. J’arrête mon traitement, appelez le 06 39 98 00 17.";
        comment(&server, number, &written(&format!("L{number}"), body));
    }
    enter(&browser, &server).await;
    assert!(browser.truth("document.querySelector('blockquote mark')").await);
    look(&browser, "a case with marks", &mut all).await;
    browser
        .run(
            "document.querySelector('.decide__reply').open = true;
        document.querySelector('.decide__erase').open = true;",
            vec![],
        )
        .await;
    look(&browser, "replies and erasing open", &mut all).await;
    browser.press("?").await;
    browser.until("document.querySelector('[data-keys-help]').open").await;
    look(&browser, "the keys' help", &mut all).await;
    browser.run("document.querySelector('[data-keys-help]').close();", vec![]).await;
    for verdict in ["approve", "mask", "reject"] {
        browser
            .run(
                "window.old = true; document.querySelector(arguments[0]).click();",
                vec![json!(format!("#decision button[value={verdict}]"))],
            )
            .await;
        browser.until("!window.old && document.querySelector('.told button')").await;
        look(&browser, &format!("after {verdict}, which can be taken back"), &mut all).await;
    }
    for state in ["approved", "rejected"] {
        browser.goto(server.address(&format!("/moderation?state={state}"))).await.unwrap();
        browser.until("document.querySelector('#t-cas')").await;
        look(&browser, &format!("the shelf {state}"), &mut all).await;
    }
    browser.goto(server.address("/moderation?q=rien-de-tel")).await.unwrap();
    browser.until("document.querySelector('.queue__none')").await;
    look(&browser, "nothing found", &mut all).await;
    assert_none(&all);
}

/// A file is looked at, what is wrong with it is told, and what is right of it is imported.
#[tokio::test]
async fn a_file_is_imported_as_its_report_said() {
    let folder = Folder::new();
    let site = folder.write("site.toml", &site_file());
    let content = fixture_content();
    let server = Server::start(&["--content", &content, "--site", &site, "--sample", "3"]);
    server.add_account("Zoé", PASSWORD, "directory-manager");
    let file = folder.write(
        "annuaire.csv",
        "id;nom;métier;cp;ville;tel\n\
         a-1;Cabinet d’exemple;nurse;69003;Lyon;01 99 00 12 34\n\
         a-2;Deuxième exemple;nurse;75011;Paris;dring\n\
         a-3;Troisième exemple;astrologue;75011;Paris;\n",
    );
    let browser = Browser::start(Scripts::On).await;
    crate::sitting::enter_at(&browser, &server, "/moderation/annuaire/import").await;
    let mut all = Vec::new();
    let choose = async |browser: &Browser, file: &str| {
        browser.find(By::Css("#i-file")).await.unwrap().send_keys(file).await.unwrap();
        browser.click("form[enctype] button[type=submit]").await;
    };
    // What is no table is said on the same page.
    let broken = folder.write("vide.csv", "");
    choose(&browser, &broken).await;
    browser.until("document.querySelector('main [role=alert]')").await;
    look(&browser, "a file that is none", &mut all).await;

    choose(&browser, &file).await;
    browser.until("document.querySelector('#t-remarques')").await;
    let words = browser.words().await;
    for told in ["3 lignes lues", "1 refusée", "dring", "astrologue", "2 fiches ajoutées"] {
        assert!(words.contains(told), "{told}: {words}");
    }
    look(&browser, "the report of a file", &mut all).await;
    assert_eq!(http::get(&server.origin, "/praticiens/a-1").status, 404, "only looked at");
    // Not all of it can be taken: without saying so, nothing is.
    browser.click("form[action$=confirmer] button").await;
    browser.until("document.querySelector('main [role=alert]')").await;
    assert_eq!(
        http::get(&server.origin, "/praticiens/a-1").status,
        404,
        "all or what was agreed to"
    );
    look(&browser, "an import that was not agreed to", &mut all).await;
    if !browser.truth("document.querySelector('#i-partial')").await {
        choose(&browser, &file).await;
        browser.until("document.querySelector('#i-partial')").await;
    }
    browser.click("#i-partial").await;
    browser.click("form[action$=confirmer] button").await;
    browser.until("document.querySelector('.told')").await;
    look(&browser, "the directory after an import", &mut all).await;
    let start = std::time::Instant::now();
    while !http::get(&server.origin, "/praticiens/a-1").text().contains("01 99 00 12 34") {
        assert!(start.elapsed().as_secs() < 20, "everybody sees it");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(http::get(&server.origin, "/praticiens/a-3").status, 404);
    // What it did to one entry is told with the entry.
    browser.goto(server.address("/moderation/annuaire/a-1")).await.unwrap();
    browser.until("document.querySelector('form.form [name=phone]')").await;
    look(&browser, "an entry that came by a file", &mut all).await;
    assert_none(&all);
}
