//! The list.

use super::api::{EndOtherSessions, EndSession, ForgetDevice, WithdrawConsent};
use crate::{
    act::{Act, Call},
    pages::parts::{Confirm, Here, Hidden, Submit, top},
    ui::{Badge, Cards, Fact, FactorCard, Tone},
};
use domain::{
    Lang,
    screen::{ConsentFace, DeviceFace, SessionFace, Sessions, View},
};
use leptos::prelude::*;
use words::{oidc, sessions};

/// Newest first.
pub fn page(view: &View, screen: &Sessions) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let cards = screen
        .sessions
        .iter()
        .map(|one| card(here, one))
        .collect_view();
    let others = if screen.sessions.iter().any(|s| !s.here) {
        view! {
            <Confirm label=sessions::end_others(lang) sure=sessions::end_others_sure(lang)>
                <Act action={Call::<EndOtherSessions>::new()} class="row">
                    <Hidden name="realm" value=here.realm()/>
                    <Submit label=sessions::end_others_submit(lang) class="button small bad"/>
                </Act>
            </Confirm>
        }
        .into_any()
    } else {
        view! { <p class="muted">{sessions::only_here(lang)}</p> }.into_any()
    };
    view! {
        {top(here, sessions::title(lang), sessions::lead(lang))}
        <Cards>{cards}</Cards>
        {others}
        {devices(here, &screen.devices)}
        {consents(here, &screen.consents)}
    }
    .into_any()
}

/// Browsers where the password is enough for a while.
fn devices(here: Here, devices: &[DeviceFace]) -> Option<AnyView> {
    let lang = here.lang();
    if devices.is_empty() {
        return None;
    }
    let cards = devices.iter().map(|d| device(here, d)).collect_view();
    let section = view! {
        <section class="stack">
            <h2>{sessions::devices(lang)}</h2>
            <p class="muted">{sessions::devices_lead(lang)}</p>
            <Cards>{cards}</Cards>
        </section>
    };
    Some(section.into_any())
}

fn device(here: Here, one: &DeviceFace) -> AnyView {
    let lang = here.lang();
    let browser = browser(lang, &one.browser);
    let facts = vec![
        Fact::new(sessions::used(lang), one.used.clone()),
        Fact::new(sessions::until(lang), one.until.clone()),
        Fact::new(sessions::address(lang), one.address.clone()),
    ];
    let badge = one
        .here
        .then(|| Badge::new(Tone::Ok, "check", sessions::here(lang)));
    let (id, heard) = (one.id.clone(), browser.clone());
    view! {
        <FactorCard icon="globe" title=browser badge=badge facts=facts>
            <Confirm label=sessions::forget(lang) heard=heard sure=sessions::forget_sure(lang)>
                <Act action={Call::<ForgetDevice>::new()} class="row">
                    <Hidden name="realm" value=here.realm()/>
                    <Hidden name="id" value=id/>
                    <Submit label=sessions::forget_submit(lang) class="button small bad"/>
                </Act>
            </Confirm>
        </FactorCard>
    }
    .into_any()
}

/// Applications that may know who one is.
fn consents(here: Here, consents: &[ConsentFace]) -> Option<AnyView> {
    let lang = here.lang();
    if consents.is_empty() {
        return None;
    }
    let cards = consents.iter().map(|c| consent(here, c)).collect_view();
    let section = view! {
        <section class="stack">
            <h2>{sessions::consents(lang)}</h2>
            <p class="muted">{sessions::consents_lead(lang)}</p>
            <Cards>{cards}</Cards>
        </section>
    };
    Some(section.into_any())
}

fn consent(here: Here, one: &ConsentFace) -> AnyView {
    let lang = here.lang();
    let knows = one
        .scopes
        .iter()
        .map(|scope| view! { <li>{oidc::scope(lang, *scope)}</li> })
        .collect_view();
    let facts = vec![
        Fact::new(
            sessions::consent_knows(lang),
            view! { <ul class="bullets">{knows}</ul> },
        ),
        Fact::new(sessions::consent_since(lang), one.since.clone()),
    ];
    let (id, name, heard) = (one.id.clone(), one.name.clone(), one.name.clone());
    view! {
        <FactorCard icon="globe" title=name facts=facts>
            <Confirm label=sessions::withdraw(lang) heard=heard sure=sessions::withdraw_sure(lang)>
                <Act action={Call::<WithdrawConsent>::new()} class="row">
                    <Hidden name="realm" value=here.realm()/>
                    <Hidden name="id" value=id/>
                    <Submit label=sessions::withdraw_submit(lang) class="button small bad"/>
                </Act>
            </Confirm>
        </FactorCard>
    }
    .into_any()
}

/// A browser in words.
fn browser(lang: Lang, named: &str) -> String {
    if named.is_empty() {
        sessions::unknown_browser(lang).to_owned()
    } else {
        named.to_owned()
    }
}

fn card(here: Here, one: &SessionFace) -> AnyView {
    let lang = here.lang();
    let browser = browser(lang, &one.browser);
    let facts = vec![
        Fact::new(sessions::opened(lang), one.opened.clone()),
        Fact::new(sessions::seen(lang), one.seen.clone()),
        Fact::new(sessions::address(lang), one.address.clone()),
    ];
    if one.here {
        let badge = Badge::new(Tone::Ok, "check", sessions::here(lang));
        return view! { <FactorCard icon="globe" title=browser badge=Some(badge) facts=facts/> }
            .into_any();
    }
    let (id, heard) = (one.id.clone(), browser.clone());
    view! {
        <FactorCard icon="globe" title=browser facts=facts>
            <Confirm label=sessions::end(lang) heard=heard sure=sessions::end_sure(lang)>
                <Act action={Call::<EndSession>::new()} class="row">
                    <Hidden name="realm" value=here.realm()/>
                    <Hidden name="id" value=id/>
                    <Submit label=sessions::end_submit(lang) class="button small bad"/>
                </Act>
            </Confirm>
        </FactorCard>
    }
    .into_any()
}
