//! One person: what there is, what happened, and what the desk may do.

use super::{api, call, check, emergency, stage};
use crate::{
    act::{Act, Call},
    flows::approval::{stage_badge, state},
    pages::parts::{self, Confirm, Here, Hidden, Submit, factor_icon, note, top},
    ui::{Badge, Icon, KeyName, Panel, State, Tone, Trail, TrailItem},
};
use domain::{
    FactorKind, Lang,
    caller::Ruling,
    desk_act::DeskAct,
    message::Way,
    paths,
    screen::{
        CaseRow, DeskFactor, DeskMessage, DeskPerson, HistoryRow, MessageState, PendingFace,
        PersonChange, View,
    },
};
use leptos::prelude::*;
use words::{admin, approval, caller, desk, factor};

/// The page.
pub fn page(view: &View, screen: &DeskPerson) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let name = if screen.name.is_empty() {
        screen.login.clone()
    } else {
        screen.name.clone()
    };
    let states = states(lang, screen)
        .into_iter()
        .map(|badge| view! { <State tone=badge.tone icon=badge.icon text=badge.text/> })
        .collect_view();
    let known = [screen.login.as_str(), screen.email.as_str()];
    let mut known: Vec<_> = known.into_iter().filter(|t| !t.is_empty()).collect();
    known.dedup();
    let is_protected = screen
        .protected
        .then(|| note(Tone::Warn, desk::not_yours(lang), ""));
    let cases = if screen.cases.is_empty() && screen.calls.is_empty() {
        view! { <p class="muted">{desk::no_cases(lang)}</p> }.into_any()
    } else {
        let rows = screen.cases.iter().map(|one| case(lang, one));
        let rows = rows.collect_view();
        let calls = screen.calls.iter().map(|one| call::row(lang, one));
        let calls = calls.collect_view();
        view! { <Trail>{rows} {calls}</Trail> }.into_any()
    };
    view! {
        {top(here, &name, &known.join(", "))}
        <div class="row">
            <KeyName realm=screen.slug.clone() name=screen.realm.clone()/>
            {states}
        </div>
        <p class="sm muted">{desk::masked(lang)}</p>
        {is_protected}
        {pending(lang, screen)}
        <Panel title=desk::cases(lang)>{cases}</Panel>
        <div class="split">
            <div class="stack">
                {call::panel(here, screen)}
                {check::panel(here, screen)}
                {emergency::panel(here, screen)}
                {approvals(lang, screen)}
                {enroll_anew(lang, screen)}
                {actions(lang, screen)}
                {factors(lang, screen)}
                {sessions(lang, screen)}
            </div>
            <div class="stack">
                {messages(lang, screen)}
                {history(lang, &screen.history)}
            </div>
        </div>
    }
    .into_any()
}

fn case(lang: Lang, one: &CaseRow) -> AnyView {
    let state = stage(lang, &one.stage);
    let (to, name, since) = (
        paths::desk_case(&one.id),
        one.name.clone(),
        one.since.clone(),
    );
    let kind = desk::case_kind(lang, one.kind);
    view! {
        <li>
            <Icon name="ticket"/>
            <div>
                <strong><a href=to>{name}</a></strong>
                <p class="muted">{kind}</p>
            </div>
            <span class="stack near ends">
                <State tone=state.tone icon=state.icon text=state.text/>
                <time>{since}</time>
            </span>
        </li>
    }
    .into_any()
}

fn states(lang: Lang, screen: &DeskPerson) -> Vec<Badge> {
    let mut all = Vec::new();
    if screen.disabled {
        all.push(Badge::new(Tone::Stop, "cross", admin::disabled(lang)));
    }
    if screen.frozen {
        all.push(Badge::new(Tone::Warn, "lock", admin::frozen(lang)));
    }
    if screen.locked {
        all.push(Badge::new(Tone::Warn, "lock", admin::locked(lang)));
    }
    if all.is_empty() {
        all.push(Badge::new(Tone::Ok, "check", admin::active(lang)));
    }
    all
}

fn actions(lang: Lang, screen: &DeskPerson) -> Option<AnyView> {
    if !screen.acts {
        return None;
    }
    let act = |change: &'static str, label: &'static str| {
        let id = screen.id.clone();
        view! {
            <Act action={Call::<api::DeskDo>::new()} class="row">
                <Hidden name="id" value=id/>
                <Hidden name="change" value=change/>
                <Submit label=label class="button small"/>
            </Act>
        }
    };
    let unlock = screen.locked.then(|| act("unlocked", desk::unlock(lang)));
    let end =
        (!screen.sessions.is_empty()).then(|| act("sessions_ended", desk::end_sessions(lang)));
    let lift =
        (screen.frozen && screen.leads).then(|| act("freeze_lifted", desk::lift_freeze(lang)));
    let sent = PersonChange::AddressCodeSent;
    let code = screen
        .address_code
        .then(|| act("address_code_sent", admin::change(lang, sent)));
    Some(
        view! {
            <Panel title=admin::actions(lang)>
                {code}
                {unlock}
                {end}
                {lift}
                <p class="sm muted">{desk::told(lang)}</p>
            </Panel>
        }
        .into_any(),
    )
}

/// For a verified caller who has lost what they sign in with: a link to enroll anew.
fn enroll_anew(lang: Lang, screen: &DeskPerson) -> Option<AnyView> {
    let verified = screen
        .changes
        .is_some_and(|ruling| ruling != Ruling::Refuse);
    let anew = screen.enrolls_anew.filter(|_| verified && screen.acts)?;
    let id = screen.id.clone();
    let panel = view! {
        <Panel title=caller::anew(lang)>
            <p class="muted">{caller::anew_lead_for(lang, anew)}</p>
            <Confirm label=caller::anew(lang) sure=caller::anew_sure(lang)>
                <Act action={Call::<api::DeskDo>::new()} class="row">
                    <Hidden name="id" value=id/>
                    <Hidden name="change" value=DeskAct::EnrollAnew.slug()/>
                    <Submit label=caller::anew(lang) class="button small bad"/>
                </Act>
            </Confirm>
        </Panel>
    };
    Some(panel.into_any())
}

/// What the person asked their manager.
fn approvals(lang: Lang, screen: &DeskPerson) -> Option<AnyView> {
    if screen.approvals.is_empty() {
        return None;
    }
    let rows = screen.approvals.iter().map(|one| {
        let badge = stage_badge(lang, one.stage);
        view! {
            <div class="stack tight">
                <p class="row">
                    <strong>{one.name.clone()}</strong>
                    <State tone=badge.tone icon=badge.icon text=badge.text/>
                </p>
                {state(lang, one)}
            </div>
        }
    });
    let rows = rows.collect_view();
    Some(view! { <Panel title=approval::desk_title(lang)>{rows}</Panel> }.into_any())
}

/// What waits for a second one of the desk.
fn pending(lang: Lang, screen: &DeskPerson) -> Option<AnyView> {
    if screen.pending.is_empty() {
        return None;
    }
    let rows = screen.pending.iter().map(|one| wish(lang, one));
    let rows = rows.collect_view();
    let panel = view! {
        <Panel title=desk::acts(lang)>
            <p class="muted">{desk::acts_lead(lang)}</p>
            <Trail>{rows}</Trail>
        </Panel>
    };
    Some(panel.into_any())
}

fn wish(lang: Lang, one: &PendingFace) -> AnyView {
    let what = desk::act(lang, one.act);
    let title = if one.about.is_empty() {
        what.to_owned()
    } else {
        format!("{what}: {}", one.about)
    };
    let form = |change: &'static str, label: &'static str, class: &'static str| {
        let (id, heard) = (one.id.clone(), title.clone());
        view! {
            <Act action={Call::<api::DeskSecond>::new()} class="row">
                <Hidden name="id" value=id/>
                <Hidden name="change" value=change/>
                <Submit label=label class=class heard=heard/>
            </Act>
        }
    };
    let agree = one
        .agrees
        .then(|| form("agree", desk::act_agree(lang), "button small bad"));
    let refuse = one.refuses.then(|| {
        let label = if one.own {
            desk::act_take_back(lang)
        } else {
            desk::act_refuse(lang)
        };
        form("refuse", label, "button small")
    });
    let waits = (!one.agrees).then(|| view! { <p class="sm muted">{desk::act_wait(lang)}</p> });
    view! {
        <li>
            <Icon name="wait"/>
            <div class="stack near">
                <strong>{title.clone()}</strong>
                <p class="muted">{one.by.clone()}</p>
                {waits}
                <div class="row">{agree} {refuse}</div>
            </div>
        </li>
    }
    .into_any()
}

fn factors(lang: Lang, screen: &DeskPerson) -> AnyView {
    let rows = screen.factors.iter().map(|one| row(lang, screen, one));
    let rows = rows.collect_view();
    let codes = (screen.recovery_left > 0).then(|| {
        let text = words::count::recovery_codes(lang, screen.recovery_left);
        view! { <TrailItem icon="key" title=text/> }
    });
    view! { <Panel title=desk::factors(lang)><Trail>{rows}{codes}</Trail></Panel> }.into_any()
}

fn row(lang: Lang, screen: &DeskPerson, one: &DeskFactor) -> AnyView {
    let mut detail = vec![one.name.clone()];
    if !one.used.is_empty() {
        detail.push(format!("{}: {}", words::overview::used(lang), one.used));
    }
    if !one.tested.is_empty() {
        detail.push(format!("{}: {}", words::overview::tested(lang), one.tested));
    }
    if let Some(used) = &one.codes {
        let used = words::phone::codes_used(lang, used);
        detail.push(format!("{}: {used}", words::phone::codes_title(lang)));
    }
    if one.is_new {
        detail.push(desk::check_new(lang).to_owned());
    }
    if !one.probation.is_empty() {
        detail.push(format!("{} {}", desk::on_probation(lang), one.probation));
    }
    detail.retain(|d| !d.is_empty());
    let (tone, icon, word) = if one.ready {
        (Tone::Ok, "check", desk::ready(lang))
    } else {
        (Tone::Stop, "cross", desk::off(lang))
    };
    let heard = factor::name(lang, one.kind);
    let form = |change: &'static str, label: &'static str, class: &'static str| {
        let (id, factor) = (screen.id.clone(), one.id.clone());
        view! {
            <Act action={Call::<api::DeskDo>::new()} class="row">
                <Hidden name="id" value=id/>
                <Hidden name="subject" value=factor/>
                <Hidden name="change" value=change/>
                <Submit label=label class=class heard=heard/>
            </Act>
        }
        .into_any()
    };
    // Removing takes evidence: nothing is offered that the server would refuse.
    let verified = screen
        .changes
        .is_some_and(|ruling| ruling != Ruling::Refuse);
    let remove = (screen.acts && one.removable && verified).then(|| {
        let form = form("remove", desk::remove(lang), "button small bad");
        view! {
            <Confirm label=desk::remove(lang) heard=heard sure=desk::remove_lead(lang)>{form}</Confirm>
        }
    });
    let other = one
        .switches
        .filter(|_| screen.acts && verified)
        .map(|kind| {
            let label = approval::switch_to(lang, kind);
            let form = form(DeskAct::SwitchLine.slug(), label, "button small");
            view! {
                <Confirm label=label heard=heard sure=approval::switch_sure(lang)>{form}</Confirm>
            }
        });
    let switch = (screen.acts && !one.kind.is_knowledge()).then(|| {
        if one.ready {
            let off = form("suspend", desk::suspend(lang), "button small bad");
            view! {
                <Confirm label=desk::suspend(lang) heard=heard sure=desk::suspend_lead(lang)>{off}</Confirm>
            }
            .into_any()
        } else {
            form("resume", desk::resume(lang), "button small")
        }
    });
    view! {
        <li>
            <Icon name=factor_icon(one.kind)/>
            <div>
                <strong>{heard}</strong>
                <p class="muted">{detail.join(", ")}</p>
                <div class="row">{other} {switch} {remove}</div>
            </div>
            <State tone=tone icon=icon text=word/>
        </li>
    }
    .into_any()
}

fn sessions(lang: Lang, screen: &DeskPerson) -> AnyView {
    if screen.sessions.is_empty() {
        return view! { <Panel title=desk::sessions(lang)><p class="muted">{desk::no_sessions(lang)}</p></Panel> }
            .into_any();
    }
    let rows = screen.sessions.iter().map(|(browser, since)| {
        view! { <TrailItem icon="globe" title=browser.clone() text=since.clone()/> }
    });
    let rows = rows.collect_view();
    view! { <Panel title=desk::sessions(lang)><Trail>{rows}</Trail></Panel> }.into_any()
}

fn messages(lang: Lang, screen: &DeskPerson) -> AnyView {
    if screen.messages.is_empty() {
        return view! { <Panel title=desk::messages(lang)><p class="muted">{desk::no_messages(lang)}</p></Panel> }
            .into_any();
    }
    let rows = screen.messages.iter().map(|one| message(lang, screen, one));
    let rows = rows.collect_view();
    view! { <Panel title=desk::messages(lang)><Trail>{rows}</Trail></Panel> }.into_any()
}

fn message(lang: Lang, screen: &DeskPerson, one: &DeskMessage) -> AnyView {
    let carries = match one.way {
        Way::Mail => FactorKind::Email,
        Way::Push => FactorKind::Smartphone,
        Way::Sms => FactorKind::Sms,
        Way::Voice => FactorKind::Voice,
    };
    let (tone, icon) = match one.state {
        MessageState::Sent | MessageState::Delivered => (Tone::Ok, "check"),
        MessageState::Failed | MessageState::Undelivered(_) => (Tone::Stop, "cross"),
        MessageState::Waiting | MessageState::Planned => (Tone::Idle, "wait"),
    };
    let again = (screen.acts && one.again).then(|| {
        let (id, message) = (screen.id.clone(), one.id.clone());
        view! {
            <Act action={Call::<api::DeskDo>::new()} class="row">
                <Hidden name="id" value=id/>
                <Hidden name="change" value="resend"/>
                <Hidden name="subject" value=message/>
                <Submit label=desk::resend(lang) class="button small"/>
            </Act>
        }
    });
    view! {
        <li>
            <Icon name=factor_icon(carries)/>
            <div>
                <strong>{desk::message(lang, &one.slug)}</strong>
                <p class="muted">{one.to.clone()}</p>
                {again}
            </div>
            <span class="stack near ends">
                <State tone=tone icon=icon text=desk::message_state(lang, one.state)/>
                <time>{one.at.clone()}</time>
            </span>
        </li>
    }
    .into_any()
}

/// What happened, newest first.
pub fn history(lang: Lang, rows: &[HistoryRow]) -> AnyView {
    let rows = parts::history(lang, rows);
    view! { <Panel title=desk::history(lang)>{rows}</Panel> }.into_any()
}
