//! The top of a task: what went well, what did not, the heading.

use super::Here;
use crate::ui::{ErrorSummary, Heading, Note, Problem, Tone};
use domain::{Code, FactorKind, Field};
use leptos::prelude::*;
use leptos_meta::Title;
use words::{frame, news, refusal};

/// The icon of a kind of factor.
pub const fn factor_icon(kind: FactorKind) -> &'static str {
    match kind {
        FactorKind::Password => "lock",
        FactorKind::Pin => "pin",
        FactorKind::Totp => "totp",
        FactorKind::Email => "mail",
        FactorKind::Sms => "sms",
        FactorKind::Voice => "voice",
        FactorKind::Passkey => "passkey",
        FactorKind::Smartphone => "phone",
        FactorKind::Recovery => "codes",
        FactorKind::Emergency => "key",
    }
}

/// A notice: what it says, and what follows from it (may be empty).
pub fn note(tone: Tone, what: impl Into<String>, then: impl Into<String>) -> AnyView {
    let then = then.into();
    if then.is_empty() {
        return view! { <Note tone=tone title=what.into()/> }.into_any();
    }
    view! { <Note tone=tone title=what.into()><p>{then}</p></Note> }.into_any()
}

/// Title of the window, news, summary of problems, heading and lead (which may
/// be empty).
pub fn top(here: Here, title: &str, lead: &str) -> AnyView {
    let lang = here.lang();
    let (refusals, news) = here.with(|view| (view.refusals.clone(), view.news.clone()));
    let window = frame::title(lang, title, &here.place());
    let window = if refusals.is_empty() {
        window
    } else {
        frame::error_title(lang, &window)
    };
    let news = news.map(|n| {
        let (what, then) = news::text(lang, &n);
        move || {
            let then = (!then.is_empty()).then(|| view! { <p>{then}</p> });
            let what = what.clone();
            (!here.has_moved_on())
                .then(|| view! { <Note tone=Tone::Ok title=what live=true>{then}</Note> })
        }
    });
    let problems = refusals.iter().map(|r| {
        let field = if r.field == Field::Page {
            ""
        } else {
            r.field.id()
        };
        Problem::new(field, here.summary(r))
    });
    // A passkey of another realm: the way there, where a field's link would be.
    let elsewhere = refusals.iter().find_map(|r| match &r.code {
        Code::OtherRealm { name, path } => {
            Some((refusal::other_realm_link(lang, name), path.clone()))
        }
        _ => None,
    });
    let elsewhere =
        elsewhere.map(|(name, path)| view! { <p><a class="button" href=path>{name}</a></p> });
    view! {
        <Title text=window/>
        {news}
        <ErrorSummary title=frame::problem(lang) problems=problems.collect()/>
        {elsewhere}
        <Heading title=title.to_owned() lead=lead.to_owned()/>
    }
    .into_any()
}
