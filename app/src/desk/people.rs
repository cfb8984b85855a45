//! Finding a person.

use crate::{
    pages::parts::{Here, top},
    ui::{Button, Cell, Column, DataTable, Empty, Field, KeyName, Row},
};
use domain::{
    paths,
    screen::{DeskPeople, View},
};
use leptos::prelude::*;
use words::{admin, desk};

/// The page.
pub fn page(view: &View, screen: &DeskPeople) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let found = if screen.search.trim().chars().count() < 2 {
        view! { <p class="muted">{desk::people_type(lang)}</p> }.into_any()
    } else if screen.people.is_empty() {
        view! { <Empty icon="user" title=desk::people_none(lang) text=""/> }.into_any()
    } else {
        let columns = [admin::person(lang), admin::login(lang), desk::realm(lang)];
        let rows = screen.people.iter().cloned().map(|(id, name, login, realm, slug)| {
            let name = if name.is_empty() { login.clone() } else { name };
            view! {
                <Row>
                    <Cell th=admin::person(lang) head=true><a href=paths::desk_person(&id)>{name}</a></Cell>
                    <Cell th=admin::login(lang)>{login}</Cell>
                    <Cell th=desk::realm(lang)><KeyName realm=slug name=realm/></Cell>
                </Row>
            }
        });
        let rows = rows.collect_view();
        let more = screen
            .more
            .then(|| view! { <p class="muted">{desk::people_more(lang)}</p> });
        view! {
            <DataTable caption=admin::people_caption(lang) columns=columns.map(Column::new).into()>{rows}</DataTable>
            {more}
        }
        .into_any()
    };
    view! {
        {top(here, desk::people(lang), desk::people_lead(lang))}
        <form class="filters" method="get" action=paths::DESK_PEOPLE role="search">
            <Field
                name="q"
                label=desk::search(lang)
                kind="search"
                autocomplete=Some("off")
                value=screen.search.clone()
            />
            <Button label=desk::find(lang) small=true icon=Some("search")/>
        </form>
        {found}
    }
    .into_any()
}
