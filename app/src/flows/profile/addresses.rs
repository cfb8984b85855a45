//! Where notices go.

use super::api::{AddAddress, ConfirmAddress, RemoveAddress};
use crate::{
    act::{Act, Call},
    flows::prove::{code_lead, validity},
    pages::parts::{Code, Confirm, Here, Hidden, Submit, Text},
    ui::{Icon, State, Tone},
};
use domain::{
    Field,
    screen::{CodeTask, Profile},
};
use leptos::prelude::*;
use words::{frame, profile, prove};

/// The list, the address that waits for its code, and the form for another.
pub fn addresses(here: Here, screen: &Profile) -> AnyView {
    let lang = here.lang();
    let further = screen.addresses.iter().map(|(id, address)| {
        let (id, heard) = (id.clone(), address.clone());
        view! {
            <li>
                <Icon name="mail"/>
                <div>{address.clone()}</div>
                <Confirm label=profile::remove(lang) heard=heard sure=profile::remove_sure(lang)>
                    <Act action={Call::<RemoveAddress>::new()} class="row">
                        <Hidden name="realm" value=here.realm()/>
                        <Hidden name="id" value=id/>
                        <Submit label=profile::remove_submit(lang) class="button small bad"/>
                    </Act>
                </Confirm>
            </li>
        }
    });
    let further = further.collect_view();
    let typed = screen.typed.clone();
    view! {
        <section class="card stack">
            <div class="stack near">
                <h2>{profile::addresses(lang)}</h2>
                <p class="muted">{profile::addresses_lead(lang)}</p>
            </div>
            <ul class="trail">
                <li>
                    <Icon name="mail"/>
                    <div>
                        {screen.email.clone()}
                        <p class="sm muted">{profile::first_address(lang)}</p>
                    </div>
                </li>
                {further}
            </ul>
            {screen.pending.as_ref().map(|task| pending(here, task))}
            <Act action={Call::<AddAddress>::new()}>
                <Hidden name="realm" value=here.realm()/>
                <Text
                    here=here
                    field=Field::Email
                    label=profile::add_label(lang)
                    hint=profile::add_hint(lang)
                    value=typed
                    kind="email"
                    autocomplete="email"
                />
                <div class="row">
                    <Submit label=profile::add(lang) class="button"/>
                </div>
            </Act>
        </section>
    }
    .into_any()
}

fn pending(here: Here, task: &CodeTask) -> AnyView {
    let lang = here.lang();
    let (kind, digits) = (task.kind, task.digits);
    let field = view! {
        <Code here=here label=prove::label(lang, kind) hint=prove::hint(lang, kind, digits) digits=digits/>
    };
    let validity = validity(lang, task);
    view! {
        <div class="stack tight">
            <p><State tone=Tone::Info icon="wait" text=profile::pending(lang)/></p>
            {code_lead(lang, task)}
            <Act action={Call::<ConfirmAddress>::new()}>
                <Hidden name="realm" value=here.realm()/>
                {field}
                {validity}
                <div class="row">
                    <Submit label=frame::confirm(lang) class="button"/>
                </div>
            </Act>
        </div>
    }
    .into_any()
}
