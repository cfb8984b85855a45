//! Imports and exports of a realm, which go on beside the requests.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `AdminInvitations`: "Send … rows" | `invitations::api::InviteCsv` | `flows::invite::csv` | `AdminTransfer` |
//! | `AdminPeople`: "Export as CSV" | `people::api::ExportPeople` | `flows::people::export` | `AdminTransfer` |
//! | `AdminAudit`: "Export as CSV", "… as JSON" | `audit_trail::api::ExportTrail` | `flows::audit_trail::export` | `AdminTransfer` |
//! | `AdminTransfers`: pages are plain links (`?after=`); looks again by itself while one runs | – | `flows::transfers::list` | `AdminTransfer` |
//! | `AdminTransfer`: counts by itself while it runs; the file at `/admin/{realm}/transfers/{id}/file` | – | `flows::transfers::{page, file}` | – |
//! | both: "Cancel", asked once more | [`api::CancelTransfer`] | `flows::transfers::cancel` | `AdminTransfer` with the news |
//!
//! Messages: none of its own; an import sends `Invitation`.

pub mod api;
mod list;
mod page;
mod report;

pub use list::list;
pub use page::page;

use crate::{
    act::{Act, Call},
    pages::parts::{Confirm, Hidden, Submit},
    ui::{Badge, Icon, Tone},
};
use domain::{
    Lang, paths,
    screen::{RealmCard, TransferRow},
    transfer::TransferState,
};
use leptos::prelude::*;
use words::transfers as say;

/// How it stands: icon, word, colour.
fn state(lang: Lang, state: TransferState) -> Badge {
    let (tone, icon) = match state {
        TransferState::Waiting => (Tone::Idle, "wait"),
        TransferState::Running => (Tone::Info, "refresh"),
        TransferState::Done => (Tone::Ok, "check"),
        TransferState::Failed => (Tone::Stop, "stop"),
        TransferState::Cancelled => (Tone::Idle, "cross"),
    };
    Badge::new(tone, icon, say::state_name(lang, state))
}

/// Which of many, for who only hears it.
fn heard(lang: Lang, row: &TransferRow) -> String {
    say::of_when(lang, say::kind(lang, row.kind), &row.created)
}

/// Stopping it, asked once more.
fn cancel(lang: Lang, realm: &RealmCard, row: &TransferRow) -> AnyView {
    let (sure, submit) = if row.kind.is_import() {
        (say::cancel_import(lang), say::cancel_import_submit(lang))
    } else {
        (say::cancel_export(lang), say::cancel_export_submit(lang))
    };
    let (realm, id, heard) = (realm.slug.to_string(), row.id.clone(), heard(lang, row));
    view! {
        <Confirm label=say::cancel(lang) heard=heard sure=sure>
            <Act action={Call::<api::CancelTransfer>::new()} class="row">
                <Hidden name="realm" value=realm/>
                <Hidden name="id" value=id/>
                <Submit label=submit class="button small bad"/>
            </Act>
        </Confirm>
    }
    .into_any()
}

/// The way to the file or the report.
fn download(lang: Lang, realm: &RealmCard, row: &TransferRow, class: &'static str) -> AnyView {
    let label = if row.kind.is_import() {
        say::download_report(lang).to_owned()
    } else {
        say::download(lang, &row.format)
    };
    let to = paths::admin_transfer_file(&realm.slug, &row.id);
    let heard = heard(lang, row);
    view! {
        <a class=class href=to rel="external" download="">
            <Icon name="download"/>
            <span>{label} <span class="only-heard">{format!(" {heard}")}</span></span>
        </a>
    }
    .into_any()
}
