//! The realms that one administrates.

use crate::{
    pages::parts::{Here, top},
    ui::{KeyName, LinkButton, Panel},
};
use domain::{
    Lang, paths,
    screen::{AdminHome, RealmCard, View},
};
use leptos::prelude::*;
use words::admin;

/// Which realm.
pub fn page(view: &View, screen: &AdminHome) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    if screen.realms.is_empty() {
        return top(
            here,
            admin::home_nothing(lang),
            admin::home_nothing_lead(lang),
        );
    }
    let realms = screen
        .realms
        .iter()
        .map(|one| realm(lang, one))
        .collect_view();
    view! {
        {top(here, admin::home_title(lang), admin::home_lead(lang))}
        <div class="cards">{realms}</div>
    }
    .into_any()
}

fn realm(lang: Lang, one: &RealmCard) -> AnyView {
    let key = view! { <KeyName realm=one.slug.to_string() name=""/> }.into_any();
    let heard = admin::of_whom(lang, &one.name);
    let (people, invitations) = (
        paths::admin_people(&one.slug),
        paths::admin_invitations(&one.slug),
    );
    let summary = one.summary.clone();
    let also = heard.clone();
    let invitations = one.invites.then(|| {
        view! {
            <LinkButton href=invitations label=admin::invitations(lang) small=true icon=Some("mail") heard=also/>
        }
    });
    view! {
        <Panel title=one.name.clone() aside=Some(key)>
            <p class="muted">{summary}</p>
            <div class="row">
                <LinkButton href=people label=admin::people(lang) small=true icon=Some("user") heard=heard/>
                {invitations}
            </div>
        </Panel>
    }
    .into_any()
}
