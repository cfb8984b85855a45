//! Inviting one person.

use super::api::Invite;
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Submit, Text},
    ui::{Panel, Select, SelectOption, Why},
};
use domain::{Field, Lang, screen::InvitationTyped};
use leptos::prelude::*;
use words::admin;

/// Address, name, language.
pub fn one(here: Here, realm: &str, typed: &InvitationTyped) -> AnyView {
    let lang = here.lang();
    let languages =
        Lang::ALL.map(|one| SelectOption::new(one.code(), one.endonym(), one == typed.lang));
    let (realm, email, name) = (realm.to_owned(), typed.email.clone(), typed.name.clone());
    view! {
        <Panel title=admin::invite_one(lang)>
            <Act action={Call::<Invite>::new()}>
                <Hidden name="realm" value=realm/>
                <div class="two-up">
                    <Text here=here field=Field::Email label=admin::email(lang) value=email kind="email"/>
                    <Text here=here field=Field::Name label=admin::invite_name(lang) value=name/>
                    <Select name="lang" label=admin::invite_lang(lang) options=languages.into()/>
                </div>
                <Why text=admin::invite_why(lang)/>
                <Submit label=admin::invite_submit(lang) class="button small main fit"/>
            </Act>
        </Panel>
    }
    .into_any()
}
