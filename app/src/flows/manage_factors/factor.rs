//! One of them: rename, test, remove.

use super::{
    api::RenameFactor,
    card::{called, card, remove, test},
};
use crate::{
    act::{Act, Call},
    flows::enroll_phone::api::ReplacePhone,
    pages::parts::{Here, Hidden, Submit, Text, Way, top},
    ui::{Cards, LinkButton},
};
use domain::{
    FactorKind, Field, paths,
    screen::{FactorFace, FactorPage, ResetsPin, View},
};
use leptos::prelude::*;
use words::{capture, frame, overview, phone, pin};

/// One factor.
pub fn page(view: &View, screen: &FactorPage) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let one = &screen.factor;
    let typed = screen.name.clone();
    // What is remembered is replaced, never removed.
    let removal = (!one.kind.is_knowledge()).then(|| {
        view! {
            <section class="stack tight">
                <h2>{overview::remove(lang)}</h2>
                {remove(here, one, false, screen.moves)}
            </section>
        }
    });
    let face = card(lang, one, ().into_any());
    view! {
        {top(here, &called(lang, one), "")}
        <Cards>{face}</Cards>
        {screen.moves.then(|| move_codes(here))}
        {(screen.resets_pin != Some(ResetsPin::After)).then(|| modify(here, one, typed))}
        {(one.kind == FactorKind::Smartphone).then(|| new_phone(here, one))}
        <section class="stack tight">
            <h2>{overview::test(lang)}</h2>
            <p class="muted">{overview::test_about(lang)}</p>
            {test(here, one)}
        </section>
        {removal}
        <p><Way to=here.path(paths::overview) label=frame::back(lang)/></p>
    }
    .into_any()
}

/// Where codes go is changed, not removed.
fn move_codes(here: Here) -> AnyView {
    let to = here.path(|realm| paths::add_kind(realm, FactorKind::Email));
    view! { <p><LinkButton href=to label=capture::change(here.lang())/></p> }.into_any()
}

/// Another phone takes the place of this one, which works until then.
fn new_phone(here: Here, one: &FactorFace) -> AnyView {
    let lang = here.lang();
    let id = one.id.clone();
    view! {
        <section class="stack tight">
            <h2>{phone::replace(lang)}</h2>
            <p class="muted">{phone::replace_lead(lang)}</p>
            <Act action={Call::<ReplacePhone>::new()} class="row">
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="id" value=id/>
                <Submit label=phone::replace_submit(lang) class="button"/>
            </Act>
        </section>
    }
    .into_any()
}

/// What can be changed: a PIN itself, of everything else the name.
fn modify(here: Here, one: &FactorFace, typed: String) -> AnyView {
    let lang = here.lang();
    if one.kind == FactorKind::Pin {
        let to = here.path(paths::change_pin);
        return view! {
            <section class="stack tight">
                <h2>{overview::modify(lang)}</h2>
                <p class="muted">{pin::lead(lang)}</p>
                <p><LinkButton href=to label=overview::modify(lang)/></p>
            </section>
        }
        .into_any();
    }
    let id = one.id.clone();
    view! {
        <section class="stack tight">
            <h2>{overview::rename(lang)}</h2>
            <Act action={Call::<RenameFactor>::new()}>
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="id" value=id/>
                <Text
                    here=here
                    field=Field::Name
                    label=overview::name(lang)
                    hint=overview::name_hint(lang)
                    value=typed
                />
                <div class="row">
                    <Submit label=frame::save(lang)/>
                </div>
            </Act>
        </section>
    }
    .into_any()
}
