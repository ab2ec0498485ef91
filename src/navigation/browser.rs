//! The browser's side of navigation: clicks, forms, history, focus and scroll.

use contract::{route::Route, site::Site};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, UnwrapThrowExt, closure::Closure};
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, MouseEvent, Url};

use crate::{
    api::Api,
    app::Place,
    map,
    navigation::{drafts, reading, same_page, styles, trail::Trail},
    page::{Page, load},
    pages,
};

/// Everything a navigation needs. Lives as long as the document.
#[derive(Clone)]
struct Navigator {
    api: Api,
    place: Place,
    site: StoredValue<Site>,
    trail: Trail,
    /// Counts navigations, so that a slow answer to an abandoned one is thrown away.
    turn: StoredValue<u32>,
}

/// How a navigation came about.
#[derive(Clone, Copy, PartialEq)]
enum Cause {
    /// A link or a form: a new entry of the history.
    Forward,
    /// Back or Forward; the entry's own scroll position, in CSS pixels.
    History(f64),
}

/// The route of the address bar; an address that names nothing is a page that is missing.
pub fn current_route() -> Route {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let query = location.search().unwrap_or_default();
    read_route(&path, &query)
}

fn read_route(path: &str, query: &str) -> Route {
    // A static host may answer `/articles/` or `/articles/index.html` for `/articles`.
    let path = path.trim_end_matches("index.html");
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
    Route::parse(path, query.trim_start_matches('?')).unwrap_or_else(missing)
}

/// An address that is surely not one of the site's, so that loading it finds nothing.
fn missing() -> Route {
    let slug = contract::slug::Slug::try_from("404");
    slug.map_or(Route::Home, |slug| Route::Page { slug })
}

/// Tells style sheets and tests that the page answers to its reader.
pub fn mark_ready() {
    let root = document().document_element().unwrap_throw();
    // Fails only for attribute names with forbidden characters.
    let _ = root.set_attribute("data-hydrated", "");
    let _ = window().performance().map(|it| it.mark("hydrated"));
}

/// Listens to everything at once; components keep plain links and forms.
pub fn start(api: Api, place: Place, site: Site) {
    let (site, trail) = (StoredValue::new(site), Trail::start());
    let navigator = Navigator { api, place, site, trail, turn: StoredValue::new(0) };
    listen("click", {
        let navigator = navigator.clone();
        move |event| navigator.on_click(event.unchecked_ref())
    });
    listen("submit", {
        let navigator = navigator.clone();
        move |event| navigator.on_submit(&event)
    });
    listen("pagehide", {
        let trail = navigator.trail.clone();
        move |_| trail.end()
    });
    map::start(
        navigator.api.directory(),
        map::Host {
            go: {
                let navigator = navigator.clone();
                Box::new(move |view| navigator.turn_map(view))
            },
            rename: {
                let navigator = navigator.clone();
                Box::new(move |view| {
                    let route = Route::Map(Box::new(view.clone()));
                    navigator.trail.rename(&route.to_string());
                    navigator.place.route.set(route);
                })
            },
            list: Box::new(pages::map::list),
            list_failed: Box::new(|view| {
                pages::map::list_failed(&Route::Map(Box::new(view.clone())).to_string())
            }),
            chosen: |_| {},
        },
    );
    // The view may be drawn in this very task.
    set_timeout(
        {
            let navigator = navigator.clone();
            move || {
                navigator.refresh_map();
                drafts::refresh();
            }
        },
        std::time::Duration::ZERO,
    );
    listen("popstate", move |_| navigator.on_history());
    reading::start();
    drafts::start();
}

/// On the window, where what happens in the document arrives too.
fn listen(kind: &str, handler: impl Fn(Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(handler);
    let _ = window().add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
    closure.forget();
}

impl Navigator {
    fn on_click(&self, event: &MouseEvent) {
        let Some(target) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else {
            return;
        };
        if reading::on_click(event, &target)
            || drafts::on_click(&target)
            || map::on_click(event, &target)
        {
            return;
        }
        let plain = event.button() == 0
            && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key());
        if event.default_prevented() || !plain {
            return;
        }
        let Ok(Some(link)) = target.closest("a[href]") else { return };
        if link.has_attribute("target") || link.has_attribute("download") {
            return;
        }
        let Some(address) = link.dyn_ref::<web_sys::HtmlAnchorElement>().map(|it| it.href()) else {
            return;
        };
        self.follow(&address, event);
    }

    fn on_submit(&self, event: &Event) {
        let Some(form) = event.target().and_then(|it| it.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        if event.default_prevented() || form.method() != "get" {
            return;
        }
        if map::on_submit(&form, event) {
            return;
        }
        let Some(address) = form_address(&form) else { return };
        self.follow(&address, event);
    }

    /// Goes to `address` if it is a page of this site; else leaves the event to the browser.
    fn follow(&self, address: &str, event: &Event) {
        let location = window().location();
        let Ok(url) = Url::new(address) else { return };
        if Ok(url.origin()) != location.origin() {
            return;
        }
        let same_document =
            Ok(url.pathname()) == location.pathname() && Ok(url.search()) == location.search();
        if same_document && !url.hash().is_empty() {
            // An anchor of this page: the browser's own jump is right.
            self.trail.leave();
            return;
        }
        let route = Route::parse(&url.pathname(), url.search().trim_start_matches('?'));
        let Some(route) = route.filter(|it| !is_document(it)) else {
            // A feed, a file, or nothing: the server knows.
            return;
        };
        event.prevent_default();
        self.trail.leave();
        self.go(route, url, Cause::Forward);
    }

    fn on_history(&self) {
        let Ok(url) = window().location().href().and_then(|it| Url::new(&it)) else { return };
        let left = self.trail.moved();
        let route = current_route();
        if left.is_none() && route == self.place.route.get_untracked() {
            // An anchor of this page was followed.
            self.trail.arrive();
            jump_to(&url.hash(), None);
            return;
        }
        if is_document(&route) {
            let _ = window().location().reload();
            return;
        }
        self.go(route, url, Cause::History(left.unwrap_or(0.0)));
    }

    fn go(&self, route: Route, url: Url, cause: Cause) {
        let turn = self.turn.with_value(|it| it.wrapping_add(1));
        self.turn.set_value(turn);
        let navigator = self.clone();
        // A page that failed to load is asked for again: that is what its retry link is for.
        let failed = self.place.page.with_untracked(|it| matches!(it, Page::Failed(_)));
        let same = same_page(&route, &self.place.route.get_untracked());
        // Asking again is no step of the reader's: Back still leads to where they came from.
        let cause = if failed && same { Cause::History(0.0) } else { cause };
        if !failed && same {
            navigator.push(&url, cause);
            navigator.trail.arrive();
            if let Route::Map(view) = &route {
                map::follow(view);
            }
            navigator.place.route.set(route);
            if let Cause::History(scroll) = cause {
                scroll_to(scroll);
            }
            return;
        }
        set_busy(true);
        wasm_bindgen_futures::spawn_local(async move {
            let page = load(&navigator.api, &route).await;
            if page.has_map_styles() {
                styles::want_map().await;
            }
            if navigator.turn.get_value() != turn {
                return;
            }
            set_busy(false);
            navigator.push(&url, cause);
            navigator.show(route, page, &url, cause);
        });
    }

    /// A new entry of the history, before the page changes, so that its links resolve.
    fn push(&self, url: &Url, cause: Cause) {
        if cause == Cause::Forward {
            self.trail.push(&url.href());
        }
    }

    fn show(&self, route: Route, page: Page, url: &Url, cause: Cause) {
        let title = self.site.with_value(|site| {
            let head = page.head(site);
            head.apply(site);
            head.full_title(site)
        });
        map::leave();
        self.place.route.set(route);
        self.place.page.set(page);
        self.trail.arrive();
        let hash = url.hash();
        let navigator = self.clone();
        // The view is replaced in a microtask of its own; look for the new h1 after it.
        leptos::task::spawn_local(async move {
            leptos::task::tick().await;
            announce(&title);
            match cause {
                Cause::History(scroll) => {
                    focus_heading();
                    scroll_to(scroll);
                }
                Cause::Forward if hash.is_empty() => {
                    focus_heading();
                    scroll_to(0.0);
                }
                Cause::Forward => jump_to(&hash, Some(focus_heading)),
            }
            reading::refresh();
            drafts::refresh();
            navigator.refresh_map();
        });
    }

    /// The map's page at another view, as a step of its own.
    fn turn_map(&self, view: contract::directory::MapView) {
        let route = Route::Map(Box::new(view));
        let origin = window().location().origin().unwrap_or_default();
        if let Ok(url) = Url::new(&format!("{origin}{route}")) {
            self.trail.leave();
            self.go(route, url, Cause::Forward);
        }
    }

    fn refresh_map(&self) {
        self.place.route.with_untracked(|it| {
            map::refresh(if let Route::Map(view) = it { Some(view) } else { None });
        });
    }
}

/// Where a form that asks leads: its fields as the browser would send them, but without those that
/// are empty where the page knows better.
fn form_address(form: &HtmlFormElement) -> Option<String> {
    let fields = web_sys::FormData::new_with_form(form).ok()?;
    let query = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    let url = Url::new(&form.action()).ok()?;
    let query = String::from(query.to_string());
    let known = Route::parse(&url.pathname(), &query).map(|it| it.to_string());
    Some(match known {
        Some(address) => format!("{}{address}", url.origin()),
        None => format!("{}?{query}", form.action()),
    })
}

fn scroll_to(top: f64) {
    let options = web_sys::ScrollToOptions::new();
    options.set_top(top);
    // Never smooth: a page that is new to the reader does not glide past.
    options.set_behavior(web_sys::ScrollBehavior::Instant);
    window().scroll_to_with_scroll_to_options(&options);
}

/// Scrolls to an anchor and gives it the focus, as the browser does on a full load.
fn jump_to(hash: &str, otherwise: Option<fn()>) {
    let element = document().get_element_by_id(hash.trim_start_matches('#'));
    match (element, otherwise) {
        (Some(element), _) => {
            element.scroll_into_view();
            focus(&element);
        }
        (None, Some(otherwise)) => {
            otherwise();
            scroll_to(0.0);
        }
        (None, None) => {}
    }
}

fn focus_heading() {
    if let Ok(Some(heading)) = document().query_selector("main h1") {
        focus(&heading);
    }
}

fn focus(element: &Element) {
    let Some(element) = element.dyn_ref::<HtmlElement>() else { return };
    if !element.has_attribute("tabindex") {
        // Focusable by program, without a stop for the Tab key.
        let _ = element.set_attribute("tabindex", "-1");
    }
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

fn announce(title: &str) {
    if let Some(region) = document().get_element_by_id("annonce") {
        region.set_text_content(Some(title));
    }
}

fn set_busy(busy: bool) {
    let Some(root) = document().document_element() else { return };
    let _ =
        if busy { root.set_attribute("data-busy", "") } else { root.remove_attribute("data-busy") };
}

/// The page that shows a frame has a policy of its own, which comes with its document.
fn is_document(route: &Route) -> bool {
    matches!(route, Route::Embedding(_) | Route::Document { .. })
}
