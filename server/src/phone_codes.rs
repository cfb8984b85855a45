//! `/phone/codes`: the codes that a phone shows where it has no network. A page of its
//! own and not one of the site, because the service worker keeps it (`public/sw.js`):
//! it says nothing of anybody, needs no bundle, and its one script
//! (`public/phone-codes.js`) finds in the browser whose codes they are.

use crate::{
    assets::Site,
    layers::{headers, preferences},
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

/// The page, in the reader's language and light.
pub async fn page(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let caller = request_of(&parts);
    let theme = preferences::theme(&caller.cookies);
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
    format!(
        r##"<!DOCTYPE html>
<html lang="{code}"{theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{window}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="manifest" href="/phone.webmanifest">
<link rel="stylesheet" href="{css}">
<script type="module" src="/phone-codes.js"></script>
</head>
<body>
<div class="companion" data-realm="desk">
<a class="skip" href="#content">{skip}</a>
<header class="blade">
<div class="row spread"><a class="brand" href="{home}"><svg class="i" aria-hidden="true"><use href="/icons.svg#i-mark"></use></svg><span>{product}</span></a></div>
<p class="realm">{companion}</p>
</header>
<main id="content" tabindex="-1"><div class="stack">
<h1 tabindex="-1">{title}</h1>
<noscript><p>{script}</p></noscript>
{offline}
{none}
<div class="stack" id="codes"></div>
<div class="stack tight" id="how" hidden><p>{how}</p><p class="sm muted">{once}</p><p class="sm muted">{clock}</p></div>
{back}
{again}
</div></main>
</div>
<template id="account">
<section class="stack tight">
<h2></h2>
<div class="number long"><p class="sm muted">{now}</p><b></b></div>
<div class="stack near"><progress max="30" aria-label="{left}"></progress><p class="sm muted num">{left}: <span data-left></span></p></div>
</section>
</template>
</body>
</html>
"##,
        code = lang.code(),
        theme = theme.map_or_else(String::new, |theme| format!(r#" data-theme="{theme}""#)),
        window = frame::title(lang, phone::codes_title(lang), frame::product(lang)),
        skip = frame::skip(lang),
        home = paths::PHONE,
        product = frame::product(lang),
        companion = phone::companion(lang),
        title = phone::codes_title(lang),
        script = phone::codes_need_script(lang),
        how = phone::codes_how(lang),
        once = phone::codes_once(lang),
        clock = phone::codes_clock(lang),
        back = way("back", frame::back(lang)),
        again = way("again", frame::try_again(lang)),
        now = phone::codes_now(lang),
        left = phone::codes_left(lang),
    )
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
