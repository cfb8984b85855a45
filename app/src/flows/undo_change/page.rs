//! What the button does, and what is to be done after it.

use super::api;
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Submit, top},
};
use domain::{
    paths,
    screen::{UndoChange, View},
};
use leptos::prelude::*;
use words::{cases, factor, not_me};

/// Before and after.
pub fn page(view: &View, screen: &UndoChange) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    if screen.done {
        return view! {
            {top(here, cases::undone_title(lang), cases::undone_lead(lang))}
            <p><a class="button main" href=here.path(paths::forgot)>{not_me::set_password(lang)}</a></p>
        }
        .into_any();
    }
    let lead = cases::undo_lead(lang, factor::name(lang, screen.kind), &screen.until);
    let token = screen.token.clone();
    view! {
        {top(here, cases::undo_title(lang), &lead)}
        <p>{cases::undo_ends(lang)}</p>
        <Act action={Call::<api::UndoChange>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="token" value=token/>
            <div class="row">
                <Submit label=cases::undo_submit(lang)/>
            </div>
        </Act>
        <p class="sm muted">{cases::undo_was_me(lang)}</p>
    }
    .into_any()
}
