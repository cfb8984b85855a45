//! Those of the last days, newest first.

use super::{cancel, download, state};
use crate::{
    admin::{pager, top::of_realm},
    browser::progress,
    pages::parts::Here,
    ui::{Cell, Column, DataTable, Empty, Row, State},
};
use domain::{
    Lang, paths,
    screen::{AdminTransfers, RealmCard, TransferRow, View},
};
use leptos::prelude::*;
use words::transfers as say;

/// The list. It looks again by itself while one of them is not over.
pub fn list(view: &View, screen: &AdminTransfers) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    if screen.rows.iter().any(|row| !row.state.is_over()) {
        progress::look_again();
    }
    let path = paths::admin_transfers(&screen.realm.slug);
    view! {
        {of_realm(here, say::title(lang), &screen.realm, ().into_any())}
        <div>
            {table(lang, screen)}
            {pager::pager(lang, &path, "", screen.next.as_deref(), screen.later)}
        </div>
    }
    .into_any()
}

fn table(lang: Lang, screen: &AdminTransfers) -> AnyView {
    if screen.rows.is_empty() {
        return view! { <Empty icon="sort" title=say::none(lang) text=say::none_lead(lang)/> }
            .into_any();
    }
    let columns = vec![
        Column::new(say::what(lang)),
        Column::new(say::state(lang)),
        Column::new(say::rows(lang)),
        Column::new(say::started(lang)),
        Column::new(say::starter(lang)),
        Column::new(say::next_step(lang)).end(),
    ];
    let rows = screen
        .rows
        .iter()
        .map(|one| row(lang, &screen.realm, one))
        .collect_view();
    view! { <DataTable caption=say::caption(lang) columns=columns>{rows}</DataTable> }.into_any()
}

fn row(lang: Lang, realm: &RealmCard, one: &TransferRow) -> AnyView {
    let to = paths::admin_transfer(&realm.slug, &one.id);
    let state = state(lang, one.state);
    let rows = if one.state.is_over() {
        say::rows_done(lang, one.done)
    } else {
        say::progress(lang, one.done, one.total)
    };
    let (created, starter, what) = (
        one.created.clone(),
        one.starter.clone(),
        say::kind(lang, one.kind),
    );
    let next = if one.cancels {
        Some(cancel(lang, realm, one))
    } else {
        one.downloads
            .then(|| download(lang, realm, one, "button small fit"))
    };
    view! {
        <Row>
            <Cell th=say::what(lang) head=true wrap=true><a href=to>{what}</a></Cell>
            <Cell th=say::state(lang)><State tone=state.tone icon=state.icon text=state.text/></Cell>
            <Cell th=say::rows(lang)><span class="num">{rows}</span></Cell>
            <Cell th=say::started(lang)><time class="nowrap muted">{created}</time></Cell>
            <Cell th=say::starter(lang) wrap=true>{starter}</Cell>
            <Cell th=say::next_step(lang) end=true wrap=true>{next}</Cell>
        </Row>
    }
    .into_any()
}
