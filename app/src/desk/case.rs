//! One case: the form beside the record, what it means, and the decision.

use super::{api, person::history, stage};
use crate::{
    act::{Act, Call},
    pages::parts::{Confirm, Here, Hidden, Submit, note, top},
    ui::{Cell, Column, DataTable, Due, Fact, Facts, KeyName, LongField, Panel, Row, State, Tone},
};
use domain::{
    Field, Lang,
    cases::Mark,
    paths,
    screen::{DeskCase, FormLine, View},
};
use leptos::prelude::*;
use words::{count, desk};

/// The page.
pub fn page(view: &View, screen: &DeskCase) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let row = screen.row.clone();
    let title = format!("{}, {}", row.name, desk::case_kind(lang, row.kind));
    let state = stage(lang, &row.stage);
    let (tone, icon) = if row.late {
        (Tone::Stop, "stop")
    } else {
        (Tone::Info, "clock")
    };
    let due = format!("{}: {}", desk::due(lang), row.due);
    view! {
        <nav aria-label=desk::place(lang)><a href=paths::DESK>{desk::queue(lang)}</a></nav>
        {top(here, &title, "")}
        <div class="row">
            <KeyName realm=row.slug name=row.realm/>
            <State tone=state.tone icon=state.icon text=state.text/>
            <Due tone=tone icon=icon text=due/>
        </div>
        <div class="split">
            <div class="stack">
                {form(lang, screen)}
                {decision(here, screen)}
            </div>
            <div class="stack">
                {facts(lang, screen)}
                {history(lang, &screen.history)}
            </div>
        </div>
    }
    .into_any()
}

fn form(lang: Lang, screen: &DeskCase) -> AnyView {
    let columns = vec![
        Column::new(""),
        Column::new(desk::form_says(lang)),
        Column::new(desk::on_record(lang)),
        Column::new(desk::compared(lang)),
    ];
    let lines = screen.lines.iter().map(|one| line(lang, one));
    let lines = lines.collect_view();
    let story = (!screen.story.is_empty()).then(|| {
        let story = screen.story.clone();
        view! {
            <div>
                <h3>{desk::story(lang)}</h3>
                <blockquote class="quote">{story}</blockquote>
            </div>
        }
    });
    view! {
        <Panel title=desk::form_beside(lang)>
            <DataTable caption=desk::form_beside(lang) columns=columns>{lines}</DataTable>
            {story}
            <p class="sm muted">{desk::contact_only(lang)}</p>
        </Panel>
    }
    .into_any()
}

fn line(lang: Lang, one: &FormLine) -> AnyView {
    let (tone, icon) = match one.mark {
        Mark::Same => (Tone::Ok, "check"),
        Mark::Differs => (Tone::Warn, "warn"),
        Mark::Unknown => (Tone::Idle, "dash"),
    };
    let record = if one.record.is_empty() {
        desk::not_on_record(lang).to_owned()
    } else {
        one.record.clone()
    };
    let text = desk::mark(lang, one.mark);
    let (what, typed) = (one.what, one.typed.clone());
    view! {
        <Row>
            <Cell th="" head=true>{desk::line(lang, what)}</Cell>
            <Cell th=desk::form_says(lang) wrap=true>{typed}</Cell>
            <Cell th=desk::on_record(lang) wrap=true>{record}</Cell>
            <Cell th=desk::compared(lang)><State tone=tone icon=icon text=text/></Cell>
        </Row>
    }
    .into_any()
}

fn facts(lang: Lang, screen: &DeskCase) -> AnyView {
    let wait = if screen.wait_hours == 0 {
        desk::no_wait(lang).to_owned()
    } else {
        count::duration(lang, screen.wait_hours.saturating_mul(3600))
    };
    let person =
        view! { <a href=paths::desk_person(&screen.person)>{screen.row.person.clone()}</a> };
    let facts = vec![
        Fact::new(desk::person(lang), person.into_any()),
        Fact::new(desk::since(lang), screen.row.since.clone()),
        Fact::new(desk::proof(lang), desk::proven(lang, screen.proof)),
        Fact::new(desk::wait(lang), wait),
        Fact::new(desk::consent(lang), screen.consent.clone()),
    ];
    view! { <Panel title=desk::about(lang)><Facts facts=facts/></Panel> }.into_any()
}

/// What may be done, and why nothing else may.
fn decision(here: Here, screen: &DeskCase) -> AnyView {
    let lang = here.lang();
    let act = |change: &'static str, label: &'static str, class: &'static str| {
        let fields = carried(screen, change);
        view! {
            <Act action={Call::<api::MoveCase>::new()} class="row">
                {fields}
                <Submit label=label class=class/>
            </Act>
        }
        .into_any()
    };
    let claim = screen.can_claim.then(|| {
        let label = if screen.row.with.is_empty() {
            desk::claim(lang)
        } else {
            desk::take_over(lang)
        };
        act("claim", label, "button main")
    });
    let release = screen
        .can_release
        .then(|| act("release", desk::release(lang), "button small"));
    let protected = screen
        .protected
        .then(|| note(Tone::Warn, desk::protected(lang), ""));
    let done = match (screen.opens.is_empty(), screen.declined.is_empty()) {
        (false, _) => Some(note(Tone::Ok, desk::opens(lang, &screen.opens), "")),
        (_, false) => Some(note(Tone::Stop, desk::declined(lang, &screen.declined), "")),
        _ => None,
    };
    let why_not = if screen.can_decide || done.is_some() {
        None
    } else if screen.can_claim {
        Some(desk::not_yet(lang))
    } else if screen.can_release {
        Some(desk::may_not(lang))
    } else {
        None
    };
    let decide = screen.can_decide.then(|| decide(here, screen));
    view! {
        <Panel title=desk::decision(lang)>
            {protected}
            {done}
            {claim}
            {decide}
            {why_not.map(|why| view! { <p class="sm muted">{why}</p> })}
            {release}
        </Panel>
    }
    .into_any()
}

fn carried(screen: &DeskCase, change: &'static str) -> AnyView {
    view! {
        <Hidden name="id" value=screen.row.id.clone()/>
        <Hidden name="version" value=screen.version.to_string()/>
        <Hidden name="change" value=change/>
    }
    .into_any()
}

fn decide(here: Here, screen: &DeskCase) -> AnyView {
    let lang: Lang = here.lang();
    let differs = screen.lines.iter().any(|l| l.mark == Mark::Differs);
    let fields = carried(screen, "approve");
    let (declines, typed) = (carried(screen, "decline"), screen.typed.clone());
    let approve = view! {
        <Act action={Call::<api::MoveCase>::new()} class="row">
            {fields}
            <Submit label=desk::approve(lang)/>
        </Act>
    };
    // What differs is asked for once more; what fits is one press.
    let approve = if differs {
        view! { <Confirm label=desk::approve(lang) sure=desk::approve_ask(lang)>{approve}</Confirm> }
            .into_any()
    } else {
        approve.into_any()
    };
    view! {
        {approve}
        <Act action={Call::<api::MoveCase>::new()}>
            {declines}
            <LongField
                name=Field::Reason.id()
                label=desk::reason(lang)
                hint=desk::reason_hint(lang)
                value=typed
                error=Some(here.error(Field::Reason))
            />
            <div class="row">
                <Submit label=desk::decline(lang) class="button bad"/>
            </div>
        </Act>
    }
    .into_any()
}
