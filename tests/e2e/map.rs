//! The map beside the list: one state, by keyboard, mouse and finger, and kept in the address.
//!
//! Without scripts there is no map; `directory` makes the same journeys on the list alone.

use std::sync::OnceLock;

use serde_json::json;
use thirtyfour::Key;

use crate::support::{Browser, Scripts, Server, repository};

const COUNT: &str = "document.querySelector('#t-list').textContent";
const FOCUS: &str = "document.activeElement";
/// At one address; the most that one fan shows.
const TOGETHER: usize = 50;

/// One doctor in Lyon, and a house in Brest with fifty practices.
fn table() -> String {
    let mut csv = "id,nom,métier,rue,cp,ville,latitude,longitude,téléphone\n\
        lyon,Cabinet du Parc,médecin généraliste,1 rue du Parc,69006,Lyon,45.7701,4.8502,04 99 61 00 01\n"
        .to_owned();
    for number in 1..=TOGETHER {
        csv.push_str(&format!(
            "brest-{number},Cabinet {number},cardiologue,2 rue de Siam,29200,Brest,48.3885,-4.4885,\n"
        ));
    }
    csv
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::with_practitioners(&table(), None))
}

/// A browser on a wide page with its map drawn.
async fn with_map(server: &Server, path: &str) -> Browser {
    let browser = Browser::at(&server.address(path), Scripts::On).await;
    browser.until("document.querySelector('.marker')").await;
    browser
}

/// Presses Tab until the focus is on what matches, at most so often.
async fn tab_to(browser: &Browser, css: &str, most: usize) {
    for _ in 0..most {
        if browser.truth(&format!("{FOCUS}.matches({})", json!(css))).await {
            return;
        }
        browser.key(Key::Tab).await;
    }
    panic!("{css} has no focus, {} has", browser.text(&format!("{FOCUS}.outerHTML")).await);
}

#[tokio::test]
async fn by_keyboard_alone_from_a_town_to_a_telephone() {
    let browser = Browser::at(&server().address("/carte"), Scripts::On).await;
    browser.run("document.querySelector('#town').focus();", Vec::new()).await;
    browser.type_text("lyo").await;
    browser.until("document.querySelector('#town').ariaExpanded === 'true'").await;
    browser.key(Key::Down).await;
    let active = "document.getElementById(document.querySelector('#town')
        .getAttribute('aria-activedescendant'))";
    browser.until(&format!("{active}?.ariaSelected === 'true'")).await;
    assert!(browser.text(&format!("{active}.textContent")).await.contains("Lyon"));
    browser.key(Key::Enter).await;
    browser.until(&format!("{COUNT}.includes('autour de Lyon')")).await;
    tab_to(&browser, ".place__link", 30).await;
    tab_to(&browser, "a[href='tel:0499610001']", 3).await;
    assert!(browser.truth(&format!("{FOCUS}.closest('.place').innerText.includes('Parc')")).await);
}

#[tokio::test]
async fn a_cluster_is_parted_by_keyboard_and_its_people_are_reached() {
    let browser = with_map(server(), "/carte").await;
    let cluster = ".marker--cluster";
    let name = browser.text(&format!("document.querySelector('{cluster}').ariaLabel")).await;
    assert!(name.starts_with("50\u{a0}praticiens") || name.starts_with("50 praticiens"), "{name}");
    browser.run("document.querySelector('[data-ground]').focus();", Vec::new()).await;
    tab_to(&browser, cluster, 10).await;
    // All fifty at once, however near: they are spread, and each is a button.
    browser.key(Key::Enter).await;
    browser.until("document.querySelectorAll('.marker--spread').length === 50").await;
    let announced = "document.getElementById('annonce').textContent";
    browser.until(&format!("{announced}.includes('50') && {announced}.includes('Échap')")).await;
    let apart = browser
        .number(
            "(() => {
                const at = [...document.querySelectorAll('.marker--spread')].map((it) => {
                    const { x, y, width, height } = it.getBoundingClientRect();
                    return [x + width / 2, y + height / 2];
                });
                return Math.min(...at.flatMap(([x, y], i) =>
                    at.slice(i + 1).map(([u, v]) => Math.hypot(u - x, v - y))));
            })()",
        )
        .await;
    assert!(24.0 <= apart, "the nearest two are {apart} px apart");
    for _ in 1..TOGETHER {
        assert!(browser.truth(&format!("{FOCUS}.matches('.marker--spread')")).await);
        browser.key(Key::Tab).await;
    }
    browser.key(Key::Enter).await;
    browser.until("document.querySelector('.bubble:focus')").await;
    assert!(browser.truth("location.search.includes('practitioner=')").await);
    browser.key(Key::Escape).await;
    browser.until("!document.querySelector('.bubble')").await;
    browser.key(Key::Escape).await;
    browser.until("!document.querySelector('.marker--spread')").await;
    assert!(browser.truth(&format!("{FOCUS}.matches('{cluster}')")).await, "back where it was");
}

#[tokio::test]
async fn a_press_in_either_is_seen_in_both() {
    let browser = with_map(Server::fixture(), "/carte?town=Lyon").await;
    browser.until("document.querySelector('.marker--single')").await;
    browser.click(".place__locate").await;
    let chosen = "document.querySelector('.place--chosen').dataset.practitioner";
    browser.until("document.querySelector('.marker--chosen')").await;
    let first = browser.text(chosen).await;
    browser.until("document.querySelector('.bubble')").await;
    assert!(browser.truth(&format!("location.search.includes('practitioner={first}')")).await);
    // Another one, on the map this time, by a name that the list knows.
    browser.key(Key::Escape).await;
    let other = "[...document.querySelectorAll('.marker--single[aria-pressed=false]')]
        .find((it) => it.querySelector('.marker__number').textContent)";
    browser.run(&format!("({other}).focus();"), Vec::new()).await;
    let number = format!("({FOCUS}).querySelector('.marker__number').textContent");
    let number = browser.text(&number).await;
    browser.key(Key::Enter).await;
    browser
        .until_is("document.querySelector('.place--chosen .place__num').textContent", &number)
        .await;
    assert_ne!(browser.text(chosen).await, first);
}

#[tokio::test]
async fn a_moved_map_asks_for_those_it_shows_and_filters_are_steps_back() {
    let browser = with_map(Server::fixture(), "/carte?town=Lyon").await;
    browser.mark().await;
    let before = browser.text(COUNT).await;
    browser.click("[data-atlas=out]").await;
    browser.until("location.search.includes('bbox=')").await;
    browser.until(&format!("{COUNT}.includes('dans la zone affichée')")).await;
    assert_ne!(browser.text(COUNT).await, before);
    // A filter is a step: Back undoes it, and the map stays where it is.
    let place = browser.text("new URLSearchParams(location.search).get('bbox')").await;
    let all = browser.text(COUNT).await;
    browser.click(".filters__summary").await;
    browser.click("[name=remote]").await;
    browser.until("location.search.includes('remote=1')").await;
    browser.until(&format!("{COUNT} !== {}", json!(all))).await;
    browser.back().await.unwrap();
    browser.until_is(COUNT, &all).await;
    assert!(!browser.truth("document.querySelector('[name=remote]').checked").await);
    assert_eq!(browser.text("new URLSearchParams(location.search).get('bbox')").await, place);
    assert!(browser.marked().await, "the page was never loaded again");
    // The address is the whole state: opened anew, it shows the same.
    let address = browser.text("location.href").await;
    browser.open(&address).await;
    browser.until_is(COUNT, &all).await;
}

/// Grants or refuses the location, which then is somewhere in Villeurbanne.
async fn locate(browser: &Browser, setting: &str) {
    let origin = browser.text("location.origin").await;
    let permission = json!({
        "permission": { "name": "geolocation" }, "setting": setting, "origin": origin,
    });
    browser.devtools("Browser.setPermission", permission).await;
    let place = json!({ "latitude": 45.771_944_4, "longitude": 4.890_171_1, "accuracy": 10 });
    browser.devtools("Emulation.setGeolocationOverride", place).await;
}

#[tokio::test]
async fn a_location_is_asked_for_by_a_press_and_rounded_before_it_is_sent() {
    let browser = Browser::at(&Server::fixture().address("/carte"), Scripts::On).await;
    locate(&browser, "granted").await;
    assert!(!browser.truth("location.search.includes('near')").await, "nothing before the press");
    browser.click("[data-atlas=near]").await;
    browser.until(&format!("{COUNT}.includes('autour de vous')")).await;
    let sent = "performance.getEntriesByType('resource').map((it) => it.name)
        .filter((it) => it.includes('near=')).map((it) => new URL(it).searchParams.get('near'))";
    browser.until(&format!("({sent}).length")).await;
    let sent = browser.eval(sent).await;
    for near in sent.as_array().unwrap() {
        assert_eq!(near, "45.77,4.89", "about a kilometre");
    }
}

#[tokio::test]
async fn a_refused_location_is_no_dead_end() {
    let browser = Browser::at(&Server::fixture().address("/carte"), Scripts::On).await;
    locate(&browser, "denied").await;
    browser.click("[data-atlas=near]").await;
    let note = "document.querySelector('[data-near-note]').textContent";
    browser.until(&format!("{note}.includes('Position refusée')")).await;
    browser.click("#town").await;
    browser.type_text("69001").await;
    browser.key(Key::Enter).await;
    browser.until(&format!("{COUNT}.includes('autour de Lyon')")).await;
    assert_eq!(browser.text(note).await, "");
}

#[tokio::test]
async fn on_a_phone_the_map_is_a_dialog_that_one_thumb_opens_and_closes() {
    let browser = Browser::start(Scripts::On).await;
    browser.resize(390, 844).await;
    browser.open(&Server::fixture().address("/carte?town=Marseille")).await;
    assert!(!browser.truth("document.querySelector('.leaflet-container')").await, "not asked for");
    assert!(!browser.truth("window.L").await, "nor loaded");
    browser.click("[data-atlas=open]").await;
    browser.until("document.querySelector('#carte[role=dialog] .marker')").await;
    let outside = "document.querySelector('main h1').closest('[inert]')
        && document.querySelector('footer').closest('[inert]')";
    assert!(browser.truth(outside).await, "the page behind is out of reach");
    assert!(browser.truth(&format!("document.getElementById('carte').contains({FOCUS})")).await);
    let small =
        "[...document.querySelectorAll('#carte button, .split__dock button')].filter((it) => {
        const { width, height } = it.getBoundingClientRect();
        return width && (width < 44 || height < 44);
    }).map((it) => it.outerHTML.slice(0, 90)).join('\\n')";
    assert_eq!(browser.text(small).await, "", "targets of 44 px");
    browser.run("document.querySelector('.marker--single').click();", Vec::new()).await;
    browser.until("document.querySelector('.bubble:focus')").await;
    browser.key(Key::Escape).await;
    browser.until("!document.querySelector('.bubble')").await;
    browser.key(Key::Escape).await;
    browser.until("!document.querySelector('#carte[role=dialog]')").await;
    assert!(browser.truth(&format!("{FOCUS}.matches('[data-atlas=open]')")).await);
    assert!(!browser.truth("document.querySelector('[inert]')").await);
}

#[tokio::test]
async fn nothing_is_asked_of_the_detailed_maps_host_before_the_reader_says_so() {
    let own = std::fs::read_to_string(repository("site.toml")).unwrap();
    // A host that does not exist: that it was asked is enough.
    let site = own.replace(
        "[video]",
        "[tiles]\nurl = \"https://tiles.invalid/{z}/{x}/{y}.png\"\nattribution = \"© Tuiles\"\n\n[video]",
    );
    let server = Server::with_practitioners(&table(), Some(&site));
    let browser = with_map(&server, "/carte").await;
    let asked = "document.querySelectorAll('img[src^=\"https://tiles.invalid/\"]').length";
    assert_eq!(browser.number(asked).await, 0.0);
    assert!(browser.words().await.contains("tiles.invalid, qui voit alors votre adresse"));
    assert!(!browser.words().await.contains("© Tuiles"));
    browser.click("[data-atlas=tiles]").await;
    browser.until(&format!("0 < {asked}")).await;
    assert!(browser.words().await.contains("© Tuiles"));
    let failed = "document.getElementById('annonce').textContent";
    browser.until(&format!("{failed}.includes('plan détaillé')")).await;
    // Kept on the device.
    browser.open(&server.address("/carte")).await;
    browser.until(&format!("0 < {asked}")).await;
    let pressed = "document.querySelector('[data-atlas=tiles]').ariaPressed";
    assert_eq!(browser.text(pressed).await, "true");
    browser.click("[data-atlas=tiles]").await;
    browser.until(&format!("{asked} === 0")).await;
    browser.open(&server.address("/carte")).await;
    browser.until("document.querySelector('.marker')").await;
    assert_eq!(browser.text(pressed).await, "false");
}

/// The server draws the whole country into the page: for who comes without scripts it is the map, for
/// all others what the app's own takes the place of.
#[tokio::test]
async fn the_map_is_there_before_the_app_and_in_the_same_place() {
    // Pixels from the map's middle.
    let spot = |css: &str| {
        format!(
            "(() => {{ const middle = (css) => {{ const it = document.querySelector(css).getBoundingClientRect();
                return [it.x + it.width / 2, it.y + it.height / 2]; }};
            const [map, mark] = ['[data-ground]', '{css}'].map(middle);
            return [mark[0] - map[0], mark[1] - map[1]]; }})()"
        )
    };
    let server = server();
    let browser = Browser::at(&server.address("/carte"), Scripts::Off).await;
    assert!(browser.truth("document.querySelector('.still__land').checkVisibility()").await);
    assert!(
        browser
            .truth("document.querySelector('.still__mark .marker__body').checkVisibility()")
            .await
    );
    let before = browser.eval(&spot(".still__cluster")).await;
    let shown = "[...document.querySelectorAll('#carte button')].filter((it) => it.checkVisibility({ visibilityProperty: true })).length";
    assert_eq!(browser.number(shown).await, 0.0, "nothing is shown that cannot work");
    browser.resize(900, 800).await;
    let gone = "!document.querySelector('#carte').checkVisibility()";
    assert!(browser.truth(gone).await, "there is no room for it");
    browser.resize(1280, 800).await;
    browser.click(".still__mark--some").await;
    browser.until("location.search.includes('bbox=')").await;
    let count = browser.text(COUNT).await;
    assert!(count.starts_with("50"), "{count}");

    let browser = with_map(server, "/carte").await;
    browser.until("!document.querySelector('[data-still]')").await;
    let after = browser.eval(&spot(".marker--cluster")).await;
    for axis in 0..2 {
        let (before, after) = (before[axis].as_f64().unwrap(), after[axis].as_f64().unwrap());
        assert!((before - after).abs() < 4.0, "{before} {after}");
    }
    assert!(
        browser
            .truth("document.querySelector('.zoom').checkVisibility({ visibilityProperty: true })")
            .await
    );

    // What looks at less than the country has none.
    let town = Browser::at(&server.address("/carte?town=Lyon"), Scripts::Off).await;
    assert!(town.truth("!document.querySelector('[data-still]')").await);
}
