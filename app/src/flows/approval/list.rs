//! What one's people ask, and who decides while one is away.

use super::{api::NameDeputy, stage_badge};
use crate::{
    act::{Act, Call},
    browser::progress,
    pages::parts::{Confirm, Here, Hidden, Submit, Text, top},
    ui::{Cell, Column, DataTable, Empty, Link, Panel, Row, Segments, State},
};
use domain::{
    Field, Lang, paths,
    screen::{ApprovalRow, Approvals, Screen, View},
};
use leptos::prelude::*;
use words::{approval, factor};

/// The page.
pub fn page(view: &View, screen: &Approvals) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let list = here.path(paths::approvals);
    let done = format!("{list}?whose=done");
    let segments = vec![
        Link::new(approval::show_waiting(lang), list).current(!screen.done),
        Link::new(approval::show_done(lang), done).current(screen.done),
    ];
    view! {
        {top(here, approval::approvals(lang), approval::approvals_lead(lang))}
        <Segments label=approval::which(lang) links=segments/>
        {follows(view, here, screen)}
        {deputy(here, screen)}
    }
    .into_any()
}

/// The ways to the other pages.
fn pager(here: Here, screen: &Approvals) -> AnyView {
    let lang = here.lang();
    let list = here.path(paths::approvals);
    let next = screen.next.as_ref().map(|next| {
        let to = format!(
            "{list}?whose={}&after={next}",
            if screen.done { "done" } else { "" }
        );
        view! { <a class="button small" href=to rel="next">{approval::earlier(lang)}</a> }
    });
    let first = screen.later.then(|| {
        let whose = if screen.done { "?whose=done" } else { "" };
        let to = format!("{list}{whose}");
        view! { <a class="button small" href=to>{approval::newest(lang)}</a> }
    });
    view! { <nav class="row" aria-label=approval::pages(lang)>{first} {next}</nav> }.into_any()
}

/// The requests. Those that wait come and go by themselves on the first page: what is
/// typed below meanwhile stays.
fn follows(view: &View, here: Here, screen: &Approvals) -> AnyView {
    let lang = here.lang();
    let said = RwSignal::new(String::new());
    let shown = RwSignal::new(screen.clone());
    let rows = Memo::new(move |_| shown.with(|screen| screen.rows.clone()));
    if !screen.done && !screen.later {
        let path = view.frame.path.clone();
        let stream = format!("/waits/{}/approvals", here.realm());
        progress::follow(stream, path, move |view| {
            let Screen::Approvals(now) = &view.screen else {
                return progress::Next::Draw;
            };
            let moved = |before: &Approvals| before.rows != now.rows || before.next != now.next;
            if shown.try_with_untracked(moved) == Some(true) {
                said.set(match now.rows.len() {
                    0 => approval::empty(lang).to_owned(),
                    // More than one page of them.
                    _ if now.next.is_some() => approval::approvals(lang).to_owned(),
                    count => approval::waiting_for_you(lang, count),
                });
                shown.set(now.clone());
            }
            progress::Next::On
        });
    }
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let done = screen.done;
    view! {
        <p class="only-heard" role="status">{move || said.get()}</p>
        {move || if is_empty.get() { nothing(lang, done) } else { table(here, rows) }}
        {move || shown.with(|screen| pager(here, screen))}
    }
    .into_any()
}

fn nothing(lang: Lang, done: bool) -> AnyView {
    let title = if done {
        approval::empty_done(lang)
    } else {
        approval::empty(lang)
    };
    view! { <Empty icon="check" title=title text=""/> }.into_any()
}

fn table(here: Here, rows: Memo<Vec<ApprovalRow>>) -> AnyView {
    let lang = here.lang();
    let columns = vec![
        Column::new(approval::request(lang)),
        Column::new(approval::codes(lang)),
        Column::new(approval::person(lang)),
        Column::new(approval::asked(lang)).extra(),
        Column::new(approval::state(lang)),
        Column::new(approval::until(lang)),
    ];
    // Whoever is at a row stays at it: another one that comes above is a row of its own.
    view! {
        <DataTable caption=approval::approvals(lang) columns=columns>
            <For each=move || rows.get() key=Clone::clone children=move |one| row(here, &one)/>
        </DataTable>
    }
    .into_any()
}

fn row(here: Here, one: &ApprovalRow) -> AnyView {
    let lang = here.lang();
    let badge = stage_badge(lang, one.stage);
    let kind = one.kind;
    let to = here.path(|realm| paths::approval(realm, &one.id));
    let ApprovalRow {
        name,
        person,
        since,
        until,
        ..
    } = one.clone();
    view! {
        <Row>
            <Cell th=approval::request(lang) head=true>
                <a href=to>{name}</a>
            </Cell>
            <Cell th=approval::codes(lang)>{factor::name(lang, kind)}</Cell>
            <Cell th=approval::person(lang) wrap=true>{person}</Cell>
            <Cell th=approval::asked(lang) extra=true>{since}</Cell>
            <Cell th=approval::state(lang)>
                <State tone=badge.tone icon=badge.icon text=badge.text/>
            </Cell>
            <Cell th=approval::until(lang)>{until}</Cell>
        </Row>
    }
    .into_any()
}

/// Who stands in.
fn deputy(here: Here, screen: &Approvals) -> AnyView {
    let lang = here.lang();
    let now = screen.deputy.as_ref().map(|deputy| {
        let says = approval::deputy_now(lang, &deputy.name, &deputy.until);
        view! {
            <p>{says}</p>
            <Confirm label=approval::deputy_end(lang) sure=approval::deputy_end_sure(lang)>
                <Act action={Call::<NameDeputy>::new()} class="row">
                    <Hidden name="realm" value=here.realm()/>
                    <Submit label=approval::deputy_end(lang) class="button small bad"/>
                </Act>
            </Confirm>
        }
    });
    let (typed, days) = (screen.typed.clone(), screen.days.clone());
    let form = screen.deputy.is_none().then(|| {
        view! {
            <Act action={Call::<NameDeputy>::new()}>
                <Hidden name="realm" value=here.realm()/>
                <Text here=here field=Field::Login label=approval::deputy_login(lang) value=typed/>
                <Text
                    here=here
                    field=Field::Days
                    label=approval::deputy_days(lang)
                    hint=approval::deputy_days_hint(lang)
                    value=days
                />
                <div class="row">
                    <Submit label=approval::deputy_name(lang) class="button"/>
                </div>
            </Act>
        }
    });
    view! {
        <Panel title=approval::deputy(lang)>
            <p class="muted">{approval::deputy_lead(lang)}</p>
            {now}
            {form}
        </Panel>
    }
    .into_any()
}
