//! Checking a caller: by which proof, the digits to read out, and what came of it.

use super::api;
use crate::{
    act::{Act, Call},
    browser::{countdown, live},
    pages::parts::{Here, Hidden, Submit, note},
    place::use_page,
    ui::{Awaited, CodeField, Icon, Number, Panel, State, Tone, Trail},
};
use domain::{
    Field, Lang,
    caller::{CallerProof, DIGITS},
    phone::Decision,
    refusal::Code,
    screen::{CheckFace, CheckStage, DeskPerson, EvidenceFace},
};
use leptos::prelude::*;
use words::{caller, count, desk, phone};

/// The panel: each proof that policy accepts, the check that goes on, and the last ones.
pub fn panel(here: Here, screen: &DeskPerson) -> AnyView {
    let lang = here.lang();
    let ways = screen.proofs.iter();
    let ways = ways.map(|(proof, why_not)| way(lang, screen, *proof, why_not.as_ref()));
    let ways = ways.collect_view();
    let under_way = screen
        .check
        .as_ref()
        .map(|check| under_way(here, screen, check));
    let takes = screen.changes.map(|ruling| {
        view! { <p class="sm muted">{caller::takes(lang, ruling)}</p> }
    });
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
            {ways}
            {takes}
            {kept}
        </Panel>
    }
    .into_any()
}

/// One proof: the button that asks for it, or why it cannot be had.
fn way(
    lang: Lang,
    screen: &DeskPerson,
    proof: CallerProof,
    why_not: Option<&Code>,
) -> Option<AnyView> {
    match (proof, why_not) {
        (_, Some(Code::Frozen)) => None,
        (CallerProof::Smartphone, Some(_)) if !screen.has_phone => {
            Some(muted(desk::check_none(lang)))
        }
        (CallerProof::Smartphone, Some(_)) => Some(muted(desk::no_phone_to_check(lang))),
        // Of the others only what can be had is spoken of.
        (_, Some(_)) => None,
        (_, None) => Some(send(lang, screen, proof)),
    }
}

fn muted(what: &'static str) -> AnyView {
    view! { <p class="muted">{what}</p> }.into_any()
}

fn send(lang: Lang, screen: &DeskPerson, proof: CallerProof) -> AnyView {
    let id = screen.id.clone();
    let waits = screen
        .check
        .as_ref()
        .is_some_and(|check| check.stage == CheckStage::Waiting);
    let is_first = proof == CallerProof::Smartphone;
    let class = if is_first && !waits {
        "button small main"
    } else {
        "button small"
    };
    let label = match proof {
        CallerProof::Smartphone => desk::check_send(lang),
        CallerProof::Passkey => caller::passkey_send(lang),
        CallerProof::Manager => caller::manager_send(lang),
        CallerProof::CallBack => caller::call_back_send(lang),
    };
    view! {
        {is_first.then(|| muted(desk::check_lead(lang)))}
        <Act action={Call::<api::DeskCheck>::new()} class="row">
            <Hidden name="id" value=id/>
            <Hidden name="proof" value=proof.slug()/>
            <Submit label=label class=class/>
        </Act>
    }
    .into_any()
}

fn under_way(here: Here, screen: &DeskPerson, check: &CheckFace) -> AnyView {
    let lang = here.lang();
    let is_phone = check.proof == CallerProof::Smartphone;
    let said = |tone, what| view! { <div role="status">{note(tone, what, "")}</div> }.into_any();
    match check.stage {
        CheckStage::Waiting => {
            let told = (check.proof == CallerProof::CallBack).then(|| told(here, screen, check));
            view! { {told} <Waiting lang=lang check=check.clone()/> }.into_any()
        }
        CheckStage::Accepted if is_phone => said(Tone::Ok, desk::check_accepted(lang)),
        CheckStage::Accepted => said(Tone::Ok, caller::accepted(lang)),
        CheckStage::NotMe if check.proof == CallerProof::Passkey => {
            said(Tone::Stop, caller::denied(lang))
        }
        CheckStage::NotMe if check.proof == CallerProof::Manager => {
            said(Tone::Stop, caller::denied_manager(lang))
        }
        CheckStage::Declined => said(Tone::Stop, desk::check_declined(lang)),
        CheckStage::NotMe => said(Tone::Stop, desk::check_not_me(lang)),
        CheckStage::Over => said(Tone::Idle, desk::check_over(lang)),
    }
}

/// What is called, and where the agent types what they are told.
fn told(here: Here, screen: &DeskPerson, check: &CheckFace) -> AnyView {
    let lang = here.lang();
    let id = screen.id.clone();
    let form = check.is_mine.then(|| {
        view! {
            <Act action={Call::<api::DeskCallBack>::new()}>
                <Hidden name="id" value=id/>
                <CodeField
                    name=Field::Told.id()
                    label=caller::call_back_code(lang)
                    hint=caller::call_back_hint(lang)
                    digits=u8::try_from(DIGITS).unwrap_or(6)
                    autocomplete="off"
                    error=Some(here.error(Field::Told))
                />
                <div class="row"><Submit label=caller::call_back_submit(lang) class="button small main"/></div>
            </Act>
        }
    });
    let elsewhere = (!check.is_mine).then(|| view! { <p>{desk::check_elsewhere(lang)}</p> });
    view! {
        <p>{caller::call_back_number(lang, &check.number)}</p>
        {form}
        {elsewhere}
    }
    .into_any()
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
    let (label, waiting) = match check.proof {
        CallerProof::Smartphone => (desk::check_number(lang), desk::check_waiting(lang)),
        CallerProof::Passkey => (desk::check_number(lang), caller::passkey_waiting(lang)),
        CallerProof::Manager => (caller::manager_code(lang), caller::manager_waiting(lang)),
        CallerProof::CallBack => ("", caller::call_back_waiting(lang)),
    };
    let how = match check.proof {
        CallerProof::Smartphone | CallerProof::CallBack => String::new(),
        CallerProof::Passkey => caller::page(lang, &check.page),
        CallerProof::Manager => caller::manager_asked(lang).to_owned(),
    };
    let number = if check.proof == CallerProof::CallBack {
        // What is typed stands above, and outlives the count.
        ().into_any()
    } else if check.digits.is_empty() {
        view! { <p>{desk::check_elsewhere(lang)}</p> }.into_any()
    } else {
        view! {
            <Number label=label number=check.digits/>
            {(!how.is_empty()).then(|| view! { <p class="muted">{how}</p> })}
        }
        .into_any()
    };
    let awaited = RwSignal::new(waiting.to_owned());
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
    let what = match one.decision {
        Decision::NotMe => caller::not_them(lang),
        decision => phone::done(lang, decision),
    };
    let by = [one.by.as_str(), &one.call, &one.at];
    let by: Vec<_> = by.into_iter().filter(|part| !part.is_empty()).collect();
    let by = by.join(", ");
    let counts = one
        .holds
        .then(|| view! { <State tone=tone icon=icon text=desk::check_holds(lang)/> });
    let kind = match one.manager.as_str() {
        "" => caller::name(lang, one.proof).to_owned(),
        name => caller::manager(lang, name),
    };
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
