//! What an administrator may do to a person. What makes no sense now stays in
//! sight with its reason.

use super::api::ChangePerson;
use crate::{
    act::{Act, Call},
    pages::parts::{Confirm, Here, Hidden, Submit},
    ui::{DisabledButton, Panel, Why},
};
use domain::screen::{AdminPerson, PersonChange};
use leptos::prelude::*;
use words::admin;

/// The panel.
pub fn actions(here: Here, screen: &AdminPerson) -> AnyView {
    let lang = here.lang();
    let who = &screen.person;
    let on_off = if who.disabled {
        PersonChange::Enabled
    } else {
        PersonChange::Disabled
    };
    let all = [
        (PersonChange::Unlocked, screen.locked),
        (PersonChange::FreezeLifted, who.frozen),
        (PersonChange::InvitedAnew, !screen.set_up),
        (PersonChange::SessionsEnded, screen.sessions > 0),
        (on_off, true),
    ];
    let code = screen
        .address_code
        .map(|may| (PersonChange::AddressCodeSent, may));
    let rows = all.into_iter().chain(code).map(
        |(change, may)| view! { <li class="stack near">{action(here, screen, change, may)}</li> },
    );
    let rows = rows.collect_view();
    view! {
        <Panel title=admin::actions(lang)>
            <ul class="stack tight">{rows}</ul>
            <Why text=admin::actions_told(lang)/>
        </Panel>
    }
    .into_any()
}

/// As the form posts it.
const fn slug(change: PersonChange) -> &'static str {
    match change {
        PersonChange::Unlocked => "unlocked",
        PersonChange::FreezeLifted => "freeze_lifted",
        PersonChange::SessionsEnded => "sessions_ended",
        PersonChange::Disabled => "disabled",
        PersonChange::Enabled => "enabled",
        PersonChange::InvitedAnew => "invited_anew",
        PersonChange::AddressCodeSent => "address_code_sent",
    }
}

fn action(here: Here, screen: &AdminPerson, change: PersonChange, may: bool) -> AnyView {
    let lang = here.lang();
    let label = admin::change(lang, change);
    let id = slug(change);
    if !may {
        return view! {
            <DisabledButton id=id label=label reason=admin::change_not(lang, change) reason_icon="info" small=true/>
        }
        .into_any();
    }
    let (realm, person) = (screen.realm.slug.to_string(), screen.person.id.clone());
    let form = move |class: &'static str| {
        view! {
            <Act action={Call::<ChangePerson>::new()} class="row">
                <Hidden name="realm" value=realm/>
                <Hidden name="id" value=person/>
                <Hidden name="change" value=id/>
                <Submit label=label class=class/>
            </Act>
        }
        .into_any()
    };
    let about = admin::change_about(lang, change);
    match change {
        PersonChange::Disabled | PersonChange::FreezeLifted => {
            let form = form("button small bad");
            view! { <Confirm label=label sure=about>{form}</Confirm> }.into_any()
        }
        _ => view! {
            {form("button small")}
            <p class="sm muted">{about}</p>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::slug;
    use domain::screen::PersonChange;

    #[test]
    fn changes_are_named_as_the_server_reads_them() {
        use PersonChange::*;
        for one in [
            Unlocked,
            FreezeLifted,
            Disabled,
            Enabled,
            InvitedAnew,
            AddressCodeSent,
        ] {
            let named =
                serde::de::value::StrDeserializer::<serde::de::value::Error>::new(slug(one));
            assert_eq!(
                <PersonChange as serde::Deserialize>::deserialize(named),
                Ok(one)
            );
        }
    }
}
