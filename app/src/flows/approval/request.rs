//! Asking one's manager, and where it stands.

use super::{
    api::{RequestCodes, WithdrawRequest},
    number_fields,
};
use crate::{
    act::{Act, Call},
    browser::progress,
    flows::choose_method::api::ChooseMethod,
    pages::parts::{Confirm, Here, Hidden, Submit, Text, Way, note, top},
    ui::{Badge, Fact, Facts, Panel, Select, SelectOption, State, Tone},
};
use domain::{
    Field, Lang, paths,
    screen::{ApprovalFace, ApprovalStage, RequestApproval, Screen, View},
};
use leptos::prelude::*;
use words::{approval, factor};

/// The page.
pub fn page(view: &View, screen: &RequestApproval) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let is_live = screen.last.as_ref().is_some_and(|last| is_live(last.stage));
    let last = screen.last.clone().map(|last| follows(view, here, last));
    let form = if screen.manager.is_empty() && !is_live {
        let title = approval::no_manager_title(lang);
        note(Tone::Warn, title, approval::no_manager(lang))
    } else if !screen.asks {
        note(Tone::Warn, approval::other_kind(lang), "")
    } else if is_live {
        let form = form(here, screen, approval::edit_send(lang));
        let open = here.with(|view| !view.refusals.is_empty());
        view! {
            <details class="confirm" open=open>
                <summary class="button small"><span>{approval::edit(lang)}</span></summary>
                <div class="stack">
                    <p class="sm">{approval::edit_lead(lang)}</p>
                    {form}
                </div>
            </details>
        }
        .into_any()
    } else {
        form(here, screen, approval::send(lang))
    };
    let signed_in = here.with(|view| view.frame.person.is_some());
    let (to, label) = if signed_in {
        (here.path(paths::profile_factor), approval::to_profile(lang))
    } else {
        (here.path(paths::sign_in), approval::to_sign_in(lang))
    };
    let switches = screen
        .switches
        .then(|| view! { <p class="muted">{approval::only_desk(lang)}</p> });
    let unsure = screen.unsure.then(|| unsure(lang));
    view! {
        {top(here, approval::ask(lang, screen.kind), approval::ask_lead(lang))}
        {switches}
        {unsure}
        {last}
        {form}
        <p><Way to=to label=label/></p>
    }
    .into_any()
}

const fn is_live(stage: ApprovalStage) -> bool {
    matches!(
        stage,
        ApprovalStage::Waiting | ApprovalStage::Approved | ApprovalStage::ForDesk
    )
}

/// Nobody can tell whether an SMS arrives at the number that is shown.
pub fn unsure(lang: Lang) -> AnyView {
    note(
        Tone::Warn,
        approval::unsure_title(lang),
        approval::unsure(lang),
    )
}

/// The last request, which moves by itself: what is typed meanwhile stays.
fn follows(view: &View, here: Here, last: ApprovalFace) -> AnyView {
    let lang = here.lang();
    let said = RwSignal::new("");
    let shown = RwSignal::new(last);
    if shown.with_untracked(|last| is_live(last.stage)) {
        let path = view.frame.path.clone();
        progress::follow(stream(here), path, move |view| {
            let Screen::RequestApproval(now) = &view.screen else {
                return progress::Next::Draw;
            };
            match &now.last {
                Some(now) if is_live(now.stage) => {
                    if shown.try_with_untracked(|before| before != now) == Some(true) {
                        here.moved_on();
                        said.set(approval::stage(lang, now.stage));
                        shown.set(now.clone());
                    }
                    progress::Next::On
                }
                // Another form belongs to it.
                _ => progress::Next::Draw,
            }
        });
    }
    view! {
        <p class="only-heard" role="status">{move || said.get()}</p>
        {move || shown.with(|last| standing(here, last))}
    }
    .into_any()
}

/// Says that what somebody asked moved.
pub fn stream(here: Here) -> String {
    format!("/waits/{}/approval", here.realm())
}

/// Where the last request stands, and what can be done about it.
fn standing(here: Here, last: &ApprovalFace) -> AnyView {
    let lang = here.lang();
    let sets_up = (last.stage == ApprovalStage::Approved).then(|| {
        let kind = last.kind.slug();
        view! {
            <Act action={Call::<ChooseMethod>::new()} class="row">
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="method" value=kind/>
                <Submit label=approval::set_up(lang)/>
            </Act>
        }
    });
    let withdraw = is_live(last.stage).then(|| withdraw(here, false));
    let badge = stage_badge(lang, last.stage);
    let facts = own(lang, last);
    // The manager may have been taken off the record meanwhile.
    let nobody = (last.stage == ApprovalStage::Waiting && last.by.is_empty()).then(|| {
        let title = approval::no_manager_title(lang);
        note(Tone::Warn, title, approval::no_manager(lang))
    });
    let badge = view! { <State tone=badge.tone icon=badge.icon text=badge.text/> };
    view! {
        <Panel title=last.name.clone() aside=Some(badge.into_any())>
            {facts}
            {nobody}
            {sets_up}
            {withdraw}
        </Panel>
    }
    .into_any()
}

/// Taking it back, asked once more: on the request's page, or on the profile.
pub fn withdraw(here: Here, on_profile: bool) -> AnyView {
    let lang = here.lang();
    view! {
        <Confirm label=approval::withdraw(lang) sure=approval::withdraw_sure(lang)>
            <Act action={Call::<WithdrawRequest>::new()} class="row">
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="profile" value=if on_profile { "yes" } else { "no" }/>
                <Submit label=approval::withdraw(lang) class="button small bad"/>
            </Act>
        </Confirm>
    }
    .into_any()
}

/// Where a request stands, in one word.
pub fn stage_badge(lang: Lang, stage: ApprovalStage) -> Badge {
    let (tone, icon) = match stage {
        ApprovalStage::Waiting => (Tone::Idle, "wait"),
        ApprovalStage::Approved | ApprovalStage::Used => (Tone::Ok, "check"),
        ApprovalStage::ForDesk => (Tone::Info, "desk"),
        ApprovalStage::Declined | ApprovalStage::Vetoed => (Tone::Stop, "cross"),
        ApprovalStage::Withdrawn | ApprovalStage::Lapsed => (Tone::Idle, "cross"),
    };
    Badge::new(tone, icon, approval::stage(lang, stage))
}

/// What is known of a request, for the desk.
pub fn state(lang: Lang, one: &ApprovalFace) -> AnyView {
    let until = (one.stage != ApprovalStage::Waiting && !one.until.is_empty()).then(|| {
        let term = match one.stage {
            ApprovalStage::Used => approval::review(lang),
            _ => approval::use_until(lang),
        };
        Fact::new(term, one.until.clone())
    });
    known(lang, one, until, "")
}

/// The same for its owner, with what makes it take effect.
pub fn own(lang: Lang, one: &ApprovalFace) -> AnyView {
    let effect = |says: String| Fact::new(approval::effect(lang), says);
    let last = match one.stage {
        ApprovalStage::Waiting if one.switches => {
            Some(effect(approval::effect_switches(lang).to_owned()))
        }
        ApprovalStage::Waiting => Some(effect(approval::effect_waiting(lang).to_owned())),
        ApprovalStage::Approved => Some(effect(approval::effect_approved(lang, &one.until))),
        ApprovalStage::ForDesk => Some(effect(approval::effect_desk(lang, &one.until))),
        ApprovalStage::Used if !one.until.is_empty() => {
            Some(Fact::new(approval::review(lang), one.until.clone()))
        }
        _ => None,
    };
    let warns = (is_live(one.stage) && one.unsure).then(|| unsure(lang));
    let next = match one.stage {
        ApprovalStage::ForDesk => approval::told_for_desk(lang),
        _ => "",
    };
    view! { {known(lang, one, last, next)} {warns} }.into_any()
}

fn known(lang: Lang, one: &ApprovalFace, last: Option<Fact>, next: &'static str) -> AnyView {
    let mut facts = vec![
        Fact::new(approval::codes(lang), factor::name(lang, one.kind)),
        Fact::new(approval::number(lang), one.number.clone()),
        Fact::new(approval::asked(lang), one.since.clone()),
    ];
    if !one.by.is_empty() {
        let term = if one.stage == ApprovalStage::Waiting {
            approval::decides(lang)
        } else {
            approval::decided(lang)
        };
        facts.push(Fact::new(term, one.by.clone()));
    }
    if one.stage == ApprovalStage::Waiting && !one.until.is_empty() {
        let until = one.until.clone();
        facts.push(Fact::new(approval::answer_until(lang), until));
    }
    facts.extend(last);
    if !one.declined.is_empty() {
        facts.push(Fact::new(
            approval::why_declined(lang),
            one.declined.clone(),
        ));
    }
    let why = match one.stage {
        ApprovalStage::Lapsed => approval::told_lapsed(lang),
        ApprovalStage::Vetoed => approval::told_vetoed(lang),
        _ => next,
    };
    let why = (!why.is_empty()).then(|| view! { <p class="muted">{why}</p> });
    view! { {why} <Facts facts=facts/> }.into_any()
}

fn form(here: Here, screen: &RequestApproval, send: &'static str) -> AnyView {
    let lang = here.lang();
    let typed = &screen.typed;
    let all = SelectOption::new(
        "",
        approval::application_all(lang),
        typed.application.is_empty(),
    );
    let options = screen.applications.iter();
    let options = options
        .map(|name| SelectOption::new(name.clone(), name.clone(), *name == typed.application));
    let options: Vec<_> = std::iter::once(all).chain(options).collect();
    let kind = screen.kind.slug();
    let number = number_fields(
        here,
        screen.kind,
        &screen.record,
        true,
        typed.on_record,
        &typed.number,
    );
    let (reason, ticket) = (typed.reason.clone(), typed.ticket.clone());
    view! {
        <Act action={Call::<RequestCodes>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="kind" value=kind/>
            {number}
            <Text
                here=here
                field=Field::Reason
                label=approval::reason(lang)
                hint=approval::reason_hint(lang)
                value=reason
            />
            <Select
                name=Field::Application.id()
                label=approval::application(lang)
                options=options
                error=Some(here.error(Field::Application))
            />
            <Text
                here=here
                field=Field::Ticket
                label=approval::ticket(lang)
                hint=approval::ticket_hint(lang)
                value=ticket
            />
            <div class="row">
                <Submit label=send/>
            </div>
        </Act>
    }
    .into_any()
}
