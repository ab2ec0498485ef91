//! A contact to keep (vCard 4.0, RFC 6350).

use contract::practitioner::{Practitioner, Precision};

/// Octets of a line, its end aside (RFC 6350, section 3.2).
const MAX_OCTETS: usize = 75;

/// The contact of a practitioner, whose page on this site is `url`. No telephone number of an entry
/// made up for demonstration: those stay text on a page, and no telephone may dial them. No
/// position but that of the address itself.
pub fn vcard(it: &Practitioner, url: &str) -> String {
    let address = &it.address;
    let mut card = Card(String::new());
    card.line("BEGIN", "VCARD");
    card.line("VERSION", "4.0");
    card.line("FN", &text(&it.name));
    card.line("ORG", &text(&it.name));
    card.line("TITLE", &text(locale::practitioner::profession(it.profession)));
    // "Professionnel de santé non médecin": to be told of a profession before anything else.
    card.line("ROLE", &text(locale::practitioner::category(it.profession.category())));
    let parts =
        ["", "", &address.street, &address.town, "", &address.postcode, country(&address.country)]
            .map(text);
    card.line("ADR", &parts.join(";"));
    if it.position.precision == Precision::Exact {
        card.line("GEO", &format!("geo:{}", it.position.at));
    }
    if let Some(phone) = it.phone.as_deref().filter(|_| !it.sample) {
        card.line("TEL", &text(phone));
    }
    if let Some(email) = &it.email {
        card.line("EMAIL", &text(email));
    }
    for it in it.web.as_deref().into_iter().chain([url]) {
        card.line("URL", &uri(it));
    }
    for language in &it.languages {
        card.line("LANG", language.name());
    }
    if it.sample {
        card.line("NOTE", &text(locale::text().map_sample_card()));
    }
    if let Some(day) = it.verified_on {
        card.line("REV", &format!("{:04}{:02}{:02}T000000Z", day.year(), day.month(), day.day()));
    }
    card.line("END", "VCARD");
    card.0
}

/// As an address book in French shows it.
fn country(code: &str) -> &str {
    match code {
        "FR" => "France",
        "BE" => "Belgique",
        "CH" => "Suisse",
        "LU" => "Luxembourg",
        other => other,
    }
}

/// Escaped (section 3.4); other control characters have no place in a text.
fn text(it: &str) -> String {
    let mut out = String::with_capacity(it.len());
    for it in it.replace("\r\n", "\n").chars() {
        match it {
            '\\' | ',' | ';' => out.extend(['\\', it]),
            '\n' | '\r' => out.push_str("\\n"),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// An address is not escaped, and cannot hold the end of a line.
fn uri(it: &str) -> String {
    it.chars().filter(|it| !it.is_control() && !it.is_whitespace()).collect()
}

struct Card(String);

impl Card {
    /// Folded between characters: the next line begins with a space, which counts.
    fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for it in name.chars().chain([':']).chain(value.chars()) {
            if MAX_OCTETS < octets + it.len_utf8() {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(it);
            octets += it.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
