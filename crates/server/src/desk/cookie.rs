//! The cookie of whoever is signed in. Visitors get none.

use axum::http::{HeaderMap, HeaderValue, header};
use contract::site::Site;

/// Over https the browser itself refuses one that another host or path has set (`__Host-`, RFC
/// 6265bis). Without it, as on the machine where the site is tried out, such a name is not taken.
fn name(site: &Site) -> &'static str {
    if is_secure(site) { "__Host-session" } else { "session" }
}

fn is_secure(site: &Site) -> bool {
    site.url.starts_with("https://")
}

/// The token that a request brings.
pub fn read(headers: &HeaderMap, site: &Site) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let pairs = all.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    pairs.filter(|it| it.0 == name(site)).map(|it| it.1.to_owned()).next()
}

/// Gives the browser a token, until it is closed; an empty one takes it back.
pub fn set(headers: &mut HeaderMap, site: &Site, token: &str) {
    let secure = if is_secure(site) { "; Secure" } else { "" };
    let age = if token.is_empty() { "; Max-Age=0" } else { "" };
    let cookie = format!("{}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{age}", name(site));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}
