//! One import or export: how far it is, and what came of it.

use super::{cancel, download, report::report, state};
use crate::{
    admin::top::of_realm,
    browser::progress,
    pages::parts::{Here, note},
    ui::{Amount, Fact, Facts, Panel, State, Tone, use_hydrated},
};
use domain::{
    Lang, paths,
    screen::{AdminTransfer, Screen, TransferRow, View},
    transfer::TransferState,
};
use leptos::prelude::*;
use words::transfers as say;

/// The page.
pub fn page(view: &View, screen: &AdminTransfer) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let row = &screen.row;
    let badge = state(lang, row.state);
    let list = paths::admin_transfers(&screen.realm.slug);
    let badge = view! { <State tone=badge.tone icon=badge.icon text=badge.text/> };
    let body = if row.state.is_over() {
        over(lang, screen)
    } else {
        view! { <Running lang=lang path=view.frame.path.clone() screen=screen.clone()/> }.into_any()
    };
    view! {
        <nav aria-label=say::title(lang)><a href=list>{say::title(lang)}</a></nav>
        {of_realm(here, say::kind(lang, row.kind), &screen.realm, ().into_any())}
        <Panel title=say::facts(lang) aside=Some(badge.into_any())>{body}</Panel>
        {report(lang, screen)}
    }
    .into_any()
}

fn facts(lang: Lang, screen: &AdminTransfer) -> AnyView {
    let row = &screen.row;
    let mut facts = vec![
        Fact::new(say::started(lang), row.created.clone()),
        Fact::new(say::starter(lang), row.starter.clone()),
    ];
    if row.state.is_over() {
        facts.push(Fact::new(say::ended(lang), screen.finished.clone()));
        facts.push(Fact::new(say::rows(lang), say::number(lang, row.done)));
    }
    view! { <Facts facts=facts/> }.into_any()
}

/// While it goes on. The bar counts by itself; every tenth is heard, and the end.
#[component]
fn Running(lang: Lang, path: String, screen: AdminTransfer) -> impl IntoView {
    let hydrated = use_hydrated();
    let begun = screen.row.state;
    let at = RwSignal::new((screen.row.done, screen.row.total));
    let heard = RwSignal::new(String::new());
    progress::watch(path.clone(), move |view| {
        let Screen::AdminTransfer(screen) = &view.screen else {
            return progress::Next::Draw;
        };
        let TransferRow {
            done,
            total,
            state: now,
            ..
        } = screen.row;
        let before = at.try_get_untracked().map(|(done, _)| done);
        if at.try_set((done, total)).is_some() {
            return progress::Next::Stop;
        }
        if now.is_over() {
            heard.set(say::announced_end(lang).to_owned());
        }
        if now != begun {
            return progress::Next::Draw;
        }
        if let (Some(before), Some(total)) = (before, total)
            && tenth(done, total) > tenth(before, total)
        {
            heard.set(say::percent(lang, tenth(done, total) * 10));
        }
        progress::Next::On
    });
    let (done, total) = (
        Signal::derive(move || at.get().0),
        Signal::derive(move || at.get().1),
    );
    let (realm, row) = (screen.realm.clone(), screen.row.clone());
    view! {
        <Amount label=say::facts(lang) done=done total=total/>
        <p class="num">{move || say::progress(lang, done.get(), total.get())}</p>
        <p role="status" class="only-heard">{move || heard.get()}</p>
        <p class="muted">{say::leave(lang)}</p>
        {facts(lang, &screen)}
        <div class="row">
            <a class="button small fit" href=path rel="external" hidden=move || hydrated.get()>
                {say::look_again(lang)}
            </a>
            {cancel(lang, &realm, &row)}
        </div>
    }
}

/// Whole tenths that are done.
fn tenth(done: u32, total: u32) -> u32 {
    u32::try_from(u64::from(done) * 10 / u64::from(total.max(1))).unwrap_or(10)
}

fn over(lang: Lang, screen: &AdminTransfer) -> AnyView {
    let row = &screen.row;
    let import = row.kind.is_import();
    let invited = row.done.saturating_sub(row.skipped);
    let outcome = say::outcome(lang, invited, row.skipped);
    let what = match (row.state, import) {
        (TransferState::Failed, _) => {
            let why = screen.fault.map_or("", |fault| say::fault(lang, fault));
            let title = if import {
                say::failed(lang)
            } else {
                say::failed_export(lang)
            };
            note(Tone::Stop, title, why)
        }
        (TransferState::Cancelled, true) => note(Tone::Info, say::cancelled_import(lang), outcome),
        (TransferState::Cancelled, false) => note(Tone::Info, say::cancelled_export(lang), ""),
        (_, true) if invited > 0 => note(Tone::Ok, outcome, say::mails_follow(lang)),
        (_, true) => note(Tone::Info, outcome, ""),
        (_, false) => note(Tone::Ok, say::rows_done(lang, row.done), ""),
    };
    let fetch = row
        .downloads
        .then(|| download(lang, &screen.realm, row, "button small main fit"));
    view! {
        {what}
        {fetch}
        {kept(lang, row).map(|text| view! { <p class="sm muted">{text}</p> })}
        {facts(lang, screen)}
    }
    .into_any()
}

/// Until when the file is there, and for whom.
fn kept(lang: Lang, row: &TransferRow) -> Option<String> {
    if row.until.is_empty() {
        return None;
    }
    let says = match (row.mine, row.downloads, row.kind.is_import()) {
        (false, ..) => return Some(say::not_yours(lang).to_owned()),
        (true, true, false) => say::kept_until,
        (true, true, true) => say::kept_report,
        (true, false, false) => say::gone,
        (true, false, true) => say::gone_report,
    };
    Some(says(lang, &row.until))
}

#[cfg(test)]
mod tests {
    use super::tenth;

    #[test]
    fn tenths_are_whole() {
        for (done, total, tenths) in [
            (0, 0, 0),
            (9, 100, 0),
            (10, 100, 1),
            (100, 100, 10),
            (u32::MAX, u32::MAX, 10),
        ] {
            assert_eq!(tenth(done, total), tenths);
        }
    }
}
