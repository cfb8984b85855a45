//! One of them: rename, test, remove.

use super::{
    api::RenameFactor,
    card::{called, card, remove, test},
};
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Submit, Text, Way, top},
    ui::Cards,
};
use domain::{
    Field, paths,
    screen::{FactorPage, View},
};
use leptos::prelude::*;
use words::{frame, overview};

/// One factor.
pub fn page(view: &View, screen: &FactorPage) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let one = &screen.factor;
    let (id, typed) = (one.id.clone(), screen.name.clone());
    let face = card(lang, one, ().into_any());
    view! {
        {top(here, &called(lang, one), "")}
        <Cards>{face}</Cards>
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
        <section class="stack tight">
            <h2>{overview::test(lang)}</h2>
            <p class="muted">{overview::test_about(lang)}</p>
            {test(here, one)}
        </section>
        <section class="stack tight">
            <h2>{overview::remove(lang)}</h2>
            {remove(here, one, false, false)}
        </section>
        <p><Way to=here.path(paths::overview) label=frame::back(lang)/></p>
    }
    .into_any()
}
