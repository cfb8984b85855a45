//! The form, and who holds what.

use super::api;
use crate::{
    act::{Act, Call},
    admin::{pager, top::of_realm},
    pages::parts::{Confirm, Here, Hidden, Submit, Text},
    ui::{Cell, Column, DataTable, Empty, Panel, Row, Select, SelectOption},
};
use domain::{
    Field, Lang, paths,
    role::Role,
    screen::{AdminRoles, RoleRow, View},
};
use leptos::prelude::*;
use words::{admin, login, roles as say};

/// The page.
pub fn page(view: &View, screen: &AdminRoles) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let path = paths::admin_roles(&screen.realm.slug);
    view! {
        {of_realm(here, say::title(lang), &screen.realm, ().into_any())}
        {form(here, screen)}
        <section class="stack tight">
            <h2>{say::holders(lang)}</h2>
            {list(lang, screen)}
            {pager::pager(lang, &path, "", screen.next.as_deref(), screen.later)}
        </section>
    }
    .into_any()
}

fn form(here: Here, screen: &AdminRoles) -> AnyView {
    let lang = here.lang();
    let typed = screen.typed.clone();
    let roles = Role::ALL.map(|role| {
        let text = format!("{}: {}", say::name(lang, role), say::about(lang, role));
        SelectOption::new(role.slug(), text, role.slug() == typed.role)
    });
    let realm = screen.realm.slug.to_string();
    let label = login::label(lang, screen.login_kind);
    view! {
        <Panel title=say::give(lang)>
            <p class="muted">{say::give_lead(lang)}</p>
            <Act action={Call::<api::GiveRole>::new()}>
                <Hidden name="realm" value=realm/>
                <div class="two-up">
                    <Text
                        here=here
                        field=Field::Login
                        label=label
                        value=typed.login
                        autocomplete="off"
                    />
                    <Select name="role" label=say::role(lang) options=roles.into()/>
                </div>
                <div class="row">
                    <Submit label=say::give(lang)/>
                </div>
            </Act>
        </Panel>
    }
    .into_any()
}

fn list(lang: Lang, screen: &AdminRoles) -> AnyView {
    if screen.rows.is_empty() {
        return view! { <Empty icon="user" title=say::none(lang) text=""/> }.into_any();
    }
    let columns = vec![
        Column::new(say::person(lang)),
        Column::new(admin::login(lang)),
        Column::new(say::role(lang)),
        Column::new(say::next(lang)).end(),
    ];
    let realm = screen.realm.slug.to_string();
    let rows = screen.rows.iter().map(|one| row(lang, &realm, one));
    let rows = rows.collect_view();
    view! { <DataTable caption=say::caption(lang) columns=columns>{rows}</DataTable> }.into_any()
}

fn row(lang: Lang, realm: &str, one: &RoleRow) -> AnyView {
    let RoleRow {
        person,
        name,
        login,
        role,
        own,
    } = one.clone();
    let heard = format!("{login}, {}", say::name(lang, role));
    let realm = realm.to_owned();
    let action = if own {
        view! { <span class="sm muted">{say::own(lang)}</span> }.into_any()
    } else {
        view! {
            <Confirm label=say::take(lang) heard=heard sure=say::take_sure(lang)>
                <Act action={Call::<api::TakeRole>::new()} class="row">
                    <Hidden name="realm" value=realm/>
                    <Hidden name="id" value=person/>
                    <Hidden name="role" value=role.slug()/>
                    <Submit label=say::take_submit(lang) class="button small bad"/>
                </Act>
            </Confirm>
        }
        .into_any()
    };
    view! {
        <Row>
            <Cell th=say::person(lang) head=true wrap=true>{name}</Cell>
            <Cell th=admin::login(lang)>{login}</Cell>
            <Cell th=say::role(lang)>{say::name(lang, role)}</Cell>
            <Cell th=say::next(lang) end=true wrap=true>{action}</Cell>
        </Row>
    }
    .into_any()
}
