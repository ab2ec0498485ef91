//! The desk's door.

use contract::{
    desk::{MAX_ACCOUNT, PASSWORD_CHARS},
    route::DESK,
    site::Site,
};
use locale::text;
use maud::html;

use crate::{page::Document, pages::desk::frame};

/// Why somebody was not let in.
pub struct Problem<'a> {
    pub status: u16,
    pub words: &'a str,
}

/// `name` is what was typed.
pub fn sign_in(site: &Site, name: &str, problem: Option<&Problem>) -> Document {
    let t = text();
    let main = html! {
        form class="form door" method="post" action={ "/" (DESK) "/connexion" } {
            h1 class="form__title" { (t.desk_sign_in()) }
            @if let Some(it) = problem {
                p class="form__summary" role="alert" { (it.words) }
            }
            label class="field" {
                span class="field__label" { (t.desk_name()) }
                input class="input" name="name" value=(name) required autocomplete="username"
                    maxlength=(MAX_ACCOUNT) autocapitalize="none" spellcheck="false"
                    autofocus[name.is_empty()];
            }
            label class="field" {
                span class="field__label" { (t.desk_password()) }
                input class="input" name="password" type="password" required
                    autocomplete="current-password" maxlength=(PASSWORD_CHARS.end())
                    autofocus[!name.is_empty()];
            }
            p { button class="button" type="submit" { (t.desk_sign_in_go()) } }
            p class="muted small" { (t.desk_cookie()) }
        }
    };
    frame(site, None, t.desk_sign_in(), problem.map_or(200, |it| it.status), &main)
}
