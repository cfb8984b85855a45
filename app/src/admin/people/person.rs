//! One person: facts, factors, history, actions.

use super::{
    actions::actions,
    api::{ManagerOnRecord, NumberOnRecord},
    state,
};
use crate::{
    act::{Act, Call},
    flows::manage_factors,
    pages::parts::{self, Here, Hidden, Submit, factor_icon, top},
    ui::{Fact, Facts, Field, KeyName, Panel, State, Tone, Trail, TrailItem},
};
use domain::{
    Field as At, Lang, paths,
    screen::{AdminPerson, FactorFace, HistoryRow, View},
};
use leptos::prelude::*;
use words::{admin, factor, frame, line, overview};

/// Everything that an administrator may know of a person.
pub fn person(view: &View, screen: &AdminPerson) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let who = &screen.person;
    let name = if who.name.is_empty() {
        who.login.clone()
    } else {
        who.name.clone()
    };
    let state = state(lang, who.disabled, who.frozen);
    let locked = screen
        .locked
        .then(|| view! { <State tone=Tone::Warn icon="lock" text=admin::locked(lang)/> });
    let waiting = (!screen.set_up)
        .then(|| view! { <State tone=Tone::Idle icon="wait" text=admin::not_set_up(lang)/> });
    view! {
        <nav aria-label=frame::breadcrumb(lang)>
            <a href=paths::admin_people(&screen.realm.slug)>{admin::people(lang)}</a>
            " / "
            {who.login.clone()}
        </nav>
        {top(here, &name, "")}
        <div class="row">
            <KeyName realm=screen.realm.slug.to_string() name=screen.realm.name.clone()/>
            <State tone=state.tone icon=state.icon text=state.text/>
            {locked}
            {waiting}
        </div>
        <div class="split">
            <div class="stack">
                {facts(lang, screen)}
                {number(here, screen)}
                {manager(here, screen)}
                {actions(here, screen)}
            </div>
            <div class="stack">
                {factors(lang, &screen.factors)}
                {history(lang, &screen.history)}
            </div>
        </div>
    }
    .into_any()
}

fn facts(lang: Lang, screen: &AdminPerson) -> AnyView {
    let facts = vec![
        Fact::new(admin::login(lang), screen.person.login.clone()),
        Fact::new(admin::email(lang), screen.email.clone()),
        Fact::new(admin::added(lang), screen.person.added.clone()),
        Fact::new(admin::sessions(lang), screen.sessions.to_string()),
        Fact::new(admin::recovery_left(lang), screen.recovery_left.to_string()),
    ];
    view! { <Panel title=admin::facts(lang)><Facts facts=facts/></Panel> }.into_any()
}

/// The number that the desk calls back.
fn number(here: Here, screen: &AdminPerson) -> AnyView {
    let lang = here.lang();
    let (realm, person) = (screen.realm.slug.to_string(), screen.person.id.clone());
    let number = screen.number.clone();
    view! {
        <Panel title=line::on_record(lang)>
            <Act action={Call::<NumberOnRecord>::new()}>
                <Hidden name="realm" value=realm/>
                <Hidden name="id" value=person/>
                <Field
                    name=At::Number.id()
                    label=line::on_record(lang)
                    hint=line::on_record_hint(lang)
                    kind="tel"
                    autocomplete=Some("off")
                    exact=true
                    value=number
                    error=Some(here.error(At::Number))
                />
                <div class="row"><Submit label=line::on_record_save(lang) class="button small"/></div>
            </Act>
        </Panel>
    }
    .into_any()
}

/// Who decides what the person asks for.
fn manager(here: Here, screen: &AdminPerson) -> AnyView {
    let lang = here.lang();
    let (realm, person) = (screen.realm.slug.to_string(), screen.person.id.clone());
    let now = match &screen.manager {
        Some(manager) => {
            let name = format!("{} ({})", manager.name, manager.login);
            let disabled = manager.disabled.then(
                || view! { <State tone=Tone::Stop icon="cross" text=admin::disabled(lang)/> },
            );
            view! { <p class="row"><strong>{name}</strong>{disabled}</p> }.into_any()
        }
        None => view! { <p class="muted">{admin::manager_none(lang)}</p> }.into_any(),
    };
    let login = screen.manager_login.clone();
    view! {
        <Panel title=admin::manager(lang)>
            {now}
            <Act action={Call::<ManagerOnRecord>::new()}>
                <Hidden name="realm" value=realm/>
                <Hidden name="id" value=person/>
                <Field
                    name=At::Manager.id()
                    label=admin::manager_login(lang)
                    hint=admin::manager_hint(lang)
                    autocomplete=Some("off")
                    exact=true
                    value=login
                    error=Some(here.error(At::Manager))
                />
                <div class="row"><Submit label=admin::manager_save(lang) class="button small"/></div>
            </Act>
        </Panel>
    }
    .into_any()
}

fn factors(lang: Lang, factors: &[FactorFace]) -> AnyView {
    if factors.is_empty() {
        return view! { <Panel title=admin::factors(lang)><p class="muted">{admin::factors_none(lang)}</p></Panel> }
            .into_any();
    }
    let rows = factors.iter().map(|one| {
        let used = if one.used.is_empty() {
            admin::never_used(lang).to_owned()
        } else {
            format!("{}: {}", overview::used(lang), one.used)
        };
        let detail = [one.name.as_str(), one.address.as_str(), used.as_str()];
        let detail: Vec<_> = detail.into_iter().filter(|d| !d.is_empty()).collect();
        let state = manage_factors::state(lang, one.ready);
        let end = view! { <State tone=state.tone icon=state.icon text=state.text/> };
        view! {
            <TrailItem
                icon=factor_icon(one.kind)
                title=factor::name(lang, one.kind)
                text=detail.join(", ")
                end=Some(end.into_any())
            />
        }
    });
    let rows = rows.collect_view();
    view! { <Panel title=admin::factors(lang)><Trail>{rows}</Trail></Panel> }.into_any()
}

fn history(lang: Lang, history: &[HistoryRow]) -> AnyView {
    if history.is_empty() {
        return view! { <Panel title=admin::history(lang)><p class="muted">{admin::history_none(lang)}</p></Panel> }
            .into_any();
    }
    let rows = parts::history(lang, history);
    view! { <Panel title=admin::history(lang)>{rows}</Panel> }.into_any()
}
