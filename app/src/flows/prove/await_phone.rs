//! The phone is asked: its number, and the wait for its answer.

use super::{
    api::{ProveAnotherWay, ProvePhone},
    page::{ways_out, why},
};
use crate::{
    act::{Act, Call},
    browser::{self, countdown, progress},
    flows::sign_in::api::SignInPhone,
    pages::parts::{Here, Hidden, Submit, encode, purpose, top},
    place::use_page,
    ui::{Awaited, Number, use_hydrated},
};
use domain::{
    FactorKind,
    screen::{AwaitPhone, CodePurpose, PhoneStage, Screen, View},
};
use leptos::prelude::*;
use server_fn::ServerFn;
use words::{count, phone, refusal::About};

/// The page.
pub fn page(view: &View, task: &AwaitPhone) -> AnyView {
    let here = Here::about(view, About::factor(FactorKind::Smartphone));
    let lang = here.lang();
    let what = purpose(task.purpose);
    let lead = match task.stage {
        PhoneStage::Over => phone::over_lead(lang),
        PhoneStage::Waiting | PhoneStage::Answered => phone::await_lead(lang),
    };
    let body = match task.stage {
        PhoneStage::Waiting => {
            view! { <Waiting here=here task=task.clone() path=view.frame.path.clone()/> }.into_any()
        }
        PhoneStage::Answered => {
            view! { {go_on(here, what)} <Goes here=here what=what/> }.into_any()
        }
        PhoneStage::Over => again(here, task, what),
    };
    view! {
        {top(here, phone::await_title(lang), lead)}
        {why(here, task.purpose)}
        {body}
        {ways_out(here, what, task.others)}
    }
    .into_any()
}

#[component]
fn Waiting(here: Here, task: AwaitPhone, path: String) -> impl IntoView {
    let lang = here.lang();
    let what = purpose(task.purpose);
    let hydrated = use_hydrated();
    let page = use_page();
    let heard = RwSignal::new(phone::waiting(lang).to_owned());
    let realm = StoredValue::new(here.realm());
    let stream = format!("/waits/{}/{what}", here.realm());
    let bell = progress::follow(stream, path, move |view| {
        let Screen::AwaitPhone(now) = &view.screen else {
            return progress::Next::Draw;
        };
        match now.stage {
            PhoneStage::Waiting => progress::Next::On,
            PhoneStage::Over => progress::Next::Draw,
            PhoneStage::Answered => {
                if heard.try_set(phone::answered(lang).to_owned()).is_none()
                    && let Some(realm) = realm.try_get_value()
                {
                    go(page, realm, what);
                }
                progress::Next::Stop
            }
        }
    });
    let (left, total) = (countdown::from(task.seconds_left), task.seconds_total);
    countdown::at_zero(left, bell);
    view! {
        <Number label=phone::number(lang) number=task.digits/>
        <div class="stack near">
            <Awaited text=heard/>
            <progress
                value=move || left.get().to_string()
                max=total.to_string()
                aria-label=phone::time_left(lang)
            ></progress>
            <p class="sm muted num">{move || count::duration(lang, left.get().max(0))}</p>
        </div>
        <div hidden=move || hydrated.get()>{go_on(here, what)}</div>
        <section class="stack tight">
            <h2>{phone::nothing_there(lang)}</h2>
            <p class="muted">{phone::nothing_lead(lang)}</p>
        </section>
    }
}

/// Without script: the person says that the phone has answered.
fn go_on(here: Here, what: &'static str) -> AnyView {
    view! {
        <Act action={Call::<ProvePhone>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="purpose" value=what/>
            <div class="row"><Submit label=phone::go_on(here.lang())/></div>
        </Act>
    }
    .into_any()
}

/// With script: at once.
#[component]
fn Goes(here: Here, what: &'static str) -> impl IntoView {
    let (page, realm) = (use_page(), here.realm());
    Effect::new(move |_| go(page, realm.clone(), what));
}

fn go(page: crate::place::Page, realm: String, what: &'static str) {
    browser::spawn(async move {
        let fields = format!("realm={}&purpose={what}", encode(&realm));
        page.take(browser::post::insist(ProvePhone::PATH, &fields).await);
    });
}

/// Nobody answered: once more.
fn again(here: Here, task: &AwaitPhone, what: &'static str) -> AnyView {
    let label = phone::ask_again(here.lang());
    if task.purpose == CodePurpose::ResetPin {
        // From the choice of chains, whose first factor is asked for at once.
        return view! {
            <Act action={Call::<ProveAnotherWay>::new()}>
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="purpose" value=what/>
                <Hidden name="kind" value=""/>
                <div class="row"><Submit label=label/></div>
            </Act>
        }
        .into_any();
    }
    let login = task.login.clone();
    if login.is_empty() {
        return view! {
            <Act action={Call::<ProveAnotherWay>::new()}>
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="purpose" value=what/>
                <Hidden name="kind" value=FactorKind::Smartphone.slug()/>
                <div class="row"><Submit label=label/></div>
            </Act>
        }
        .into_any();
    }
    view! {
        <Act action={Call::<SignInPhone>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="login" value=login/>
            <div class="row"><Submit label=label/></div>
        </Act>
    }
    .into_any()
}
