//! Asking one's manager, and where it stands.

use super::{
    api::{RequestCodes, WithdrawRequest},
    number_fields,
};
use crate::{
    act::{Act, Call},
    flows::choose_method::api::ChooseMethod,
    pages::parts::{Confirm, Here, Hidden, Submit, Text, Way, note, top},
    ui::{Badge, Fact, Facts, Panel, Select, SelectOption, State, Tone},
};
use domain::{
    Field, Lang, paths,
    screen::{ApprovalFace, ApprovalStage, RequestApproval, View},
};
use leptos::prelude::*;
use words::{approval, factor};

/// The page.
pub fn page(view: &View, screen: &RequestApproval) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let last = screen.last.as_ref().map(|last| standing(here, last));
    let is_live = screen.last.as_ref().is_some_and(|last| is_live(last.stage));
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
    view! {
        {top(here, approval::ask(lang, screen.kind), approval::ask_lead(lang))}
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
    let withdraw = is_live(last.stage).then(|| {
        view! {
            <Confirm label=approval::withdraw(lang) sure=approval::withdraw_sure(lang)>
                <Act action={Call::<WithdrawRequest>::new()} class="row">
                    <Hidden name="realm" value=here.realm()/>
                    <Submit label=approval::withdraw(lang) class="button small bad"/>
                </Act>
            </Confirm>
        }
    });
    let badge = stage_badge(lang, last.stage);
    let facts = state(lang, last);
    let badge = view! { <State tone=badge.tone icon=badge.icon text=badge.text/> };
    view! {
        <Panel title=last.name.clone() aside=Some(badge.into_any())>
            {facts}
            {sets_up}
            {withdraw}
        </Panel>
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

/// What is known of a request, for its owner and for the desk.
pub fn state(lang: Lang, one: &ApprovalFace) -> AnyView {
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
    if !one.until.is_empty() {
        let term = match one.stage {
            ApprovalStage::Waiting => approval::answer_until(lang),
            ApprovalStage::Used => approval::review(lang),
            _ => approval::use_until(lang),
        };
        facts.push(Fact::new(term, one.until.clone()));
    }
    if !one.declined.is_empty() {
        facts.push(Fact::new(
            approval::why_declined(lang),
            one.declined.clone(),
        ));
    }
    let why = match one.stage {
        ApprovalStage::Lapsed => approval::told_lapsed(lang),
        ApprovalStage::ForDesk => approval::told_for_desk(lang),
        ApprovalStage::Vetoed => approval::told_vetoed(lang),
        _ => "",
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
