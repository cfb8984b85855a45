//! What surrounds a code wherever one is typed: where it was sent, how long it
//! works, how to get a new one.

use crate::{browser::countdown, ui::Icon};
use domain::{FactorKind as Kind, Lang, screen::CodeTask};
use leptos::prelude::*;
use words::{count, prove};

/// Where the code is to be found.
pub fn code_lead(lang: Lang, task: &CodeTask) -> AnyView {
    let plain = |text: &'static str| view! { <p class="lead">{text}</p> }.into_any();
    let says = match task.kind {
        Kind::Email => prove::sent_mail(lang, &task.sent_at),
        Kind::Sms => prove::sent_sms(lang, &task.sent_at),
        Kind::Voice => prove::sent_call(lang, &task.sent_at),
        Kind::Pin => return plain(prove::pin_lead(lang)),
        Kind::Password => return plain(prove::password_lead(lang)),
        Kind::Recovery => return plain(prove::recovery_lead(lang)),
        _ if task.on_phone => return plain(words::phone::codes_type(lang)),
        _ => return plain(prove::totp_lead(lang)),
    };
    let to = task.sent_to.clone();
    (!to.is_empty())
        .then(|| view! { <p class="lead">{says}" "<strong>{to}</strong>"."</p> })
        .into_any()
}

/// How long the code works: as a bar, as a time and in minutes. Minutes change
/// once a minute, so a screen reader is not told every second.
pub fn validity(lang: Lang, task: &CodeTask) -> AnyView {
    if task.valid_until.is_empty() {
        return ().into_any();
    }
    let left = countdown::from(task.seconds_left);
    let minutes = Memo::new(move |_| (left.get() + 59) / 60 * 60);
    let says = move || match minutes.get() {
        0 => prove::expired(lang).to_owned(),
        seconds => prove::left(lang, &count::duration(lang, seconds)),
    };
    view! {
        <div class="stack near">
            <progress
                value=move || left.get().to_string()
                max=task.seconds_total.max(1).to_string()
                aria-label=prove::validity(lang)
            ></progress>
            <p class="row spread sm muted">
                <span>{prove::valid_until(lang, &task.valid_until)}</span>
                <span>{says}</span>
            </p>
        </div>
    }
    .into_any()
}

/// "No e-mail?" with the button for a new code, "Not arrived?" with the one that sends the
/// same once more; `form` puts that button into the form of its flow, `more` is what else
/// helps. Nothing for codes that nobody sends.
pub fn resend_part(
    lang: Lang,
    task: &CodeTask,
    form: impl FnOnce(AnyView) -> AnyView,
    more: Option<AnyView>,
) -> AnyView {
    let (title, lead, button) = match task.kind {
        Kind::Email => (
            prove::no_mail(lang),
            prove::look_in_spam(lang),
            prove::resend(lang),
        ),
        Kind::Sms => (
            prove::not_arrived(lang),
            prove::same_sms(lang),
            prove::send_again(lang),
        ),
        Kind::Voice => (
            prove::not_arrived(lang),
            prove::same_call(lang),
            prove::call_again(lang),
        ),
        _ => return ().into_any(),
    };
    view! {
        <section class="stack tight">
            <h2>{title}</h2>
            <p class="muted">{lead}</p>
            {form(again(lang, task.resend_in, button))}
            {more}
        </section>
    }
    .into_any()
}

/// A submit button that may be pressed again in a while. Before that it says
/// when; without script the server says it.
pub fn again(lang: Lang, seconds: i64, label: &'static str) -> AnyView {
    let left = countdown::from(seconds);
    let waits = move || left.get() > 0;
    view! {
        <div class="row">
            <button
                class="button small"
                type="submit"
                aria-disabled=move || waits().then_some("true")
                aria-describedby=move || waits().then_some("again")
                on:click=move |ev| {
                    if left.get_untracked() > 0 {
                        ev.prevent_default();
                    }
                }
            >
                <Icon name="refresh"/>
                {label}
            </button>
            <p class="why" id="again" hidden=move || !waits()>
                <Icon name="clock"/>
                <span>
                    {prove::again_in(lang)} " "
                    <time class="num">{move || count::clock(left.get())}</time>
                </span>
            </p>
        </div>
    }
    .into_any()
}
