//! Checking a caller by their phone: the number to read out, and what came of it.

use super::api;
use crate::{
    act::{Act, Call},
    browser::{countdown, live},
    pages::parts::{Hidden, Submit, note},
    place::use_page,
    ui::{Awaited, Icon, Number, Panel, State, Tone, Trail},
};
use domain::{
    Lang,
    phone::Decision,
    screen::{CheckFace, CheckStage, DeskPerson, EvidenceFace},
};
use leptos::prelude::*;
use words::{count, desk, factor, phone};

/// The panel; nothing for who can be checked by no phone and has none.
pub fn panel(lang: Lang, screen: &DeskPerson) -> AnyView {
    let send = screen.checks.then(|| send(lang, screen));
    let why_not = match (screen.has_phone, screen.checks) {
        (false, _) => Some(desk::check_none(lang)),
        (true, false) if !screen.frozen => Some(desk::no_phone_to_check(lang)),
        _ => None,
    };
    let why_not = why_not.map(|why| view! { <p class="muted">{why}</p> });
    let under_way = screen.check.as_ref().map(|check| under_way(lang, check));
    let kept = (!screen.evidence.is_empty()).then(|| {
        let rows = screen.evidence.iter().map(|one| evidence(lang, one));
        let rows = rows.collect_view();
        view! {
            <h3>{desk::check_history(lang)}</h3>
            <Trail>{rows}</Trail>
        }
    });
    view! {
        <Panel title=desk::check_title(lang)>
            {under_way}
            {send}
            {why_not}
            {kept}
        </Panel>
    }
    .into_any()
}

fn send(lang: Lang, screen: &DeskPerson) -> AnyView {
    let id = screen.id.clone();
    let waits = screen
        .check
        .as_ref()
        .is_some_and(|check| check.stage == CheckStage::Waiting);
    let class = if waits {
        "button small"
    } else {
        "button small main"
    };
    view! {
        <p class="muted">{desk::check_lead(lang)}</p>
        <Act action={Call::<api::DeskCheck>::new()} class="row">
            <Hidden name="id" value=id/>
            <Submit label=desk::check_send(lang) class=class/>
        </Act>
    }
    .into_any()
}

fn under_way(lang: Lang, check: &CheckFace) -> AnyView {
    let said = |tone, what| view! { <div role="status">{note(tone, what, "")}</div> }.into_any();
    match check.stage {
        CheckStage::Waiting => view! { <Waiting lang=lang check=check.clone()/> }.into_any(),
        CheckStage::Accepted => said(Tone::Ok, desk::check_accepted(lang)),
        CheckStage::Declined => said(Tone::Stop, desk::check_declined(lang)),
        CheckStage::NotMe => said(Tone::Stop, desk::check_not_me(lang)),
        CheckStage::Over => said(Tone::Idle, desk::check_over(lang)),
    }
}

/// The number, for who asked; the page looks again when the phone answered, and when
/// the time is over.
#[component]
fn Waiting(lang: Lang, check: CheckFace) -> impl IntoView {
    live::watch();
    let page = use_page();
    let (left, total) = (countdown::from(check.seconds_left), check.seconds_total);
    Effect::new(move |_| {
        if left.get() == 0 {
            page.again();
        }
    });
    let number = if check.digits.is_empty() {
        view! { <p>{desk::check_elsewhere(lang)}</p> }.into_any()
    } else {
        view! { <Number label=desk::check_number(lang) number=check.digits/> }.into_any()
    };
    let awaited = RwSignal::new(desk::check_waiting(lang).to_owned());
    view! {
        {number}
        <div class="stack near">
            <Awaited text=awaited/>
            <progress
                value=move || left.get().to_string()
                max=total.to_string()
                aria-label=phone::time_left(lang)
            ></progress>
            <p class="sm muted num">{move || count::duration(lang, left.get().max(0))}</p>
        </div>
    }
}

fn evidence(lang: Lang, one: &EvidenceFace) -> AnyView {
    let (tone, icon) = match one.decision {
        Decision::Accept if one.holds => (Tone::Ok, "check"),
        Decision::Accept => (Tone::Idle, "check"),
        Decision::Decline | Decision::NotMe => (Tone::Stop, "stop"),
    };
    let what = phone::done(lang, one.decision);
    let by = [one.by.as_str(), &one.call, &one.at];
    let by: Vec<_> = by.into_iter().filter(|part| !part.is_empty()).collect();
    let by = by.join(", ");
    let counts = one
        .holds
        .then(|| view! { <State tone=tone icon=icon text=desk::check_holds(lang)/> });
    let kind = factor::name(lang, one.kind);
    view! {
        <li>
            <Icon name=icon/>
            <div>
                <strong>{format!("{kind}: {what}")}</strong>
                <p class="muted">{by}</p>
            </div>
            <span class="stack near ends">{counts}</span>
        </li>
    }
    .into_any()
}
