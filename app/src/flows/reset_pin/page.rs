//! Whose PIN, and by which chain.

use super::api;
use crate::{
    act::{Act, Call},
    flows::prove::api::ProveCancel,
    pages::parts::{Here, Hidden, Submit, Text, Way, factor_icon, purpose, top},
    ui::{Choice, ChoiceCards},
};
use domain::{
    FactorKind, Field, paths,
    screen::{self, CodePurpose, View},
};
use leptos::prelude::*;
use words::{frame, login, refusal::About, reset_pin};

/// "Forgot your PIN?"
pub fn forgot(view: &View, screen: &screen::Forgot) -> AnyView {
    let kind = screen.login_kind;
    let here = Here::about(view, About::login(kind));
    let lang = here.lang();
    let typed = screen.login.clone();
    view! {
        {top(here, reset_pin::title(lang), reset_pin::lead(lang))}
        <Act action={Call::<api::ResetPinAsk>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Text
                here=here
                field=Field::Login
                label=login::label(lang, kind)
                value=typed
                autocomplete="username"
            />
            <div class="row">
                <Submit label=reset_pin::submit(lang)/>
                <Way to=here.path(paths::sign_in) label=frame::cancel(lang)/>
            </div>
        </Act>
    }
    .into_any()
}

/// The chains, the same for every name.
pub fn chain(view: &View, screen: &screen::ChooseChain) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let ways = screen.chains.iter().enumerate().map(|(n, chain)| {
        let slugs: Vec<_> = chain.iter().map(|kind| kind.slug()).collect();
        let name = reset_pin::chain_name(lang, chain);
        let icon = chain.first().map_or("phone", |kind| factor_icon(*kind));
        view! { <Choice name=Field::Method.id() value=slugs.join(",") title=name icon=icon checked=n == 0/> }
    });
    let ways = ways.collect_view();
    view! {
        {top(here, reset_pin::title(lang), reset_pin::one_by_one(lang))}
        <Act action={Call::<api::ResetPinChain>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <ChoiceCards
                id=Field::Method.id()
                legend=reset_pin::chain(lang)
                show_legend=true
                hint=reset_pin::same_for_all(lang)
                error=Some(here.error(Field::Method))
            >
                {ways}
            </ChoiceCards>
            <div class="row"><Submit label=reset_pin::sign_in(lang)/></div>
        </Act>
        {leave(here)}
    }
    .into_any()
}

/// "Cancel": nothing of the reset stays.
pub(super) fn leave(here: Here) -> AnyView {
    view! {
        <Act action={Call::<ProveCancel>::new()} class="row">
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="purpose" value=purpose(CodePurpose::ResetPin)/>
            <Submit label=frame::cancel(here.lang()) class="button plain"/>
        </Act>
    }
    .into_any()
}

/// What refusals are about, once the phone said who it is.
pub(super) const fn about() -> About {
    About::factor(FactorKind::Emergency)
}
