//! The queue, with its filters, pages and export.

use super::stage;
use crate::{
    browser::live,
    pages::parts::{Here, encode, top},
    ui::{
        Button, Cell, Column, DataTable, Due, Empty, Field, Icon, KeyName, Link, Pager, Row,
        Segments, Select, SelectOption, State, Tone,
    },
};
use domain::{
    Lang,
    cases::CaseKind,
    paths,
    screen::{CaseRow, DeskQueue, View, Whose},
};
use leptos::prelude::*;
use words::{admin, desk};

/// More than this many are not counted (`flows::desk`).
const MOST_COUNTED: u32 = 1000;

/// The page. It looks again by itself when a case moves somewhere.
pub fn page(view: &View, screen: &DeskQueue) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    live::watch();
    let counts = screen.counts;
    let lead = desk::counts(lang, &count(counts.all), &count(counts.late));
    view! {
        {top(here, desk::queue(lang), &lead)}
        {filters(lang, screen)}
        {table(lang, screen)}
        {pager(lang, screen)}
    }
    .into_any()
}

/// A number, or "1000+".
fn count(n: u32) -> String {
    if n >= MOST_COUNTED {
        format!("{MOST_COUNTED}+")
    } else {
        n.to_string()
    }
}

fn address(screen: &DeskQueue, whose: Whose) -> String {
    let mut out = format!("{}?whose={}", paths::DESK, whose.slug());
    for (name, value) in [
        ("q", screen.search.as_str()),
        ("kind", screen.kind.map_or("", CaseKind::slug)),
        ("realm", screen.realm.as_str()),
    ] {
        if !value.is_empty() {
            out.push_str(&format!("&{name}={}", encode(value)));
        }
    }
    out
}

fn filters(lang: Lang, screen: &DeskQueue) -> AnyView {
    let kinds = std::iter::once(SelectOption::new("", desk::all_kinds(lang), false)).chain(
        CaseKind::ALL.into_iter().map(|kind| {
            let name = desk::case_kind(lang, kind);
            SelectOption::new(kind.slug(), name, screen.kind == Some(kind))
        }),
    );
    let realms = std::iter::once(SelectOption::new("", desk::all_realms(lang), false)).chain(
        screen.realms.iter().map(|realm| {
            let slug = realm.slug.to_string();
            let chosen = slug == screen.realm;
            SelectOption::new(slug, realm.name.clone(), chosen)
        }),
    );
    let (kinds, realms): (Vec<_>, Vec<_>) = (kinds.collect(), realms.collect());
    let counts = screen.counts;
    let segments = Whose::ALL.map(|whose| {
        let link = Link::new(desk::whose_name(lang, whose), address(screen, whose))
            .current(whose == screen.whose);
        match whose {
            Whose::All => link.count(counts.all),
            Whose::Mine => link.count(counts.mine),
            Whose::Nobodys => link.count(counts.nobodys),
            Whose::Late => link.count(counts.late),
            Whose::Done => link,
        }
    });
    let export = if screen.filters.is_empty() {
        format!("{}/cases.csv", paths::DESK)
    } else {
        format!("{}/cases.csv?{}", paths::DESK, screen.filters)
    };
    view! {
        <Segments label=desk::whose(lang) links=segments.into()/>
        <form class="filters" method="get" action=paths::DESK role="search" aria-label=desk::filter_label(lang)>
            <input type="hidden" name="whose" value=screen.whose.slug()/>
            <Field
                name="q"
                label=desk::search(lang)
                kind="search"
                autocomplete=Some("off")
                value=screen.search.clone()
            />
            <Select name="kind" label=desk::kind(lang) options=kinds/>
            <Select name="realm" label=desk::realm(lang) options=realms/>
            <Button label=desk::filter(lang) small=true icon=Some("search")/>
            <a class="button small fit" href=export rel="external" download="">
                <Icon name="download"/>
                <span>{desk::export(lang)}</span>
            </a>
        </form>
    }
    .into_any()
}

fn table(lang: Lang, screen: &DeskQueue) -> AnyView {
    if screen.rows.is_empty() {
        return view! { <Empty icon="check" title=desk::empty(lang) text=""/> }.into_any();
    }
    let columns = vec![
        Column::new(desk::due(lang)),
        Column::new(desk::case(lang)),
        Column::new(desk::kind(lang)),
        Column::new(desk::person(lang)),
        Column::new(desk::realm(lang)),
        Column::new(desk::since(lang)).extra(),
        Column::new(desk::with(lang)),
        Column::new(desk::state(lang)),
    ];
    let rows = screen.rows.iter().cloned().map(|one| row(lang, one));
    let rows = rows.collect_view();
    view! { <DataTable caption=desk::caption(lang) columns=columns>{rows}</DataTable> }.into_any()
}

fn row(lang: Lang, one: CaseRow) -> AnyView {
    let (tone, icon, due) = if one.late {
        (
            Tone::Stop,
            "stop",
            format!("{} ({})", one.due, desk::late(lang)),
        )
    } else {
        (Tone::Info, "clock", one.due)
    };
    let with = if one.with.is_empty() {
        "–".to_owned()
    } else {
        one.with
    };
    let state = stage(lang, &one.stage);
    view! {
        <Row>
            <Cell th=desk::due(lang)><Due tone=tone icon=icon text=due/></Cell>
            <Cell th=desk::case(lang) head=true><a href=paths::desk_case(&one.id)>{one.name}</a></Cell>
            <Cell th=desk::kind(lang)>{desk::case_kind(lang, one.kind)}</Cell>
            <Cell th=desk::person(lang) wrap=true>{one.person}</Cell>
            <Cell th=desk::realm(lang)><KeyName realm=one.slug name=one.realm/></Cell>
            <Cell th=desk::since(lang) extra=true><time class="nowrap muted">{one.since}</time></Cell>
            <Cell th=desk::with(lang)>{with}</Cell>
            <Cell th=desk::state(lang)><State tone=state.tone icon=state.icon text=state.text/></Cell>
        </Row>
    }
    .into_any()
}

fn pager(lang: Lang, screen: &DeskQueue) -> Option<AnyView> {
    if screen.next.is_none() && !screen.later {
        return None;
    }
    let first = address(screen, screen.whose);
    let next = screen
        .next
        .as_ref()
        .map(|key| format!("{first}&after={}", encode(key)));
    Some(
        view! {
            <Pager
                label=admin::pages(lang)
                text=""
                previous=admin::first_page(lang)
                next=admin::next_page(lang)
                previous_href=screen.later.then_some(first)
                next_href=next
            />
        }
        .into_any(),
    )
}
