//! One request, for who decides it.

use super::{api::Decide, stage_badge};
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Submit, Text, Way, note, top},
    ui::{Fact, Facts, Panel, State, Tone},
};
use domain::{
    Field, paths,
    screen::{ApprovalPage, View},
};
use leptos::prelude::*;
use words::{approval, factor};

/// The page.
pub fn page(view: &View, screen: &ApprovalPage) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let row = &screen.row;
    let title = approval::approval_title(lang, &row.name, &row.person);
    let lead = if screen.stands_in.is_empty() {
        String::new()
    } else {
        approval::stands_in(lang, &screen.stands_in)
    };
    let number = screen.number.clone();
    let mut facts = vec![
        Fact::new(approval::login(lang), screen.login.clone()),
        Fact::new(approval::codes(lang), factor::name(lang, row.kind)),
        Fact::new(
            approval::number(lang),
            view! {
                <strong>{number}</strong>
                <p class="sm muted">{approval::line(lang, screen.line)}</p>
                <p class="sm">{approval::record(lang, screen.on_record)}</p>
            },
        ),
        Fact::new(approval::reason(lang), screen.reason.clone()),
        Fact::new(
            approval::application(lang),
            if screen.application.is_empty() {
                approval::application_all(lang).to_owned()
            } else {
                screen.application.clone()
            },
        ),
    ];
    if !screen.ticket.is_empty() {
        facts.push(Fact::new(approval::ticket(lang), screen.ticket.clone()));
    }
    facts.push(Fact::new(approval::asked(lang), row.since.clone()));
    if screen.waits {
        facts.push(Fact::new(approval::answer_until(lang), row.until.clone()));
    }
    if !screen.by.is_empty() {
        facts.push(Fact::new(approval::decided(lang), screen.by.clone()));
    }
    if !screen.declined.is_empty() {
        let why = screen.declined.clone();
        facts.push(Fact::new(approval::why_declined(lang), why));
    }
    let badge = stage_badge(lang, row.stage);
    let decide = screen.waits.then(|| decide(here, screen));
    view! {
        {top(here, &title, &lead)}
        <div class="row">
            <State tone=badge.tone icon=badge.icon text=badge.text/>
        </div>
        <Facts facts=facts/>
        {decide}
        <p><Way to=here.path(paths::approvals) label=approval::approvals(lang)/></p>
    }
    .into_any()
}

/// What is at stake, and the two answers.
fn decide(here: Here, screen: &ApprovalPage) -> AnyView {
    let lang = here.lang();
    let (id, version) = (screen.id.clone(), screen.version.to_string());
    let (id_too, version_too) = (id.clone(), version.clone());
    let typed = screen.typed.clone();
    view! {
        {note(Tone::Warn, approval::risk_title(lang), approval::risk(lang))}
        <Act action={Call::<Decide>::new()} class="row">
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="id" value=id/>
            <Hidden name="version" value=version/>
            <Hidden name="decision" value="approve"/>
            <Submit label=approval::approve(lang)/>
        </Act>
        <Panel title=approval::decline(lang)>
            <Act action={Call::<Decide>::new()}>
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="id" value=id_too/>
                <Hidden name="version" value=version_too/>
                <Hidden name="decision" value="decline"/>
                <Text
                    here=here
                    field=Field::Reason
                    label=approval::decline_reason(lang)
                    hint=approval::decline_hint(lang)
                    value=typed
                />
                <div class="row">
                    <Submit label=approval::decline(lang) class="button bad"/>
                </div>
            </Act>
        </Panel>
    }
    .into_any()
}
