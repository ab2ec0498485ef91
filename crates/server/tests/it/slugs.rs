//! Names in addresses that nobody means well: they find nothing, and that is all.

use crate::support::{check_problem, real};

fn odd_names() -> Vec<String> {
    let mut names: Vec<String> = [
        "../x",
        "%2e%2e%2fx",
        "%2E%2E/x",
        "..%5cx",
        "..%2f..%2fetc%2fpasswd",
        "....//x",
        "%00",
        "a%00b",
        "%0d%0aset-cookie:a=b",
        "%3cscript%3e",
        "CELLULES-CAR-T",
        "Cellules-Car-T",
        "a_b",
        "a.b",
        ".",
        "..",
        "%20",
        "a%20b",
        "-",
        "%F0%9F%98%80",
        "%e9",
        "%c3%a9",
        "%ff",
        "%",
        "%252e%252e",
        "~",
        "*",
        "a;b",
        "a:b",
        "con",
        "nul",
        "a,b",
        "'",
        "a'or'1'='1",
        "$%7b7*7%7d",
        "{slug}",
        "null",
        "undefined",
        "404",
        "index.html",
        ".env",
        ".git%2fconfig",
    ]
    .map(str::to_owned)
    .into();
    names.push("a".repeat(300));
    names.push("-".repeat(81));
    names
}

#[test]
fn a_name_that_is_no_page_finds_nothing_in_the_endpoints() {
    for name in odd_names() {
        let places = [
            format!("/api/v1/articles/{name}"),
            format!("/api/v1/articles/{name}/related"),
            format!("/api/v1/pages/{name}"),
            // What goes out of the folder is a page's address, and no page either.
            format!("/pictures/{}", name.replace('/', "%2f")),
            format!("/pictures/{}.png", name.replace('/', "%2f")),
        ];
        for address in places {
            // Braces and quotes are not legal in an address: a client cannot even ask.
            if address.parse::<axum::http::Uri>().is_ok() {
                check_problem(&real().get(&address), 404, &address);
            }
        }
    }
}

#[test]
fn a_name_that_is_no_page_shows_the_page_that_says_so() {
    for name in odd_names() {
        for address in [format!("/articles/{name}"), format!("/themes/{name}"), format!("/{name}")]
        {
            if address.parse::<axum::http::Uri>().is_err() {
                continue;
            }
            let answer = real().get(&address);
            assert_eq!(answer.status, 404, "{address}");
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{address}");
            assert_eq!(
                answer.document().one("h1").text,
                locale::text().missing_title(),
                "{address}"
            );
        }
    }
}

#[test]
fn numbers_in_addresses_have_one_spelling() {
    for address in [
        "/articles/page/1",
        "/articles/page/0",
        "/articles/page/02",
        "/articles/page/-1",
        "/articles/page/x",
        "/articles/page/999999999999",
        "/articles/page/%32",
        "/articles/page",
    ] {
        assert_eq!(real().get(address).status, 404, "{address}");
    }
}

#[test]
fn a_page_beyond_the_last_is_no_page() {
    assert_eq!(real().get("/articles/page/2").status, 200);
    assert_eq!(real().get("/articles/page/999").status, 404);
    assert_eq!(real().get("/themes/cancer/page/999").status, 404);
}

#[test]
fn a_depth_that_does_not_exist_is_no_page() {
    assert_eq!(real().get("/articles/cellules-car-t/pour-aller-plus-loin").status, 200);
    assert_eq!(real().get("/articles/cellules-car-t/plus-loin-encore").status, 404);
    assert_eq!(real().get("/articles/cellules-car-t/full").status, 404);
}
