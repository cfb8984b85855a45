//! The list, with search and export.

use super::{api::ExportPeople, state};
use crate::{
    act::{Act, Call},
    admin::{pager, top::of_realm},
    pages::parts::{Here, Hidden},
    ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Field, LinkButton, Row, State},
};
use domain::{
    Lang, paths,
    screen::{AdminPeople, PersonRow, View},
};
use leptos::prelude::*;
use words::admin;

/// One page of people.
pub fn list(view: &View, screen: &AdminPeople) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let path = paths::admin_people(&screen.realm.slug);
    let realm = screen.realm.slug.to_string();
    let export = view! {
        <Act action={Call::<ExportPeople>::new()} class="row">
            <Hidden name="realm" value=realm/>
            <Button label=admin::export(lang) small=true icon=Some("download")/>
        </Act>
    };
    let clear = (!screen.search.is_empty()).then(|| {
        let kind = ButtonKind::Plain;
        view! { <LinkButton href=path.clone() label=admin::search_clear(lang) kind=kind small=true/> }
    });
    view! {
        {of_realm(here, admin::people(lang), &screen.realm, export.into_any())}
        <form class="filters" method="get" action=path.clone() role="search">
            <Field
                name="q"
                label=admin::search_label(lang)
                kind="search"
                autocomplete=Some("off")
                value=screen.search.clone()
            />
            <Button label=admin::search(lang) small=true icon=Some("search")/>
            {clear}
        </form>
        {table(lang, screen)}
        {pager::pager(lang, &path, &screen.search, screen.next.as_deref(), screen.later)}
    }
    .into_any()
}

fn table(lang: Lang, screen: &AdminPeople) -> AnyView {
    if screen.people.is_empty() {
        let (title, lead) = if screen.search.is_empty() && !screen.later {
            (admin::people_none(lang), admin::people_none_lead(lang))
        } else {
            (admin::found_none(lang), admin::found_none_lead(lang))
        };
        return view! { <Empty icon="user" title=title text=lead/> }.into_any();
    }
    let columns = [
        admin::person(lang),
        admin::login(lang),
        admin::state(lang),
        admin::added(lang),
    ];
    let rows = screen
        .people
        .iter()
        .map(|person| row(lang, screen, person))
        .collect_view();
    view! {
        <DataTable caption=admin::people_caption(lang) columns=columns.map(Column::new).into()>{rows}</DataTable>
    }
    .into_any()
}

fn row(lang: Lang, screen: &AdminPeople, person: &PersonRow) -> AnyView {
    let to = paths::admin_person(&screen.realm.slug, &person.id);
    let name = if person.name.is_empty() {
        person.login.clone()
    } else {
        person.name.clone()
    };
    let (login, added) = (person.login.clone(), person.added.clone());
    let state = state(lang, person.disabled, person.frozen);
    view! {
        <Row>
            <Cell th=admin::person(lang) head=true><a href=to>{name}</a></Cell>
            <Cell th=admin::login(lang)>{login}</Cell>
            <Cell th=admin::state(lang)><State tone=state.tone icon=state.icon text=state.text/></Cell>
            <Cell th=admin::added(lang)><time class="muted">{added}</time></Cell>
        </Row>
    }
    .into_any()
}
