//! Two screens: one shows the way, the other is the phone.

use super::api;
use crate::{
    browser::{self, countdown, device_key, phone_codes, progress},
    flows::choose_method,
    pages::parts::{Here, Text, encode, note, top},
    place::use_page,
    ui::{Fact, Facts, QrTile, Tone, use_hydrated},
};
use domain::{
    FactorKind, Field, Lang,
    phone::add_text,
    screen::{AddPhone, Answer, EnrollPhone, Screen, View},
};
use leptos::prelude::*;
use server_fn::ServerFn;
use words::{count, enroll, frame, phone, prove, refusal::About};

/// On the computer: the link as a QR code.
pub fn page(view: &View, screen: &EnrollPhone) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let (path, size) = (screen.qr_path.clone(), screen.qr_size.to_string());
    let (link, shown) = (screen.link.clone(), screen.link.clone());
    let total = screen.seconds_total.to_string();
    let left = countdown::from(screen.seconds_left);
    // Minutes change once a minute, so a screen reader is not told every second.
    let minutes = Memo::new(move |_| (left.get() + 59) / 60 * 60);
    let says = move || match minutes.get() {
        0 => phone::enroll_over(lang).to_owned(),
        seconds => prove::left(lang, &count::duration(lang, seconds)),
    };
    let goes = goes(lang, &screen.goes);
    let leave = if screen.goes.is_empty() {
        enroll::another_method(lang)
    } else {
        frame::cancel(lang)
    };
    view! {
        {top(here, phone::enroll_title(lang), phone::enroll_lead(lang))}
        {goes}
        <QrTile path=path size=size label=phone::enroll_qr(lang)/>
        <div class="stack near">
            <progress
                value=move || left.get().to_string()
                max=total
                aria-label=phone::enroll_validity(lang)
            ></progress>
            <p class="sm muted">{says}</p>
        </div>
        <section class="stack near">
            <h2>{phone::enroll_link(lang)}</h2>
            <p><a href=link rel="external" class="long">{shown}</a></p>
        </section>
        {note(Tone::Warn, phone::enroll_secret(lang), "")}
        <Added lang=lang path=view.frame.path.clone()/>
        {choose_method::cancel(here, leave)}
    }
    .into_any()
}

/// Which phone goes.
fn goes(lang: Lang, name: &str) -> Option<AnyView> {
    (!name.is_empty()).then(|| note(Tone::Info, phone::goes(lang, name), ""))
}

/// Goes on when the phone was added; without script there is a way to look.
#[component]
fn Added(lang: Lang, path: String) -> impl IntoView {
    let hydrated = use_hydrated();
    // Once it is added, the server leads to the overview.
    progress::watch(path.clone(), move |view| match &view.screen {
        Screen::EnrollPhone(_) => progress::Next::On,
        _ => progress::Next::Draw,
    });
    view! {
        <a class="button fit" href=path rel="external" hidden=move || hydrated.get()>
            {phone::enroll_done(lang)}
        </a>
    }
}

/// On the phone: add it?
pub fn add(view: &View, screen: &AddPhone) -> AnyView {
    let here = Here::about(view, About::factor(FactorKind::Smartphone));
    let lang = here.lang();
    let facts = vec![Fact::new(
        phone::add_account(lang),
        format!("{}, {}", screen.login, here.place()),
    )];
    view! {
        {top(here, phone::add_title(lang), phone::add_lead(lang))}
        {goes(lang, &screen.goes)}
        <Facts facts=facts/>
        <Form here=here screen=screen.clone()/>
        <p class="sm muted">{phone::add_not_yours(lang)}</p>
    }
    .into_any()
}

/// What this browser made to become the phone.
struct Made {
    key: String,
    codes: String,
    signature: String,
}

/// Makes the key and, where the realm takes codes, their secret; `None` where the
/// browser keeps neither.
async fn make(screen: &AddPhone, place: &str) -> Option<Made> {
    let key = device_key::make().await?;
    let codes = if screen.codes {
        phone_codes::make(&key, place, &screen.login).await?
    } else {
        String::new()
    };
    let text = add_text(&screen.origin, &screen.token, &key, &codes);
    let signature = device_key::sign(&key, &text).await?;
    Some(Made {
        key,
        codes,
        signature,
    })
}

#[component]
fn Form(here: Here, screen: AddPhone) -> impl IntoView {
    let lang = here.lang();
    let page = use_page();
    let hydrated = use_hydrated();
    let (busy, keyless) = (RwSignal::new(false), RwSignal::new(false));
    let (realm, place) = (here.realm(), here.place());
    let (screen, known) = (StoredValue::new(screen), StoredValue::new((realm, place)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // A second tap while the first is on its way does nothing (R17).
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let name = browser::field::value(Field::Name.id());
        browser::spawn(async move {
            let screen = screen.get_value();
            let (realm, place) = known.get_value();
            let Some(made) = make(&screen, &place).await else {
                let _ = (busy.try_set(false), keyless.try_set(true));
                return;
            };
            let Made {
                key,
                codes,
                signature,
            } = &made;
            let fields = format!(
                "realm={}&token={}&key={key}&codes={codes}&signature={signature}&name={}",
                encode(&realm),
                encode(&screen.token),
                encode(&name),
            );
            let answer = browser::post::send(api::EnrollPhone::PATH, &fields).await;
            // An answer that did not arrive says nothing of what became of them.
            if let Ok(answer) = &answer {
                let added = matches!(answer, Answer::Go { .. });
                phone_codes::settle(key, added).await;
            }
            let _ = busy.try_set(false);
            page.take(answer);
        });
    };
    view! {
        <form class="stack" novalidate on:submit=submit aria-busy=move || busy.get().then_some("true")>
            <Text
                here=here
                field=Field::Name
                label=phone::add_name(lang)
                hint=enroll::name_hint(lang)
                value=String::new()
            />
            <button class="button main wide" type="submit" disabled=move || !hydrated.get()>
                <span>{phone::add_submit(lang)}</span>
            </button>
        </form>
        <p class="sm muted" hidden=move || hydrated.get()>{phone::needs_script(lang)}</p>
        {move || keyless.get().then(|| note(Tone::Stop, phone::no_key(lang), ""))}
    }
}
