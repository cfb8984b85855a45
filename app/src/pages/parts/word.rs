//! A manager's word about somebody of theirs: yes with the code, or no.

use super::{Code, Confirm, Here, Hidden, Submit, note};
use crate::{
    act::{Act, Call},
    ui::Tone,
};
use domain::FactorKind;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::{cases, prove};

/// How to be sure, the code, and both answers; `S` takes them for `id`.
pub fn word_of_manager<S: ServerFn + 'static>(
    here: Here,
    id: &str,
    how: &'static str,
    no_sure: &'static str,
) -> AnyView {
    let lang = here.lang();
    let (id, other) = (id.to_owned(), id.to_owned());
    let hint = prove::hint(lang, FactorKind::Totp, 6);
    view! {
        {note(Tone::Info, how, "")}
        <Act action={Call::<S>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="id" value=id/>
            <Hidden name="word" value="yes"/>
            <Code here=here label=cases::confirm_code(lang) hint=hint digits=6/>
            <div class="row">
                <Submit label=cases::confirm_yes(lang)/>
            </div>
        </Act>
        <Confirm label=cases::confirm_no(lang) sure=no_sure>
            <Act action={Call::<S>::new()} class="row">
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="id" value=other/>
                <Hidden name="word" value="no"/>
                <Submit label=cases::confirm_no(lang) class="button small bad"/>
            </Act>
        </Confirm>
    }
    .into_any()
}
