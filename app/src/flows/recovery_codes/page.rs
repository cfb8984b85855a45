//! Make them, or see them once.

use super::{api::MakeRecoveryCodes, shown::Shown};
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Submit, Way, note, top},
    ui::Tone,
};
use domain::{
    paths,
    screen::{RecoveryCodes, View},
};
use leptos::prelude::*;
use words::{frame, recovery};

/// Offered, or shown.
pub fn page(view: &View, screen: &RecoveryCodes) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    if screen.codes.is_empty() {
        return offer(here, screen);
    }
    view! {
        {top(here, recovery::title(lang), recovery::shown_once(lang))}
        <Shown here=here codes=screen.codes.clone()/>
    }
    .into_any()
}

fn offer(here: Here, screen: &RecoveryCodes) -> AnyView {
    let lang = here.lang();
    let left = (screen.left > 0).then(|| {
        note(
            Tone::Warn,
            recovery::left(lang, screen.left),
            recovery::replaces(lang),
        )
    });
    let out = if screen.first {
        recovery::later(lang)
    } else {
        frame::cancel(lang)
    };
    view! {
        {top(here, recovery::title_offer(lang), recovery::offer_lead(lang))}
        {left}
        <Act action={Call::<MakeRecoveryCodes>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <div class="row">
                <Submit label=recovery::make(lang)/>
            </div>
        </Act>
        <p><Way to=here.path(paths::overview) label=out/></p>
    }
    .into_any()
}
