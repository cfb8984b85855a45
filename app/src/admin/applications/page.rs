//! One application: what is said of it, its secrets, and whether it is in use.

use super::{api, form::fields, list::state};
use crate::{
    act::{Act, Call},
    admin::top::of_realm,
    browser,
    pages::parts::{Confirm, Here, Hidden, Submit, note},
    ui::{CopyRow, Fact, Facts, Panel, Tone},
};
use domain::{
    Lang,
    oidc::Kind,
    paths,
    screen::{AdminApplication, ApplicationState, View},
};
use leptos::{prelude::*, task::spawn_local};
use words::{applications as say, frame, recovery};

/// The page.
pub fn page(view: &View, screen: &AdminApplication) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let list = paths::admin_applications(&screen.realm.slug);
    let title = match lang {
        Lang::En => screen.typed.name_en.clone(),
        Lang::De => screen.typed.name_de.clone(),
    };
    let drawn = (!screen.secret.is_empty()).then(|| {
        view! { <Drawn lang=lang secret=screen.secret.clone()/> }
    });
    let is_ours = screen.state != ApplicationState::Policy;
    view! {
        <nav aria-label=say::title(lang)><a href=list>{say::title(lang)}</a></nav>
        {of_realm(here, &title, &screen.realm, ().into_any())}
        {drawn}
        {facts(lang, screen)}
        {is_ours.then(|| form(here, screen))}
        {(is_ours && screen.typed.kind == Kind::Confidential).then(|| secrets(lang, screen))}
        {is_ours.then(|| switch(lang, screen))}
    }
    .into_any()
}

fn facts(lang: Lang, screen: &AdminApplication) -> AnyView {
    let typed = &screen.typed;
    let mut facts = vec![
        Fact::new(say::id(lang), typed.client_id.clone()),
        Fact::new(say::kind(lang), say::kind_name(lang, typed.kind)),
    ];
    if typed.kind == Kind::Proxied {
        let at = |what: &str| format!("{}/forward-auth/{what}", screen.issuer);
        facts.push(Fact::new(say::proxy_check(lang), at("check")));
        facts.push(Fact::new(say::proxy_redirect(lang), at("redirect")));
    } else {
        facts.push(Fact::new(say::issuer(lang), screen.issuer.clone()));
    }
    let why = match screen.state {
        ApplicationState::Policy => {
            facts.push(Fact::new(say::url(lang), typed.url.clone()));
            for (term, texts) in [
                (say::redirects(lang), &typed.redirect_uris),
                (say::after(lang), &typed.after_uris),
                (say::backchannel(lang), &typed.backchannel_uri),
            ] {
                if !texts.is_empty() {
                    facts.push(Fact::new(term, texts.replace('\n', ", ")));
                }
            }
            Some(note(Tone::Info, say::from_policy(lang), ""))
        }
        ApplicationState::Hidden => Some(note(Tone::Warn, say::hidden_why(lang), "")),
        ApplicationState::On | ApplicationState::Off => None,
    };
    let badge = state(lang, screen.state);
    view! {
        {why}
        <Panel title=say::state(lang) aside=Some(badge)><Facts facts=facts/></Panel>
    }
    .into_any()
}

/// The secret, this once.
#[component]
fn Drawn(lang: Lang, secret: String) -> impl IntoView {
    let said = RwSignal::new("");
    let text = secret.clone();
    let copy = Callback::new(move |()| {
        let text = text.clone();
        spawn_local(async move {
            let done = browser::clipboard::copy(&text).await;
            let _ = said.try_set(if done {
                recovery::copied(lang)
            } else {
                recovery::copy_failed(lang)
            });
        });
    });
    view! {
        {note(Tone::Warn, say::shown_once(lang), "")}
        <CopyRow text=secret label=frame::copy(lang) id="secret" on_copy=copy/>
        <p class="sm" role="status">{move || said.get()}</p>
    }
    .into_any()
}

fn hidden(screen: &AdminApplication) -> AnyView {
    view! {
        <Hidden name="realm" value=screen.realm.slug.to_string()/>
        <Hidden name="id" value=screen.typed.client_id.clone()/>
        <Hidden name="version" value=screen.version.to_string()/>
    }
    .into_any()
}

fn form(here: Here, screen: &AdminApplication) -> AnyView {
    let lang = here.lang();
    let hidden = hidden(screen);
    let fields = fields(here, &screen.typed, Some(screen.typed.kind));
    view! {
        <Panel title=say::settings(lang)>
            <Act action={Call::<api::ChangeApplication>::new()}>
                {hidden}
                {fields}
                <div class="row">
                    <Submit label=say::save(lang)/>
                </div>
            </Act>
        </Panel>
    }
    .into_any()
}

fn secrets(lang: Lang, screen: &AdminApplication) -> AnyView {
    let older = (screen.secrets > 1).then(|| {
        let screen = screen.clone();
        view! {
            <Confirm label=say::forget(lang) heard="" sure=say::forget_sure(lang)>
                <Act action={Call::<api::ForgetSecrets>::new()} class="row">
                    {hidden(&screen)}
                    <Submit label=say::forget(lang) class="button small bad"/>
                </Act>
            </Confirm>
        }
    });
    let hidden = hidden(screen);
    view! {
        <Panel title=say::secrets(lang)>
            <p class="muted">{say::secrets_lead(lang)}</p>
            <Act action={Call::<api::DrawSecret>::new()} class="row">
                {hidden}
                <Submit label=say::draw(lang) class="button small"/>
            </Act>
            {older}
        </Panel>
    }
    .into_any()
}

fn switch(lang: Lang, screen: &AdminApplication) -> AnyView {
    if screen.state == ApplicationState::Off {
        let hidden = hidden(screen);
        return view! {
            <Panel title=say::on(lang)>
                <p class="muted">{say::on_lead(lang)}</p>
                <Act action={Call::<api::SwitchApplication>::new()} class="row">
                    {hidden}
                    <Hidden name="on" value="true"/>
                    <Submit label=say::on(lang) class="button small"/>
                </Act>
            </Panel>
        }
        .into_any();
    }
    let screen = screen.clone();
    view! {
        <Panel title=say::off(lang)>
            <Confirm label=say::off(lang) heard="" sure=say::off_sure(lang)>
                <Act action={Call::<api::SwitchApplication>::new()} class="row">
                    {hidden(&screen)}
                    <Submit label=say::off(lang) class="button small bad"/>
                </Act>
            </Confirm>
        </Panel>
    }
    .into_any()
}
