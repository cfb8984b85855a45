//! The emergency password of a caller: whether it can be issued, and once it is, what
//! the agent reads out.

use super::api;
use crate::{
    act::{Act, Call},
    browser::countdown,
    pages::parts::{Code, Confirm, Here, Hidden, Submit, note},
    ui::{Number, Panel, Tone},
};
use domain::{
    Lang, Refusal,
    desk_act::DeskAct,
    emergency::REQUEST_LENGTH,
    screen::{DeskPerson, EmergencyFace, EmergencyStage},
};
use leptos::prelude::*;
use words::{count, refusal, reset_pin};

/// The panel; nothing where the realm has none.
pub fn panel(here: Here, screen: &DeskPerson) -> Option<AnyView> {
    let face = screen.emergency.as_ref()?;
    let lang = here.lang();
    let shown = (!face.shown.is_empty()).then(|| shown(lang, face));
    let live = (!face.valid_until.is_empty()).then(|| live(lang, screen, face));
    let next = match &face.stage {
        EmergencyStage::Refused(code) => {
            let why = refusal::text(
                lang,
                &Refusal::page(code.clone()),
                refusal::About::default(),
            );
            view! { <p class="muted">{why}</p> }.into_any()
        }
        EmergencyStage::Second => view! {
            <p class="muted">{reset_pin::desk_second(lang)}</p>
            {issue(here, screen, face)}
        }
        .into_any(),
        EmergencyStage::Open => issue(here, screen, face),
    };
    let panel = view! {
        <Panel title=reset_pin::desk_title(lang)>
            {shown}
            {live}
            <p class="muted">{reset_pin::desk_lead(lang)}</p>
            {next}
        </Panel>
    };
    Some(panel.into_any())
}

/// The button, or the field for the code that the caller reads out.
fn issue(here: Here, screen: &DeskPerson, face: &EmergencyFace) -> AnyView {
    let lang = here.lang();
    let id = screen.id.clone();
    if face.blind {
        let digits = u32::try_from(REQUEST_LENGTH).unwrap_or(6);
        return view! {
            <Act action={Call::<api::DeskEmergency>::new()}>
                <Hidden name="id" value=id/>
                <Letters here=here digits=digits/>
                <div class="row"><Submit label=reset_pin::desk_approve(lang) class="button small main"/></div>
            </Act>
        }
        .into_any();
    }
    // Once there is one, another is the exception.
    let class = if face.valid_until.is_empty() {
        "button small main"
    } else {
        "button small"
    };
    let again = (!face.valid_until.is_empty())
        .then(|| view! { <p class="sm muted">{reset_pin::desk_again(lang)}</p> });
    view! {
        <p class="sm muted">{reset_pin::desk_issue_sure(lang)}</p>
        {again}
        <Act action={Call::<api::DeskEmergency>::new()} class="row">
            <Hidden name="id" value=id/>
            <Submit label=reset_pin::desk_issue(lang) class=class/>
        </Act>
    }
    .into_any()
}

/// The code of a request: letters too.
#[component]
fn Letters(here: Here, digits: u32) -> impl IntoView {
    let lang = here.lang();
    view! {
        <Code
            here=here
            label=reset_pin::desk_request(lang)
            hint=reset_pin::desk_request_hint(lang)
            digits=digits + 14
        />
    }
}

/// In the one answer that issued it.
fn shown(lang: Lang, face: &EmergencyFace) -> AnyView {
    let groups = face.shown.split('-').map(|group| {
        let words: Vec<_> = group.chars().map(|c| reset_pin::spell(lang, c)).collect();
        let words = words.join(", ");
        view! { <li>{words}</li> }
    });
    let groups = groups.collect_view();
    let number = face.shown.clone();
    view! {
        <div role="status">
            <Number label=reset_pin::desk_shown(lang) number=number/>
        </div>
        {note(Tone::Warn, reset_pin::desk_once(lang), "")}
        <div class="sm">
            <p class="muted">{reset_pin::desk_spelling(lang)}</p>
            <ol>{groups}</ol>
        </div>
    }
    .into_any()
}

/// One that works: by whom, until when, and its end by one click.
fn live(lang: Lang, screen: &DeskPerson, face: &EmergencyFace) -> AnyView {
    let id = screen.id.clone();
    view! {
        <Live lang=lang face=face.clone()/>
        <Confirm label=reset_pin::desk_void(lang) sure=reset_pin::desk_void_sure(lang)>
            <Act action={Call::<api::DeskDo>::new()} class="row">
                <Hidden name="id" value=id/>
                <Hidden name="change" value=DeskAct::VoidEmergency.slug()/>
                <Submit label=reset_pin::desk_void(lang) class="button small bad"/>
            </Act>
        </Confirm>
    }
    .into_any()
}

#[component]
fn Live(lang: Lang, face: EmergencyFace) -> impl IntoView {
    let (left, total) = (countdown::from(face.seconds_left), face.seconds_total);
    let minutes = Memo::new(move |_| (left.get() + 59) / 60 * 60);
    view! {
        <p>
            <strong>{reset_pin::desk_live(lang)}</strong>
            " "
            {reset_pin::desk_by(lang, &face.by)}
        </p>
        <div class="stack near">
            <progress
                value=move || left.get().to_string()
                max=total.to_string()
                aria-label=reset_pin::validity(lang)
            ></progress>
            <p class="row spread sm muted num">
                <span>{reset_pin::desk_until(lang, &face.valid_until)}</span>
                <span>{move || count::duration(lang, minutes.get().max(0))}</span>
            </p>
        </div>
    }
}
