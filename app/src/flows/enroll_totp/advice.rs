//! Before the QR code: an app has to be there.

use crate::{
    act::{Act, Call},
    flows::choose_method::{self, api::ChooseMethod},
    pages::parts::{Here, Hidden, Submit, note, top},
    ui::Tone,
};
use domain::{FactorKind, Field, Lang, paths, screen::View};
use leptos::prelude::*;
use words::{frame, instructions};

/// Which apps there are, and that it goes best with two devices.
pub fn advice(view: &View) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    view! {
        {top(here, instructions::advice_title(lang), instructions::advice_lead(lang))}
        {apps(lang)}
        {note(Tone::Info, instructions::second_device(lang), instructions::same_phone(lang))}
        <Act action={Call::<ChooseMethod>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Hidden name=Field::Method.id() value=FactorKind::Totp.slug()/>
            <div class="row">
                <Submit label=frame::proceed(lang)/>
            </div>
        </Act>
        <p><a href=here.path(paths::instructions)>{instructions::link(lang)}</a></p>
        {choose_method::cancel(here, frame::cancel(lang))}
    }
    .into_any()
}

/// Apps by name, none of them first but by the alphabet.
pub fn apps(lang: Lang) -> AnyView {
    let names = instructions::APPS.map(|name| view! { <li>{name}</li> });
    view! {
        <div class="stack near">
            <p>{instructions::apps(lang)}</p>
            <ul>{names.collect_view()}</ul>
            <p class="sm muted">{instructions::find(lang)}</p>
        </div>
    }
    .into_any()
}
