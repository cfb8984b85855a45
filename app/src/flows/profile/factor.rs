//! Where codes go, how, and what is to change.

use super::{
    pending,
    tabs::{Tab, tabs},
};
use crate::{
    browser::progress,
    flows::approval::stream,
    pages::parts::{Here, factor_icon, note, top},
    ui::{Fact, Facts, Icon, Panel, State, Tone},
};
use domain::{
    paths,
    screen::{LineChoice, LineState, ProfileFactor, Screen, View},
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
    let other = screen.current.is_some();
    let methods = screen.methods.iter().map(|one| method(here, *one, other));
    let methods = methods.collect_view();
    let pending = pending::all(here, screen);
    follow(view, here, screen);
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

/// What is to change moves by itself.
fn follow(view: &View, here: Here, screen: &ProfileFactor) {
    if screen.pending.is_empty() && screen.switch.is_none() {
        return;
    }
    let (path, before) = (view.frame.path.clone(), screen.clone());
    progress::follow(stream(here), path, move |view| match &view.screen {
        Screen::ProfileFactor(now) if *now == before => progress::Next::On,
        _ => progress::Next::Draw,
    });
}

/// One way of getting codes, and what it takes; `other` codes are in use.
fn method(here: Here, one: LineChoice, other: bool) -> AnyView {
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
    // An approval switches nobody, and neither do they themselves.
    let desk = (other && matches!(one.state, LineState::Ask | LineState::Asked))
        .then(|| view! { <p class="muted">{approval::state_desk(lang)}</p> });
    view! {
        <li>
            <Icon name=factor_icon(kind)/>
            <div>
                <strong>{factor::name(lang, kind)}</strong>
                {says}
                {desk}
                {link}
            </div>
            {state}
        </li>
    }
    .into_any()
}
