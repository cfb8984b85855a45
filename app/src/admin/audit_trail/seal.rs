//! Whether the trail is whole: what is sealed, and the button that checks it.

use super::api::VerifyTrail;
use crate::{
    act::{Act, Call},
    pages::parts::{Hidden, Submit},
    ui::{Fact, Facts, Note, Panel, Tone, Why},
};
use domain::{
    Field, Lang,
    screen::{AdminAudit, AuditVerdict},
};
use leptos::prelude::*;
use words::audit_trail as say;

/// The panel on top of the page.
pub fn seal(lang: Lang, screen: &AdminAudit) -> AnyView {
    let head = if screen.head.is_empty() {
        say::head_none(lang).to_owned()
    } else {
        screen.head.clone()
    };
    let facts = vec![
        Fact::new(say::sealed(lang), screen.sealed.to_string()),
        Fact::new(say::head(lang), head),
    ];
    let verdict = screen.verdict.map(|found| verdict(lang, found));
    let asked = screen.asked.clone();
    let realm = screen.realm.slug.to_string();
    view! {
        <Panel title=say::seal(lang)>
            {verdict}
            <Facts facts=facts/>
            <Act action={Call::<VerifyTrail>::new()}>
                <Hidden name="realm" value=realm/>
                <Hidden name=Field::Person.id() value=asked.person/>
                <Hidden name=Field::Action.id() value=asked.action/>
                <Hidden name=Field::Outcome.id() value=asked.result/>
                <Hidden name="after" value=asked.after/>
                <Submit label=say::verify(lang) class="button small main fit"/>
            </Act>
            <Why text=say::seal_why(lang)/>
        </Panel>
    }
    .into_any()
}

fn verdict(lang: Lang, found: AuditVerdict) -> AnyView {
    let tone = match found {
        AuditVerdict::Whole(_) => Tone::Ok,
        AuditVerdict::WholeWithoutHead(_) | AuditVerdict::TooLong => Tone::Warn,
        AuditVerdict::Altered(_)
        | AuditVerdict::Missing(_)
        | AuditVerdict::Cut { .. }
        | AuditVerdict::ForgedHead => Tone::Stop,
    };
    let (what, then) = say::verdict(lang, found);
    view! { <Note tone=tone title=what live=true><p>{then}</p></Note> }.into_any()
}
