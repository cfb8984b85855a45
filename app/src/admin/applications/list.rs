//! All of them, and the form for another one.

use super::{api, form::fields};
use crate::{
    act::{Act, Call},
    admin::top::of_realm,
    pages::parts::{Here, Hidden, Submit, Text},
    ui::{Cell, Column, DataTable, Empty, Panel, Row, Select, SelectOption, State, Tone},
};
use domain::{
    Field, Lang,
    oidc::Kind,
    paths,
    screen::{AdminApplications, ApplicationRow, ApplicationState, View},
};
use leptos::prelude::*;
use words::applications as say;

/// The page.
pub fn list(view: &View, screen: &AdminApplications) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    view! {
        {of_realm(here, say::title(lang), &screen.realm, ().into_any())}
        <p class="muted">{say::lead(lang)}</p>
        {table(lang, screen)}
        {form(here, screen)}
    }
    .into_any()
}

/// Where an application stands, as a badge.
pub fn state(lang: Lang, state: ApplicationState) -> AnyView {
    let (tone, icon) = match state {
        ApplicationState::Policy => (Tone::Idle, "doc"),
        ApplicationState::On => (Tone::Ok, "check"),
        ApplicationState::Off => (Tone::Idle, "dash"),
        ApplicationState::Hidden => (Tone::Warn, "warn"),
    };
    let text = say::state_name(lang, state);
    view! { <State tone=tone icon=icon text=text/> }.into_any()
}

fn table(lang: Lang, screen: &AdminApplications) -> AnyView {
    if screen.rows.is_empty() {
        return view! { <Empty icon="app" title=say::none(lang) text=""/> }.into_any();
    }
    let columns = [
        say::name(lang),
        say::id(lang),
        say::kind(lang),
        say::state(lang),
    ];
    let rows = screen.rows.iter().map(|one| row(lang, screen, one));
    let rows = rows.collect_view();
    view! {
        <DataTable caption=say::caption(lang) columns=columns.map(Column::new).into()>{rows}</DataTable>
    }
    .into_any()
}

fn row(lang: Lang, screen: &AdminApplications, one: &ApplicationRow) -> AnyView {
    let to = paths::admin_application(&screen.realm.slug, &one.id);
    let ApplicationRow { id, name, kind, .. } = one.clone();
    let state = state(lang, one.state);
    view! {
        <Row>
            <Cell th=say::name(lang) head=true wrap=true><a href=to>{name}</a></Cell>
            <Cell th=say::id(lang)>{id}</Cell>
            <Cell th=say::kind(lang)>{say::kind_name(lang, kind)}</Cell>
            <Cell th=say::state(lang)>{state}</Cell>
        </Row>
    }
    .into_any()
}

fn form(here: Here, screen: &AdminApplications) -> AnyView {
    let lang = here.lang();
    let typed = screen.typed.clone();
    let kinds = Kind::ALL.map(|kind| {
        SelectOption::new(kind.slug(), say::kind_about(lang, kind), kind == typed.kind)
    });
    let realm = screen.realm.slug.to_string();
    view! {
        <Panel title=say::new_one(lang)>
            <Act action={Call::<api::AddApplication>::new()}>
                <Hidden name="realm" value=realm/>
                <div class="two-up">
                    <Text
                        here=here
                        field=Field::ClientId
                        label=say::id(lang)
                        hint=say::id_hint(lang)
                        value=typed.client_id.clone()
                    />
                    <Select name="client" label=say::kind(lang) options=kinds.into()/>
                </div>
                {fields(here, &typed, None)}
                <div class="row">
                    <Submit label=say::add(lang)/>
                </div>
            </Act>
        </Panel>
    }
    .into_any()
}
