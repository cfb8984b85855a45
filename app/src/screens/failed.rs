//! No answer: said in both languages, because nothing is known of the reader.

use crate::error::AppError;
use domain::{Lang, paths};
use leptos::prelude::*;
use leptos_meta::{Html, Title};
use words::frame;

/// What happened, and what to do.
pub fn failed(error: &AppError) -> AnyView {
    let title = Lang::ALL.map(|lang| said(lang, error).0).join(" · ");
    let parts = Lang::ALL.map(|lang| part(lang, error)).collect_view();
    view! {
        <Html attr:lang=Lang::default().code()/>
        <Title text=title/>
        <div class="door" data-realm="desk">
            <main id="content">
                <div class="task stack far" id="problem" tabindex="-1">{parts}</div>
            </main>
        </div>
    }
    .into_any()
}

/// Heading and sentence.
const fn said(lang: Lang, error: &AppError) -> (&'static str, &'static str) {
    match error {
        AppError::Forbidden => (frame::not_allowed(lang), frame::not_found_lead(lang)),
        AppError::NotFound => (frame::not_found(lang), frame::not_found_lead(lang)),
        AppError::SignIn { .. } => (frame::signed_out(lang), frame::signed_out_lead(lang)),
        AppError::Offline => (frame::failed(lang), frame::offline(lang)),
        AppError::BadRequest | AppError::Unavailable { .. } | AppError::TooMany { .. } => {
            (frame::failed(lang), frame::failed_lead(lang))
        }
    }
}

fn part(lang: Lang, error: &AppError) -> AnyView {
    let (title, lead) = said(lang, error);
    let reference = match error {
        AppError::Unavailable { reference, .. } if !reference.is_empty() => {
            Some(view! { <p class="sm muted">{frame::reference(lang, reference)}</p> })
        }
        _ => None,
    };
    let (to, label) = match error {
        AppError::SignIn { path } => (path.clone(), words::sign_in::title(lang)),
        _ => (paths::START.to_owned(), frame::to_start(lang)),
    };
    view! {
        <section class="stack tight" lang=lang.code()>
            <h1 tabindex="-1">{title}</h1>
            <p class="lead">{lead}</p>
            {reference}
            <p><a class="button" href=to rel="external">{label}</a></p>
        </section>
    }
    .into_any()
}
