//! The page: one, many, and those that were sent.

use super::{csv::many, list::list, one::one};
use crate::{
    admin::{pager, top::of_realm},
    pages::parts::Here,
};
use domain::{
    paths,
    screen::{AdminInvitations, View},
};
use leptos::prelude::*;
use words::admin;

/// Invitations of a realm.
pub fn page(view: &View, screen: &AdminInvitations) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let realm = screen.realm.slug.to_string();
    let path = paths::admin_invitations(&screen.realm.slug);
    view! {
        {of_realm(here, admin::invitations(lang), &screen.realm, ().into_any())}
        <div class="split even">
            {one(here, &realm, &screen.typed)}
            {many(here, &screen.realm.slug, &screen.typed.csv, screen.report.as_ref())}
        </div>
        <section class="stack tight">
            <h2>{admin::list(lang)}</h2>
            <div>
                {list(lang, &realm, &screen.rows)}
                {pager::pager(lang, &path, "", screen.next.as_deref(), screen.later)}
            </div>
        </section>
    }
    .into_any()
}
