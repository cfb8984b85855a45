//! Pages that stand outside of the single-page app: the frame that they share, drawn as
//! text. No script of their own and no style: the policies of such pages allow neither.

use axum::http::request::Parts;
use domain::Lang;
use words::frame;

use crate::layers::preferences;
use app::server::request_of;

/// What stands around the text of a page.
pub struct Frame<'a> {
    /// The stylesheet.
    pub css: &'a str,
    /// The look of the blade: a realm's slug, or `desk`.
    pub look: &'a str,
    /// Where the sign of the product leads.
    pub home: &'a str,
    /// Whose page it is, below the sign.
    pub place: &'a str,
    /// The reader's language.
    pub lang: Lang,
    /// The look that was chosen on this browser.
    pub theme: Option<&'a str>,
}

/// The look that a browser chose.
pub fn theme(parts: &Parts) -> Option<&'static str> {
    preferences::theme(&request_of(parts).cookies)
}

/// Text as it may stand in a page and in an attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            ch => out.push(ch),
        }
    }
    out
}

impl Frame<'_> {
    /// The page. `head` and `body` are markup already; the title is text.
    pub fn drawn(&self, title: &str, head: &str, body: &str) -> String {
        format!(
            r##"<!DOCTYPE html>
<html lang="{code}"{theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{window}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{css}">
{head}</head>
<body>
<div class="companion" data-realm="{look}">
<a class="skip" href="#content">{skip}</a>
<header class="blade">
<div class="row spread"><a class="brand" href="{home}"><svg class="i" aria-hidden="true"><use href="/icons.svg#i-mark"></use></svg><span>{product}</span></a></div>
<p class="realm">{place}</p>
</header>
<main id="content" tabindex="-1"><div class="stack">
<h1 tabindex="-1">{title}</h1>
{body}</div></main>
</div>
</body>
</html>
"##,
            code = self.lang.code(),
            theme = self
                .theme
                .map_or_else(String::new, |theme| format!(r#" data-theme="{theme}""#)),
            window = escape(&frame::title(self.lang, title, frame::product(self.lang))),
            css = self.css,
            look = self.look,
            home = self.home,
            skip = frame::skip(self.lang),
            product = frame::product(self.lang),
            place = escape(self.place),
            title = escape(title),
        )
    }
}
