//! What is to change: what, who decides, since when, effective when, and how it is dropped.

use super::api::{CancelNumber, CancelSwitch};
use crate::{
    act::{Act, Call},
    flows::approval::{own, stage_badge, withdraw},
    pages::parts::{Confirm, Here, Hidden, Submit},
    ui::{Fact, Facts, State, Tone},
};
use domain::{
    paths,
    screen::{PendingChange, PendingNumber, PendingSwitch, ProfileFactor},
};
use leptos::prelude::*;
use words::{approval, factor};

/// The list.
pub fn all(here: Here, screen: &ProfileFactor) -> AnyView {
    if screen.pending.is_empty() && screen.switch.is_none() && screen.proving.is_none() {
        let none = approval::pending_none(here.lang());
        return view! { <p class="muted">{none}</p> }.into_any();
    }
    let moves = screen.current.is_some();
    let proving = screen.proving.as_ref().map(|one| number(here, one, moves));
    let rows = screen.pending.iter().map(|one| change(here, one));
    let rows = rows.collect_view();
    let switch = screen.switch.as_ref().map(|one| switch(here, one));
    view! { {proving} {rows} {switch} }.into_any()
}

/// A number, which waits for the code that went there; it `moves` codes from another one.
fn number(here: Here, one: &PendingNumber, moves: bool) -> AnyView {
    let lang = here.lang();
    let title = if moves {
        approval::change_number(lang)
    } else {
        factor::name(lang, one.kind)
    };
    let until = approval::effect_proving(lang, &one.until);
    let facts = vec![
        Fact::new(approval::codes(lang), factor::name(lang, one.kind)),
        Fact::new(approval::number(lang), one.number.clone()),
        Fact::new(approval::asked(lang), one.since.clone()),
        Fact::new(approval::decides(lang), approval::proving_decides(lang)),
        Fact::new(approval::effect(lang), until),
    ];
    let to = here.path(|realm| paths::add_kind(realm, one.kind));
    let drop = view! {
        <Act action={Call::<CancelNumber>::new()} class="row">
            <Hidden name="realm" value=here.realm()/>
            <Submit label=approval::cancel_change(lang) class="button small bad"/>
        </Act>
    };
    let drop = drop.into_any();
    view! {
        <div class="stack tight parted">
            <p class="row">
                <strong>{title}</strong>
                <State tone=Tone::Idle icon="wait" text=approval::proving(lang)/>
            </p>
            <Facts facts=facts/>
            <p class="row">
                <a class="button main" href=to>{approval::proving_type(lang)}</a>
            </p>
            {cancel(here, drop)}
        </div>
    }
    .into_any()
}

/// Dropping it by `act`, asked once more.
fn cancel(here: Here, act: AnyView) -> AnyView {
    let lang = here.lang();
    view! {
        <Confirm label=approval::cancel_change(lang) sure=approval::cancel_change_sure(lang)>
            {act}
        </Confirm>
    }
    .into_any()
}

/// A request: what, who decides, since when, until when, and the way to take it back.
fn change(here: Here, one: &PendingChange) -> AnyView {
    let lang = here.lang();
    let request = &one.request;
    let badge = stage_badge(lang, request.stage);
    let kind = request.kind;
    let to = here.path(|realm| paths::request_kind(realm, kind));
    let set_up = one.sets_up.then(|| {
        let to = here.path(|realm| paths::add_kind(realm, kind));
        view! { <a class="button main" href=to>{approval::set_up(lang)}</a> }
    });
    view! {
        <div class="stack tight parted">
            <p class="row">
                <strong>{request.name.clone()}</strong>
                <State tone=badge.tone icon=badge.icon text=badge.text/>
            </p>
            {own(lang, request)}
            <p class="row">
                {set_up}
                <a class="button" href=to>{approval::see_request(lang)}</a>
            </p>
            {withdraw(here, true)}
        </div>
    }
    .into_any()
}

/// What one of the service desk wants to switch.
fn switch(here: Here, one: &PendingSwitch) -> AnyView {
    let lang = here.lang();
    let facts = vec![
        Fact::new(approval::codes(lang), factor::name(lang, one.kind)),
        Fact::new(approval::number(lang), one.number.clone()),
        Fact::new(approval::asked(lang), one.since.clone()),
        Fact::new(approval::decides(lang), approval::second_agent(lang)),
        Fact::new(
            approval::effect(lang),
            approval::effect_second(lang, &one.until),
        ),
    ];
    let id = one.id.clone();
    let drop = view! {
        <Act action={Call::<CancelSwitch>::new()} class="row">
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="id" value=id/>
            <Submit label=approval::cancel_change(lang) class="button small bad"/>
        </Act>
    };
    let drop = drop.into_any();
    view! {
        <div class="stack tight parted">
            <p class="row">
                <strong>{approval::switch_to(lang, one.kind)}</strong>
                <State tone=Tone::Idle icon="wait" text=approval::stage_second(lang)/>
            </p>
            <Facts facts=facts/>
            <p class="sm muted">{approval::switch_not_you(lang)}</p>
            {cancel(here, drop)}
        </div>
    }
    .into_any()
}
