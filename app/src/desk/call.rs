//! The call that goes on with a person, and the code by which they find out who calls.

use super::api;
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Submit},
    ui::{CodeField, Icon, Panel, State, Tone},
};
use domain::{
    Field, Lang,
    call::CODE_DIGITS,
    screen::{CallFace, DeskPerson},
};
use leptos::prelude::*;
use words::call;

/// The panel; nothing for one's own account.
pub fn panel(here: Here, screen: &DeskPerson) -> Option<AnyView> {
    let lang = here.lang();
    if !screen.can_call {
        return None;
    }
    let change = |change: &'static str, label: &'static str| {
        let id = screen.id.clone();
        view! {
            <Act action={Call::<api::DeskCall>::new()} class="row">
                <Hidden name="id" value=id/>
                <Hidden name="change" value=change/>
                <Submit label=label class="button small"/>
            </Act>
        }
    };
    let now = match &screen.call {
        Some(one) => view! {
            <p><strong>{call::since(lang, &one.name, &one.since)}</strong></p>
            <p class="sm muted">{call::end_lead(lang)}</p>
            {change("end", call::end(lang))}
        }
        .into_any(),
        None => view! {
            <p class="muted">{call::none(lang)}</p>
            {change("start", call::start(lang))}
        }
        .into_any(),
    };
    let code = screen.has_phone.then(|| code(here, screen));
    let panel = view! { <Panel title=call::title(lang)>{now} {code}</Panel> };
    Some(panel.into_any())
}

/// The agent calls: the phone on the other end is told who they are.
fn code(here: Here, screen: &DeskPerson) -> AnyView {
    let lang = here.lang();
    let id = screen.id.clone();
    view! {
        <h3>{call::code_title(lang)}</h3>
        <Act action={Call::<api::DeskCode>::new()}>
            <Hidden name="id" value=id/>
            <CodeField
                name=Field::Proof.id()
                label=call::code(lang)
                hint=call::code_hint(lang)
                digits=u8::try_from(CODE_DIGITS).unwrap_or(6)
                autocomplete="off"
                error=Some(here.error(Field::Proof))
            />
            <div class="row"><Submit label=call::code_submit(lang) class="button small"/></div>
        </Act>
    }
    .into_any()
}

/// A call among the cases of a person.
pub fn row(lang: Lang, one: &CallFace) -> AnyView {
    let (tone, icon, state) = if one.open {
        (Tone::Idle, "wait", call::open(lang))
    } else {
        (Tone::Idle, "check", call::over(lang))
    };
    let (name, with, since) = (
        one.name.clone(),
        call::with(lang, &one.by),
        one.since.clone(),
    );
    view! {
        <li>
            <Icon name="voice"/>
            <div>
                <strong>{name}</strong>
                <p class="muted">{with}</p>
            </div>
            <span class="stack near ends">
                <State tone=tone icon=icon text=state/>
                <time>{since}</time>
            </span>
        </li>
    }
    .into_any()
}
