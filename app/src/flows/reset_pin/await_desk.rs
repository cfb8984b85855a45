//! The desk approves this browser: a code to read out, and the wait for the agent.

use super::{api, emergency::back, page::about, page::leave};
use crate::{
    act::{Act, Call},
    browser::{self, countdown, progress},
    pages::parts::{Here, Hidden, Submit, encode, purpose, top},
    place::{Page, use_page},
    ui::{Awaited, Number, use_hydrated},
};
use domain::screen::{AwaitDesk, CodePurpose, PhoneStage, Screen, View};
use leptos::prelude::*;
use server_fn::ServerFn;
use words::{count, reset_pin};

/// The page.
pub fn page(view: &View, task: &AwaitDesk) -> AnyView {
    let here = Here::about(view, about());
    let lang = here.lang();
    let (lead, body) = match task.stage {
        PhoneStage::Waiting => {
            let path = view.frame.path.clone();
            let waits = view! { <Waiting here=here task=task.clone() path=path/> };
            (reset_pin::wait_lead(lang), waits.into_any())
        }
        PhoneStage::Answered => {
            let goes = view! { {go_on(here)} <Goes here=here/> };
            (reset_pin::approved(lang), goes.into_any())
        }
        PhoneStage::Over => (reset_pin::wait_over(lang), ().into_any()),
    };
    view! {
        {top(here, reset_pin::wait_title(lang), lead)}
        {body}
        <div class="row">{back(here)} {leave(here)}</div>
    }
    .into_any()
}

#[component]
fn Waiting(here: Here, task: AwaitDesk, path: String) -> impl IntoView {
    let lang = here.lang();
    let hydrated = use_hydrated();
    let page = use_page();
    let heard = RwSignal::new(reset_pin::waiting(lang).to_owned());
    let realm = StoredValue::new(here.realm());
    let what = purpose(CodePurpose::ResetPin);
    let stream = format!("/waits/{}/{what}", here.realm());
    let bell = progress::follow(stream, path, move |view| {
        let Screen::AwaitDesk(now) = &view.screen else {
            return progress::Next::Draw;
        };
        match now.stage {
            PhoneStage::Waiting => progress::Next::On,
            PhoneStage::Over => progress::Next::Draw,
            PhoneStage::Answered => {
                if heard
                    .try_set(reset_pin::approved(lang).to_owned())
                    .is_none()
                    && let Some(realm) = realm.try_get_value()
                {
                    go(page, realm);
                }
                progress::Next::Stop
            }
        }
    });
    let (left, total) = (countdown::from(task.seconds_left), task.seconds_total);
    countdown::at_zero(left, bell);
    let minutes = Memo::new(move |_| (left.get() + 59) / 60 * 60);
    view! {
        <Number label=reset_pin::wait_code(lang) number=task.code/>
        <div class="stack near">
            <Awaited text=heard/>
            <progress
                value=move || left.get().to_string()
                max=total.to_string()
                aria-label=reset_pin::validity(lang)
            ></progress>
            <p class="sm muted num">{move || count::duration(lang, minutes.get().max(0))}</p>
        </div>
        <div hidden=move || hydrated.get()>{go_on(here)}</div>
    }
}

/// Without script: the person says that the desk has approved.
fn go_on(here: Here) -> AnyView {
    view! {
        <Act action={Call::<api::ResetPinApproved>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <div class="row"><Submit label=reset_pin::go_on(here.lang())/></div>
        </Act>
    }
    .into_any()
}

/// With script: at once.
#[component]
fn Goes(here: Here) -> impl IntoView {
    let (page, realm) = (use_page(), here.realm());
    Effect::new(move |_| go(page, realm.clone()));
}

fn go(page: Page, realm: String) {
    browser::spawn(async move {
        let fields = format!("realm={}", encode(&realm));
        page.take(browser::post::insist(api::ResetPinApproved::PATH, &fields).await);
    });
}
