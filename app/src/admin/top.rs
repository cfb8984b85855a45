//! The top of a page about one realm.

use crate::{
    pages::parts::{Here, top},
    ui::{KeyName, LinkButton},
};
use domain::{paths, screen::RealmCard};
use leptos::prelude::*;
use words::admin;

/// Heading, the realm with its cut, and the way to another one.
pub fn of_realm(here: Here, title: &str, realm: &RealmCard, extra: AnyView) -> AnyView {
    let lang = here.lang();
    view! {
        {top(here, title, "")}
        <div class="row spread">
            <KeyName realm=realm.slug.to_string() name=realm.name.clone()/>
            <div class="row">
                {extra}
                <LinkButton href=paths::ADMIN label=admin::change_realm(lang) small=true/>
            </div>
        </div>
    }
    .into_any()
}
