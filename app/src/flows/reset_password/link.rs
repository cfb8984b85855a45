//! The pages that mailed links open.

use super::api;
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Submit, Way, note, top},
    ui::Tone,
};
use domain::{
    link::Purpose,
    paths,
    screen::{self, Dead, View},
};
use leptos::prelude::*;
use words::{enroll, overview, reset};

/// Go on? Mail scanners open links; only the button acts.
pub fn confirm_link(view: &View, screen: &screen::ConfirmLink) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let (purpose, anew, token) = (screen.purpose, screen.anew, screen.token.clone());
    view! {
        {top(here, reset::link_title(lang, purpose, anew), reset::link_lead(lang, purpose, anew))}
        <Act action={Call::<api::OpenLink>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="purpose" value=purpose.slug()/>
            <Hidden name="token" value=token/>
            <div class="row">
                <Submit label=reset::link_submit(lang, purpose)/>
                <Way to=here.path(paths::sign_in) label=enroll::to_sign_in(lang)/>
            </div>
        </Act>
    }
    .into_any()
}

/// The link does not work any more: why, and what now.
pub fn dead_link(view: &View, screen: &screen::DeadLink) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let (purpose, token) = (screen.purpose, screen.token.clone());
    let renewable = matches!(purpose, Purpose::Invitation | Purpose::ResetPassword);
    let sign_in = here.path(paths::sign_in);
    let next = match screen.why {
        Dead::Expired if renewable => view! {
            <Act action={Call::<api::FreshLink>::new()}>
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="purpose" value=purpose.slug()/>
                <Hidden name="token" value=token/>
                <p class="sm muted">{reset::fresh_why(lang)}</p>
                <div class="row">
                    <Submit label=reset::fresh(lang)/>
                    <Way to=sign_in label=reset::dead_sign_in(lang)/>
                </div>
            </Act>
        }
        .into_any(),
        Dead::Unknown if screen.purpose == Purpose::ResetPassword => view! {
            <div class="row">
                <a class="button main" href=here.path(paths::forgot)>{reset::fresh(lang)}</a>
                <Way to=sign_in label=reset::dead_sign_in(lang)/>
            </div>
        }
        .into_any(),
        _ => view! {
            <div class="row"><a class="button main" href=sign_in>{reset::dead_sign_in(lang)}</a></div>
        }
        .into_any(),
    };
    let frozen = (screen.purpose == Purpose::NotMe && screen.why == Dead::Used).then(|| {
        note(
            Tone::Warn,
            overview::frozen(lang),
            overview::frozen_why(lang),
        )
    });
    view! {
        {top(here, reset::dead_title(lang, screen.why), reset::dead_lead(lang, screen.purpose, screen.why))}
        {frozen}
        {next}
    }
    .into_any()
}
