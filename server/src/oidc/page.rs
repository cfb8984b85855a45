//! Pages of ours on the way to an application and back: few words, no script, and a way
//! on by hand. They stand outside of the single-page app because they end where it does.

use crate::plain_page::{Frame, escape};
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use domain::{Lang, ids::RealmSlug, oidc::PageFault};
use flows::oidc::Question;
use words::oidc;

/// What every page needs.
pub(super) struct Paper<'a> {
    /// The stylesheet.
    pub css: &'a str,
    /// The realm.
    pub realm: &'a RealmSlug,
    /// Its name.
    pub name: &'a str,
    /// The reader's language.
    pub lang: Lang,
    /// The look that was chosen on this browser.
    pub theme: Option<&'static str>,
}

impl Paper<'_> {
    fn drawn(&self, status: StatusCode, title: &str, head: &str, body: &str) -> Response {
        let frame = Frame {
            css: self.css,
            look: self.realm.as_str(),
            home: "/",
            place: self.name,
            lang: self.lang,
            theme: self.theme,
        };
        (status, Html(frame.drawn(title, head, body))).into_response()
    }

    /// Goes on to an application by itself, with a script and without: a redirect after
    /// a post is governed by `form-action`, what a page does by itself is not.
    pub fn moving_on(&self, to: &str, signed_out: bool) -> Response {
        let title = if signed_out {
            oidc::left_title(self.lang)
        } else {
            oidc::moving_title(self.lang)
        };
        let to = escape(to);
        let head = format!("<meta http-equiv=\"refresh\" content=\"0;url={to}\">\n");
        let body = format!(
            "<p>{}</p>\n<p><a class=\"button main wide\" rel=\"noreferrer\" href=\"{to}\"><span>{}</span></a></p>\n",
            oidc::moving_lead(self.lang),
            oidc::go_on(self.lang),
        );
        self.drawn(StatusCode::OK, title, &head, &body)
    }

    /// Says what is wrong where nobody else can be told. `again` is the application's
    /// start page, where trying once more helps.
    pub fn fault(&self, fault: PageFault, again: Option<&str>) -> Response {
        let overview = domain::paths::overview(self.realm);
        let (status, to, label) = match (fault, again) {
            (_, Some(url)) => (StatusCode::BAD_REQUEST, url, oidc::open_again(self.lang)),
            (PageFault::Frozen | PageFault::Declined | PageFault::Unmet, None) => (
                StatusCode::FORBIDDEN,
                overview.as_str(),
                oidc::to_overview(self.lang),
            ),
            _ => (StatusCode::BAD_REQUEST, "/", oidc::to_start(self.lang)),
        };
        let body = format!(
            "<p>{}</p>\n<p><a class=\"button wide\" rel=\"noreferrer\" href=\"{}\"><span>{label}</span></a></p>\n",
            oidc::fault(self.lang, fault),
            escape(to),
        );
        self.drawn(status, oidc::title_of(self.lang, fault), "", &body)
    }

    /// Asks who goes on.
    pub fn choose(&self, question: &Question) -> Response {
        let lead = oidc::choose_lead(self.lang, &question.application);
        let buttons = [
            ("go_on", oidc::go_on_as(self.lang, &question.person)),
            ("other", oidc::use_another(self.lang).to_owned()),
        ];
        let form = self.form("choose", &[("id", question.id.clone())], &buttons);
        let body = format!("<p>{}</p>\n{form}", escape(&lead));
        let title = oidc::choose_title(self.lang);
        self.drawn(StatusCode::OK, title, "", &body)
    }

    /// Asks whether an application may hear of somebody.
    pub fn consent(&self, question: &Question) -> Response {
        let scopes = question.scopes.iter();
        let scopes = scopes.map(|s| format!("<li>{}</li>", oidc::scope(self.lang, *s)));
        let buttons = [
            ("allow", oidc::allow(self.lang).to_owned()),
            ("decline", oidc::decline(self.lang).to_owned()),
        ];
        let body = format!(
            "<p><strong>{}</strong></p>\n<p>{}</p>\n<ul class=\"bullets\">{}</ul>\n{}",
            escape(&question.person),
            oidc::would_know(self.lang),
            scopes.collect::<String>(),
            self.form("consent", &[("id", question.id.clone())], &buttons),
        );
        let title = oidc::consent_title(self.lang, &question.application);
        self.drawn(StatusCode::OK, &title, "", &body)
    }

    /// Asks whether the person wants to sign out.
    pub fn end(&self, application: Option<&str>, fields: &[(&'static str, String)]) -> Response {
        let asked =
            application.map(|a| format!("<p>{}</p>\n", escape(&oidc::end_asked(self.lang, a))));
        let buttons = [("end", oidc::end_submit(self.lang).to_owned())];
        let body = format!(
            "{}<p>{}</p>\n{}<p><a href=\"{}\">{}</a></p>\n",
            asked.unwrap_or_default(),
            oidc::end_lead(self.lang),
            self.form("end", fields, &buttons),
            domain::paths::overview(self.realm),
            oidc::stay(self.lang),
        );
        let title = oidc::end_title(self.lang);
        self.drawn(StatusCode::OK, title, "", &body)
    }

    fn form(
        &self,
        call: &str,
        fields: &[(&'static str, String)],
        buttons: &[(&str, String)],
    ) -> String {
        let hidden = fields.iter().map(|(name, value)| {
            format!(
                "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
                escape(value)
            )
        });
        let buttons = buttons.iter().enumerate().map(|(n, (value, label))| {
            let main = if n == 0 { " main" } else { "" };
            format!(
                "<button class=\"button{main} wide\" type=\"submit\" name=\"answer\" value=\"{value}\"><span>{}</span></button>\n",
                escape(label)
            )
        });
        format!(
            "<form class=\"stack\" method=\"post\" action=\"/{}/oidc/{call}\">{}\n{}</form>\n",
            self.realm,
            hidden.collect::<String>(),
            buttons.collect::<String>(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    #[tokio::test]
    async fn an_address_stays_an_address() {
        let realm = RealmSlug::parse("customers").expect("a slug");
        let paper = Paper {
            css: "/style.css",
            realm: &realm,
            name: "A <b>",
            lang: Lang::En,
            theme: None,
        };
        let page = paper.moving_on("https://a.example/?a=1&b=\"><script>", false);
        let body = page.into_body().collect().await.expect("a body").to_bytes();
        let body = String::from_utf8_lossy(&body);
        assert!(body.contains("0;url=https://a.example/?a=1&amp;b=&quot;&gt;&lt;script&gt;"));
        assert!(body.contains("A &lt;b&gt;"));
        assert!(!body.contains("<script"));
    }
}
