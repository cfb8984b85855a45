//! `/phone/codes`: the codes that a phone shows where it has no network. A page of its
//! own and not one of the site, because the service worker keeps it (`public/sw.js`):
//! it says nothing of anybody, needs no bundle, and its one script
//! (`public/phone-codes.js`) finds in the browser whose codes they are.

use crate::{
    assets::Site,
    layers::headers,
    plain_page::{self, Frame},
};
use app::server::request_of;
use axum::{
    extract::{Request, State},
    http::header,
    response::{Html, IntoResponse, Response},
};
use domain::{Lang, paths};
use std::sync::Arc;
use words::{frame, phone};

/// Its script, and what makes a companion of it.
const HEAD: &str = "<link rel=\"manifest\" href=\"/phone.webmanifest\">\n<script type=\"module\" src=\"/phone-codes.js\"></script>\n";

/// The page, in the reader's language and light.
pub async fn page(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let caller = request_of(&parts);
    let theme = plain_page::theme(&parts);
    let page = drawn(caller.lang(None), theme, &site.assets.css);
    let policy = (header::CONTENT_SECURITY_POLICY, headers::OWN_FILES);
    ([policy], Html(page)).into_response()
}

/// A notice, hidden until the script knows that it holds.
fn note(id: &str, icon: &str, title: &str, text: &str) -> String {
    format!(
        r#"<div class="note" id="{id}" hidden><svg class="i" aria-hidden="true"><use href="/icons.svg#i-{icon}"></use></svg><div><p><strong>{title}</strong></p><div class="sm"><p>{text}</p></div></div></div>"#
    )
}

/// A way on, hidden until the script knows which one it is.
fn way(id: &str, label: &str) -> String {
    format!(
        r#"<p id="{id}" hidden><a class="button wide" href="{}"><span>{label}</span></a></p>"#,
        paths::PHONE
    )
}

/// Everything stands in the page: the script says nothing itself.
fn drawn(lang: Lang, theme: Option<&str>, css: &str) -> String {
    let offline = note(
        "offline",
        "info",
        phone::offline(lang),
        phone::offline_lead(lang),
    );
    let none = note(
        "none",
        "info",
        phone::codes_none(lang),
        phone::codes_none_lead(lang),
    );
    let body = format!(
        r#"<noscript><p>{script}</p></noscript>
{offline}
{none}
<div class="stack" id="codes"></div>
<div class="stack tight" id="how" hidden><p>{how}</p><p class="sm muted">{once}</p><p class="sm muted">{clock}</p></div>
{back}
{again}
<template id="account">
<section class="stack tight">
<h2></h2>
<div class="number long"><p class="sm muted">{now}</p><b></b></div>
<div class="stack near"><progress max="30" aria-label="{left}"></progress><p class="sm muted num">{left}: <span data-left></span></p></div>
</section>
</template>
"#,
        script = phone::codes_need_script(lang),
        how = phone::codes_how(lang),
        once = phone::codes_once(lang),
        clock = phone::codes_clock(lang),
        back = way("back", frame::back(lang)),
        again = way("again", frame::try_again(lang)),
        now = phone::codes_now(lang),
        left = phone::codes_left(lang),
    );
    let frame = Frame {
        css,
        look: "desk",
        home: paths::PHONE,
        place: phone::companion(lang),
        lang,
        theme,
    };
    frame.drawn(phone::codes_title(lang), HEAD, &body)
}

#[cfg(test)]
mod tests {
    use super::drawn;
    use domain::Lang;

    #[test]
    fn the_page_keeps_to_its_policy_and_names_files_alone() {
        for lang in Lang::ALL {
            let page = drawn(lang, Some("dark"), "/pkg/style.css");
            assert!(page.contains(&format!(r#"lang="{}" data-theme="dark""#, lang.code())));
            // No script and no style of its own: the policy allows neither.
            assert!(
                !page.contains("<script>") && !page.contains("style="),
                "{page}"
            );
            assert!(!page.contains("onclick="), "{page}");
            assert!(page.contains(r#"href="/pkg/style.css""#));
        }
    }
}
