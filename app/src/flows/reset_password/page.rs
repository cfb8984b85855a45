//! Asking for a mail, and what to do while it is on its way.

use super::api;
use crate::{
    act::{Act, Call},
    flows::prove::again,
    pages::parts::{Code, Here, Hidden, Submit, Text, Way, top},
};
use domain::{
    FactorKind, Field, paths,
    policy::LoginKind,
    screen::{self, View},
};
use leptos::prelude::*;
use words::{count, frame, login, refusal::About, reset};

/// "Forgot username or password?"
pub fn forgot(view: &View, screen: &screen::Forgot) -> AnyView {
    let kind = screen.login_kind;
    let here = Here::about(view, About::login(kind));
    let lang = here.lang();
    let typed = screen.login.clone();
    view! {
        {top(here, reset::forgot_title(lang), reset::forgot_lead(lang))}
        <Act action={Call::<api::Forgot>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Text
                here=here
                field=Field::Login
                label=login::label(lang, kind)
                value=typed
                kind=if kind == LoginKind::Email { "email" } else { "text" }
                autocomplete="username"
            />
            <div class="row">
                <Submit label=frame::proceed(lang)/>
                <Way to=here.path(paths::sign_in) label=frame::cancel(lang)/>
            </div>
        </Act>
    }
    .into_any()
}

/// The mail is on its way, or would be: this page does not know.
pub fn mail_sent(view: &View, screen: &screen::MailSent) -> AnyView {
    let here = Here::about(view, About::factor(FactorKind::Email));
    let lang = here.lang();
    let (login, wait) = (screen.login.clone(), screen.resend_in);
    let lead = if screen.registers {
        reset::sent_registered(lang, &screen.login)
    } else {
        reset::sent_lead(lang, &screen.login)
    };
    let works = count::duration(lang, screen.minutes.saturating_mul(60));
    view! {
        {top(here, reset::sent_title(lang), &lead)}
        <p>{reset::sent_works(lang, &works)}</p>
        <section class="stack tight">
            <h2>{reset::sent_code_title(lang)}</h2>
            <p class="muted">{reset::sent_code_lead(lang)}</p>
            <Act action={Call::<api::ForgotCode>::new()}>
                <Hidden name="realm" value=here.realm()/>
                <Code here=here label=reset::sent_code(lang) digits=8/>
                <div class="row">
                    <Submit label=frame::proceed(lang) class="button"/>
                </div>
            </Act>
        </section>
        <section class="stack tight">
            <h2>{reset::sent_not_there(lang)}</h2>
            <p class="muted">{reset::sent_reasons(lang)}</p>
            <Act action={Call::<api::Forgot>::new()}>
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="login" value=login/>
                {again(lang, wait, reset::sent_again(lang))}
            </Act>
            <p class="row">
                <a href=here.path(paths::forgot)>{reset::sent_other(lang)}</a>
                <a href=here.path(paths::sign_in)>{reset::back_to_sign_in(lang)}</a>
            </p>
        </section>
    }
    .into_any()
}
