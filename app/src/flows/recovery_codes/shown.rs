//! The codes, and three ways to keep them.

use super::api::RecoveryCodesSaved;
use crate::{
    act::{Act, Call},
    browser,
    pages::parts::{Here, Hidden, encode},
    ui::{Button, Icon, RecoveryCodes, Why, use_hydrated},
};
use leptos::{prelude::*, task::spawn_local};
use words::{frame, recovery};

/// Until they were copied, downloaded or printed, "I have saved them" says so
/// and waits. Without script it does not wait: there is nothing to see it by.
#[component]
pub fn Shown(here: Here, codes: Vec<String>) -> impl IntoView {
    let lang = here.lang();
    let hydrated = use_hydrated();
    let head = head(here);
    let file = StoredValue::new(format!(
        "{head}\r\n\r\n{}\r\n\r\n{}\r\n",
        codes.join("\r\n"),
        recovery::file_foot(lang)
    ));
    let copied = RwSignal::new("");
    let kept = RwSignal::new(false);
    let waits = move || hydrated.get() && !kept.get();
    let copy = Callback::new(move |()| {
        spawn_local(async move {
            let done = browser::clipboard::copy(&file.get_value()).await;
            let _ = copied.try_set(if done {
                recovery::copied(lang)
            } else {
                recovery::copy_failed(lang)
            });
            if done {
                let _ = kept.try_set(true);
            }
        });
    });
    let print = Callback::new(move |()| {
        browser::print::page();
        kept.set(true);
    });
    // A link, so that it works without script; the router keeps out of it.
    let download = view! {
        <a
            class="button small fit"
            href=format!("data:text/plain;charset=utf-8,{}", encode(&file.get_value()))
            download=recovery::file_name(lang)
            rel="external"
            on:click=move |_| kept.set(true)
        >
            <Icon name="download"/>
            <span>{recovery::download(lang)}</span>
        </a>
    };
    view! {
        <RecoveryCodes label=recovery::list(lang) codes=codes on_paper=head>
            <Button label=frame::copy(lang) small=true icon=Some("copy") js=true on_click=copy/>
            {download}
            <Button label=recovery::print(lang) small=true icon=Some("print") js=true on_click=print/>
        </RecoveryCodes>
        <p class="sm muted" role="status">{move || copied.get()}</p>
        <Act action={Call::<RecoveryCodesSaved>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <div class="stack near">
                <button
                    class="button main fit"
                    type="submit"
                    aria-disabled=move || waits().then_some("true")
                    aria-describedby=move || waits().then_some("save-first")
                    on:click=move |ev| {
                        if !kept.get_untracked() {
                            ev.prevent_default();
                        }
                    }
                >
                    {recovery::saved(lang)}
                </button>
                <div hidden=move || !waits()>
                    <Why id="save-first" icon="lock" text=recovery::save_first(lang)/>
                </div>
            </div>
        </Act>
    }
}

/// Whose codes these are: for the paper and the file.
fn head(here: Here) -> String {
    let login = here.with(|view| {
        view.frame
            .person
            .as_ref()
            .map(|p| p.login.clone())
            .unwrap_or_default()
    });
    recovery::file_head(here.lang(), &here.place(), &login)
}
