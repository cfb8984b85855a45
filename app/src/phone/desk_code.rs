//! Is it really the service desk? A code that one reads to whoever calls, and who typed
//! it.

use super::api::ShowDeskCode;
use crate::{
    act::{Act, Call},
    browser::countdown,
    pages::parts::{Hidden, Submit, note},
    ui::{Awaited, Number, Tone},
};
use domain::{
    Lang,
    screen::{DeskCodeFace, PhoneAccount},
};
use leptos::prelude::*;
use words::{call, count};

/// For each account of the phone.
pub fn section(lang: Lang, accounts: &[PhoneAccount]) -> AnyView {
    let many = accounts.len() > 1;
    let each = accounts.iter().map(|account| {
        let name = many.then(|| {
            let name = format!("{}, {}", account.login, account.realm);
            view! { <h3>{name}</h3> }
        });
        let body = match &account.code {
            Some(code) if !code.agent.is_empty() => typed(lang, code),
            Some(code) => view! { <Shown lang=lang code=code.clone()/> }.into_any(),
            None => show(lang, account),
        };
        view! { {name} {body} }
    });
    let each = each.collect_view();
    view! {
        <section class="stack tight">
            <h2>{call::phone_title(lang)}</h2>
            <p class="muted">{call::phone_lead(lang)}</p>
            {each}
        </section>
    }
    .into_any()
}

fn show(lang: Lang, account: &PhoneAccount) -> AnyView {
    let factor = account.factor.clone();
    view! {
        <Act action={Call::<ShowDeskCode>::new()}>
            <Hidden name="factor" value=factor/>
            <Submit label=call::phone_show(lang) class="button wide"/>
        </Act>
    }
    .into_any()
}

fn typed(lang: Lang, code: &DeskCodeFace) -> AnyView {
    let who = call::phone_typed(lang, &code.agent, &code.call);
    view! { <div role="status">{note(Tone::Ok, who, call::phone_ask(lang))}</div> }.into_any()
}

#[component]
fn Shown(lang: Lang, code: DeskCodeFace) -> impl IntoView {
    let (left, total) = (countdown::from(code.seconds_left), code.seconds_total);
    let minutes = Memo::new(move |_| (left.get() + 59) / 60 * 60);
    let awaited = RwSignal::new(call::phone_waiting(lang).to_owned());
    view! {
        <Number label=call::phone_code(lang) number=code.digits/>
        <div class="stack near">
            <Awaited text=awaited/>
            <progress
                value=move || left.get().to_string()
                max=total.to_string()
                aria-label=call::phone_time(lang)
            ></progress>
            <p class="sm muted num">{move || count::duration(lang, minutes.get().max(0))}</p>
        </div>
        <p class="sm muted">{call::phone_warn(lang)}</p>
    }
}
