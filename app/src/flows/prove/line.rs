//! A code that comes by telephone: how far it has come, and the SMS that a browser reads.

use super::page::code_with;
use crate::{
    browser::{otp, progress},
    pages::parts::purpose,
    ui::Icon,
};
use domain::{
    FactorKind, Field, Lang,
    delivery::Delivery,
    screen::{CodeTask, Screen, View},
};
use leptos::prelude::*;
use words::line;

/// The page.
pub fn page(view: &View, task: &CodeTask) -> AnyView {
    code_with(view, task, arrives(view, task))
}

/// How far the code of a page has come; a browser that can reads it out of the SMS.
pub fn arrives(view: &View, task: &CodeTask) -> Option<AnyView> {
    if task.kind == FactorKind::Sms {
        otp::fill(Field::Code.id());
    }
    let realm = view.frame.realm.as_ref();
    let realm = realm.map_or_else(String::new, |realm| realm.slug.as_str().to_owned());
    task.delivery.map(|now| {
        let stream = format!("/waits/{realm}/{}", purpose(task.purpose));
        let path = view.frame.path.clone();
        let (lang, kind) = (view.frame.lang, task.kind);
        view! { <Arrives lang=lang kind=kind now=now stream=stream path=path/> }.into_any()
    })
}

/// How far a code has come on its way to a telephone, while the page waits for it;
/// `stream` tells when to look at the page at `path` again.
#[component]
fn Arrives(
    /// The language.
    lang: Lang,
    /// Which way it comes.
    kind: FactorKind,
    /// How far it has come.
    now: Delivery,
    /// Says that something moved.
    stream: String,
    /// The page.
    path: String,
) -> impl IntoView {
    let now = RwSignal::new(now);
    if !now.get_untracked().is_over() {
        progress::follow(stream, path, move |view| {
            let Screen::Code(task) = &view.screen else {
                return progress::Next::Draw;
            };
            // What is typed meanwhile stays: only the words change.
            match task.delivery {
                Some(moved) if now.try_set(moved).is_none() && !moved.is_over() => {
                    progress::Next::On
                }
                _ => progress::Next::Stop,
            }
        });
    }
    let icon = move || match now.get() {
        Delivery::Waiting | Delivery::Sent => "clock",
        Delivery::Delivered => "check",
        Delivery::Failed(_) => "cross",
    };
    view! {
        <p class="row sm" role="status">
            {move || view! { <Icon name=icon()/> }}
            <span>{move || line::delivery(lang, kind, now.get())}</span>
        </p>
    }
    .into_any()
}
