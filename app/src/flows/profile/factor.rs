//! Where codes go, how, and what is to change.

use super::tabs::{Tab, tabs};
use crate::{
    flows::approval::{stage_badge, state},
    pages::parts::{Here, factor_icon, note, top},
    ui::{Fact, Facts, Icon, Panel, State, Tone},
};
use domain::{
    paths,
    screen::{LineChoice, LineState, PendingChange, ProfileFactor, View},
};
use leptos::prelude::*;
use words::{approval, factor, profile};

/// The tab "Second factor".
pub fn page(view: &View, screen: &ProfileFactor) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let (number, current) = match screen.current {
        Some(kind) => (screen.number.clone(), factor::name(lang, kind)),
        None => (approval::none(lang).to_owned(), approval::none(lang)),
    };
    let mut number = Fact::new(approval::number(lang), number);
    if let Some(kind) = screen.current {
        let to = here.path(|realm| paths::add_kind(realm, kind));
        number = number.action(view! { <a href=to>{approval::change_number(lang)}</a> });
    }
    let mut facts = vec![number, Fact::new(approval::current(lang), current)];
    if !screen.since.is_empty() {
        facts.push(Fact::new(approval::since(lang), screen.since.clone()));
    }
    if !screen.review.is_empty() {
        facts.push(Fact::new(
            approval::review(lang),
            view! {
                {screen.review.clone()}
                <p class="sm muted">{approval::review_why(lang)}</p>
            },
        ));
    }
    let methods = screen.methods.iter().map(|one| method(here, *one));
    let methods = methods.collect_view();
    let pending = if screen.pending.is_empty() {
        view! { <p class="muted">{approval::pending_none(lang)}</p> }.into_any()
    } else {
        let rows = screen.pending.iter().map(|one| change(here, one));
        rows.collect_view().into_any()
    };
    view! {
        {top(here, profile::title(lang), "")}
        {tabs(here, Tab::Factor)}
        <Facts facts=facts lined=true/>
        <Panel title=approval::method(lang)>
            <ul class="trail">{methods}</ul>
        </Panel>
        <Panel title=approval::pending(lang)>{pending}</Panel>
        {note(Tone::Idle, approval::weak(lang), "")}
    }
    .into_any()
}

/// One way of getting codes, and what it takes.
fn method(here: Here, one: LineChoice) -> AnyView {
    let lang = here.lang();
    let kind = one.kind;
    let tone = if one.state == LineState::Current {
        Tone::Ok
    } else {
        Tone::Idle
    };
    let ask = here.path(|realm| paths::request_kind(realm, kind));
    let link = match one.state {
        LineState::Current | LineState::Desk => None,
        LineState::Open => Some((
            here.path(|realm| paths::add_kind(realm, kind)),
            approval::set_up(lang),
        )),
        LineState::Ask => Some((ask, approval::ask(lang, kind))),
        LineState::Asked => Some((ask, approval::see_request(lang))),
    };
    let link = link.map(|(to, label)| view! { <p><a href=to>{label}</a></p> });
    let state = (one.state == LineState::Current).then(|| {
        view! { <State tone=tone icon="check" text=approval::state_current(lang)/> }
    });
    let says = (one.state != LineState::Current)
        .then(|| view! { <p class="muted">{approval::state_of(lang, one.state)}</p> });
    view! {
        <li>
            <Icon name=factor_icon(kind)/>
            <div>
                <strong>{factor::name(lang, kind)}</strong>
                {says}
                {link}
            </div>
            {state}
        </li>
    }
    .into_any()
}

/// What is to change: what, who decides, since when, until when, and the way to take it
/// back.
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
        <div class="stack tight">
            <p class="row">
                <strong>{request.name.clone()}</strong>
                <State tone=badge.tone icon=badge.icon text=badge.text/>
            </p>
            {state(lang, request)}
            <p class="row">
                {set_up}
                <a class="button" href=to>{approval::see_request(lang)}</a>
            </p>
        </div>
    }
    .into_any()
}
