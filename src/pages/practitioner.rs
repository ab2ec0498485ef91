//! `/praticiens/{id}`: all that is known of one practitioner, and what is not.

use contract::{
    date::Date,
    error::Problem,
    paths::{BASE, vcard},
    practitioner::{Practitioner, Precision},
    route::{Route, encode},
    site::Site,
    slug::Slug,
};
use locale::{fill, practitioner as words, text};
use maud::{Markup, html};

use crate::{
    api::Api,
    components::{
        crumbs::crumbs,
        icon::icon,
        place::{approximate, job, phone_link, verified},
    },
    head::Head,
    pages::map::ribbon,
};

/// Older than this, a verification is said to be old. Days.
const STALE_DAYS: i32 = 183;

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct PractitionerPage {
    pub practitioner: Practitioner,
    pub today: Date,
}

pub async fn load(api: &Api, id: &Slug) -> Result<PractitionerPage, Problem> {
    let practitioner = api.get_practitioner(id).await?;
    Ok(PractitionerPage { practitioner, today: api.today() })
}

pub fn head(it: &PractitionerPage) -> Head {
    let it = &it.practitioner;
    let profession = words::profession(it.profession);
    let title = format!("{}, {profession}, {}", it.name, it.address.town);
    let description = format!("{}. {}", verified(it), text().map_card_note());
    // Made-up entries are not for search engines.
    let own = (!it.sample).then(|| Route::Practitioner { id: it.id.clone() });
    Head::new(&title, &description, own)
}

pub fn view(page: &PractitionerPage, site: &Site) -> Markup {
    let (t, it) = (text(), &page.practitioner);
    let own = Route::Practitioner { id: it.id.clone() }.to_string();
    let at = it.position.at;
    let map = format!("/carte?near={at}&practitioner={}", it.id);
    html! {
        @if it.sample { (ribbon()) }
        article class="wrap card-page" {
            (crumbs(&[("/carte", t.map()), (&own, &it.name)]))
            header class="title-block" id="tete" {
                h1 { (it.name) }
                p class="headline__lead" { (job(it)) }
                @if it.sample { p class="kind" { (t.map_sample_card()) } }
            }
            p class="card-page__actions" {
                @if let (Some(phone), false) = (&it.phone, it.sample) {
                    a class="button" href={ "tel:" (phone.replace(' ', "")) } {
                        (icon("phone")) (t.map_call())
                    }
                }
                a class="button button--quiet" rel="external noopener" href=(directions(it)) {
                    (t.map_directions())
                }
                a class="button button--quiet" download
                    href={ (BASE) (vcard(&it.id)) } {
                    (t.map_vcard())
                }
                button class="button button--quiet" type="button" data-share="print" hidden {
                    (t.map_print())
                }
                a class="button button--quiet" href=(map) { (icon("map")) (t.finder_button()) }
            }
            dl class="facts__list card-page__facts" {
                (line(t.map_address(), html! {
                    (it.address.street) br; (it.address.postcode) " " (it.address.town)
                    @if it.position.precision != Precision::Exact {
                        br; (approximate())
                    }
                }))
                (line(t.map_phone(), known(it.phone.as_ref().map(|phone| phone_link(it, phone)))))
                @if let Some(email) = &it.email {
                    (line(t.map_email(), html! { a href={ "mailto:" (email) } { (email) } }))
                }
                @if let Some(web) = &it.web {
                    (line(t.map_web(), html! {
                        a rel="external noopener nofollow" href=(web) { (web) }
                    }))
                }
                (line(t.map_opening(), known((!it.opening.is_empty()).then(|| html! {
                    @for (at, hours) in it.opening.iter().enumerate() {
                        @if at != 0 { br; }
                        (words::opening(*hours))
                    }
                }))))
                (line(t.map_languages(), html! {
                    (it.languages.iter().map(|it| words::language(*it)).collect::<Vec<_>>().join(", "))
                }))
                (line(t.map_fees(), known(it.fees.map(|it| html! { (words::fees(it)) }))))
                (line(t.map_remote(), known(it.remote.map(yes))))
                (line(t.map_access(), known(it.accessible.map(|it| html! { (words::access(it)) }))))
                (line(t.map_new_patients(), known(it.new_patients.map(yes))))
            }
            p class="small muted" {
                (verified(it)) ". "
                (fill(t.map_source(), &[("source", &it.source)])) "."
            }
            @if stale(it, page.today) { p class="overdue" role="note" { (icon("warning")) span { (t.map_stale()) } } }
            p class="small" { (t.map_card_note()) }
            @if site.features.contact {
                p class="small" { a rel="nofollow" href={ (own) "/signaler" } { (t.map_report()) } }
            } @else if let Some(email) = &site.contact_email {
                p class="small" {
                    a href={ "mailto:" (email) "?subject=" (encode(&format!("{} {}", t.map_report(), it.id))) } {
                        (t.map_report())
                    }
                }
            }
        }
    }
}

/// Where a route to them is planned. What is only near is looked for by its address: a line drawn to
/// the middle of a town would end at the wrong door.
fn directions(it: &Practitioner) -> String {
    let to = if it.position.precision == Precision::Exact {
        it.position.at.to_string()
    } else {
        let address = &it.address;
        encode(&format!("{}, {} {}", address.street, address.postcode, address.town))
    };
    format!("https://www.openstreetmap.org/directions?to={to}")
}

fn line(name: &str, value: Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// What is not known is said to be so: silence would look like "no".
fn known(value: Option<Markup>) -> Markup {
    value.unwrap_or_else(|| html! { span class="muted" { (text().map_unknown()) } })
}

fn yes(it: bool) -> Markup {
    html! { (if it { text().map_yes() } else { text().map_no() }) }
}

fn stale(it: &Practitioner, today: Date) -> bool {
    it.verified_on.is_none_or(|day| STALE_DAYS < today.days_since_epoch() - day.days_since_epoch())
}
