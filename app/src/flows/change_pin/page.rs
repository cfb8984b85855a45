//! The new PIN, twice.

use super::api;
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Secret, Submit, Way, factor_icon, top},
    ui::{Field as Line, Icon},
};
use domain::{
    FactorKind, Field, paths,
    screen::{ChangePin, View},
};
use leptos::prelude::*;
use words::{frame, pin, refusal::About, reset};

/// The form. The account stands above it, so that password managers store the
/// new PIN in the right place.
pub fn page(view: &View, screen: &ChangePin) -> AnyView {
    let here = Here::about(view, About::factor(FactorKind::Pin));
    let lang = here.lang();
    let hint = format!(
        "{} {}",
        pin::rule_length(lang, screen.least),
        pin::rules(lang)
    );
    let login = screen.login.clone();
    view! {
        {top(here, pin::title(lang), pin::lead(lang))}
        <Act action={Call::<api::ChangePin>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <p class="row"><Icon name=factor_icon(FactorKind::Pin)/></p>
            <Line name="account" label=reset::account(lang) value=login autocomplete=Some("username") readonly=true/>
            <Secret
                here=here
                field=Field::Pin
                label=pin::new(lang)
                hint=hint
                autocomplete="new-password"
                digits=true
            />
            <Secret
                here=here
                field=Field::Repeat
                label=pin::repeat(lang)
                autocomplete="new-password"
                digits=true
            />
            <div class="row">
                <Submit label=frame::save(lang)/>
                <Way to=here.path(paths::overview) label=frame::back(lang)/>
            </div>
        </Act>
    }
    .into_any()
}
