//! Where a case stands, in one sentence, and what can be done about it.

use super::api;
use crate::{
    act::{Act, Call},
    pages::parts::{Confirm, Here, Hidden, Submit, note, top},
    ui::{Fact, Facts, Readout, Tone},
};
use domain::{
    Lang,
    cases::CaseKind,
    paths,
    screen::{CaseState, StageFace, View},
};
use leptos::prelude::*;
use words::cases::{self, Over};

/// The page.
pub fn page(view: &View, screen: &CaseState) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let (tone, text) = stage(lang, screen);
    let facts = vec![
        Fact::new(cases::case(lang), screen.name.clone()),
        Fact::new(cases::asked(lang), screen.asked.clone()),
    ];
    let not_me = (screen.stoppable && !screen.token.is_empty()).then(|| {
        let token = screen.token.clone();
        view! {
            <section class="stack tight">
                <h2>{cases::not_me_title(lang)}</h2>
                <p>{cases::not_me_lead(lang)}</p>
                <Act action={Call::<api::FollowCaseVeto>::new()}>
                    <Hidden name="realm" value=here.realm()/>
                    <Hidden name="token" value=token.clone()/>
                    <Submit label=words::not_me::submit(lang) class="button bad"/>
                </Act>
            </section>
        }
    });
    let withdraw = screen.stoppable.then(|| {
        let token = screen.token.clone();
        view! {
            <Confirm label=cases::withdraw(lang) sure=cases::withdraw_ask(lang)>
                <Act action={Call::<api::FollowCaseWithdraw>::new()} class="row">
                    <Hidden name="realm" value=here.realm()/>
                    <Hidden name="token" value=token.clone()/>
                    <Submit label=cases::withdraw_yes(lang) class="button small bad"/>
                </Act>
            </Confirm>
        }
    });
    let manager = (!screen.manager_code.is_empty()).then(|| {
        // In threes, as people read numbers out.
        let digits: Vec<char> = screen.manager_code.chars().collect();
        let groups = digits
            .chunks(3)
            .map(|three| (three.iter().collect(), String::new()));
        let groups: Vec<(String, String)> = groups.collect();
        view! {
            <section class="stack tight">
                <h2>{cases::manager_title(lang)}</h2>
                <p>{cases::manager_lead(lang)}</p>
                <Readout groups=groups/>
            </section>
        }
    });
    view! {
        {top(here, cases::state_title(lang), cases::title(lang, screen.kind))}
        {note(tone, &text, "")}
        <Facts facts=facts/>
        {manager}
        {not_me}
        {withdraw}
        <p><a class="button plain" href=here.path(paths::sign_in)>{cases::to_sign_in(lang)}</a></p>
    }
    .into_any()
}

fn stage(lang: Lang, screen: &CaseState) -> (Tone, String) {
    let phone = screen.kind == CaseKind::LostPhone;
    let over = |tone, stage| (tone, cases::over(lang, stage).to_owned());
    match &screen.stage {
        StageFace::Waiting { due, taken: false } => (Tone::Idle, cases::waiting(lang, due)),
        StageFace::Waiting { due, taken: true } => (Tone::Info, cases::taken(lang, due)),
        StageFace::Cooling { opens } if phone => (Tone::Ok, cases::cooling_phone(lang, opens)),
        StageFace::Cooling { opens } => (Tone::Ok, cases::cooling_address(lang, opens)),
        StageFace::Ready { closes } if phone => (Tone::Ok, cases::ready_phone(lang, closes)),
        StageFace::Ready { closes } => (Tone::Ok, cases::ready_address(lang, closes)),
        StageFace::Declined { reason } => (Tone::Stop, cases::declined(lang, reason)),
        StageFace::Vetoed => over(Tone::Stop, Over::Vetoed),
        StageFace::Withdrawn => over(Tone::Idle, Over::Withdrawn),
        StageFace::Lapsed => over(Tone::Warn, Over::Lapsed),
        StageFace::Used => over(Tone::Ok, Over::Used),
        StageFace::Undone => over(Tone::Warn, Over::Undone),
    }
}
