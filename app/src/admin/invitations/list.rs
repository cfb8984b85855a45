//! Those that were sent, and what can be done about each.

use super::api::{ResendInvitation, RevokeInvitation};
use crate::{
    act::{Act, Call},
    pages::parts::{Confirm, Hidden, Submit},
    ui::{Badge, Cell, Column, DataTable, Empty, Row, State, Tone},
};
use domain::{
    Lang,
    screen::{InvitationRow, InvitationState},
};
use leptos::prelude::*;
use words::admin;

/// Newest first.
pub fn list(lang: Lang, realm: &str, rows: &[InvitationRow]) -> AnyView {
    if rows.is_empty() {
        return view! { <Empty icon="mail" title=admin::list_none(lang) text=admin::list_none_lead(lang)/> }.into_any();
    }
    let columns = vec![
        Column::new(admin::person(lang)),
        Column::new(admin::email(lang)),
        Column::new(admin::sent(lang)),
        Column::new(admin::state(lang)),
        Column::new(admin::next_step(lang)).end(),
    ];
    let rows = rows.iter().map(|one| row(lang, realm, one)).collect_view();
    view! { <DataTable caption=admin::list_caption(lang) columns=columns>{rows}</DataTable> }
        .into_any()
}

fn row(lang: Lang, realm: &str, one: &InvitationRow) -> AnyView {
    let name = if one.name.is_empty() {
        view! { <span class="faint">{admin::no_name(lang)}</span> }.into_any()
    } else {
        one.name.clone().into_any()
    };
    let (email, sent, state) = (one.email.clone(), one.sent.clone(), state(lang, one.state));
    let next = next(lang, realm, one);
    view! {
        <Row>
            <Cell th=admin::person(lang)>{name}</Cell>
            <Cell th=admin::email(lang)>{email}</Cell>
            <Cell th=admin::sent(lang)><time class="nowrap muted">{sent}</time></Cell>
            <Cell th=admin::state(lang)><State tone=state.tone icon=state.icon text=state.text/></Cell>
            <Cell th=admin::next_step(lang) end=true wrap=true>{next}</Cell>
        </Row>
    }
    .into_any()
}

fn state(lang: Lang, state: InvitationState) -> Badge {
    let (tone, icon) = match state {
        InvitationState::Waiting => (Tone::Idle, "wait"),
        InvitationState::Sent | InvitationState::Opened => (Tone::Info, "mail"),
        InvitationState::Accepted => (Tone::Ok, "check"),
        InvitationState::Expired => (Tone::Warn, "clock"),
        InvitationState::Revoked => (Tone::Idle, "dash"),
        InvitationState::Undeliverable => (Tone::Stop, "cross"),
    };
    Badge::new(tone, icon, admin::invitation(lang, state))
}

fn next(lang: Lang, realm: &str, one: &InvitationRow) -> AnyView {
    let again = || resend(lang, realm.to_owned(), one);
    let stop = || revoke(lang, realm.to_owned(), one);
    match one.state {
        InvitationState::Accepted => {
            view! { <span class="faint">{admin::nothing_to_do(lang)}</span> }.into_any()
        }
        InvitationState::Waiting => stop(),
        InvitationState::Sent | InvitationState::Opened => {
            view! { <div class="row">{again()}{stop()}</div> }.into_any()
        }
        InvitationState::Expired | InvitationState::Revoked | InvitationState::Undeliverable => {
            again()
        }
    }
}

fn resend(lang: Lang, realm: String, one: &InvitationRow) -> AnyView {
    let (id, heard) = (one.id.clone(), admin::to_whom(lang, &one.email));
    view! {
        <Act action={Call::<ResendInvitation>::new()} class="row">
            <Hidden name="realm" value=realm/>
            <Hidden name="id" value=id/>
            <Submit label=admin::resend(lang) class="button small" heard=heard.trim()/>
        </Act>
    }
    .into_any()
}

fn revoke(lang: Lang, realm: String, one: &InvitationRow) -> AnyView {
    let (id, heard) = (one.id.clone(), admin::of_whom(lang, &one.email));
    view! {
        <Confirm label=admin::revoke(lang) heard=heard.trim() sure=admin::revoke_sure(lang)>
            <Act action={Call::<RevokeInvitation>::new()} class="row">
                <Hidden name="realm" value=realm/>
                <Hidden name="id" value=id/>
                <Submit label=admin::revoke_submit(lang) class="button small bad"/>
            </Act>
        </Confirm>
    }
    .into_any()
}
