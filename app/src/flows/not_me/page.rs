//! What the button does, and what happens after it.

use super::api;
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Submit, desk_phone, top},
};
use domain::screen::{NotMe, View};
use leptos::prelude::*;
use words::not_me;

/// Before and after.
pub fn page(view: &View, screen: &NotMe) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    if screen.done {
        return view! {
            {top(here, not_me::done_title(lang), not_me::done_lead(lang))}
            <p>{not_me::done_next(lang)}</p>
            {desk_phone(here)}
        }
        .into_any();
    }
    let token = screen.token.clone();
    view! {
        {top(here, not_me::title(lang), not_me::lead(lang))}
        <ol class="steps">
            <li><p>{not_me::ends(lang)}</p></li>
            <li><p>{not_me::freezes(lang)}</p></li>
            <li><p>{not_me::tells(lang)}</p></li>
        </ol>
        <Act action={Call::<api::NotMe>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="token" value=token/>
            <div class="row">
                <Submit label=not_me::submit(lang)/>
            </div>
        </Act>
        <p class="sm muted">{not_me::was_me(lang)}</p>
    }
    .into_any()
}
