//! What a phone is asked, one question at a time.

use super::{
    api::{AnswerPhone, SubscribePhone},
    codes, desk_code,
};
use crate::{
    browser::{self, countdown, device_key, progress, push},
    pages::parts::{Here, encode, note, top},
    place::use_page,
    ui::{Button, ButtonKind, CodeField, Fact, Facts, Icon, Tone, use_hydrated},
};
use domain::{
    FactorKind, Field, Lang,
    phone::{Decision, Purpose, answer_text},
    screen::{PhoneAccount, PhoneAsk, PhonePage, Screen, View},
};
use leptos::prelude::*;
use server_fn::ServerFn;
use words::{call, count, phone, refusal::About};

/// The page.
pub fn page(view: &View, screen: &PhonePage) -> AnyView {
    let here = Here::about(view, About::factor(FactorKind::Smartphone));
    let lang = here.lang();
    // The newest counts: it voided what was asked before.
    let body = match screen.asks.last() {
        Some(asked) => {
            view! { <Question here=here asked=asked.clone() origin=screen.origin.clone()/> }
                .into_any()
        }
        None if screen.accounts.is_empty() => view! {
            {top(here, phone::no_account(lang), phone::no_account_lead(lang))}
        }
        .into_any(),
        None => view! {
            {top(here, phone::nothing(lang), phone::nothing_yet(lang))}
            {accounts(here, &screen.accounts)}
            {desk_code::section(lang, &screen.accounts)}
            {codes::section(lang, &screen.accounts)}
            {wake(here, screen)}
        }
        .into_any(),
    };
    let shown = what_shows(screen);
    let is_phone = !screen.accounts.is_empty();
    let codes = screen.accounts.iter().filter_map(|a| a.code.as_ref());
    let ends = screen.asks.iter().map(|a| a.seconds_left);
    let left = ends.chain(codes.map(|c| c.seconds_left)).min();
    let left = left.unwrap_or_default();
    view! { {body} <Watch path=view.frame.path.clone() shown=shown is_phone=is_phone left=left/> }
        .into_any()
}

fn accounts(here: Here, accounts: &[PhoneAccount]) -> AnyView {
    let facts = accounts
        .iter()
        .map(|a| Fact::new(a.login.clone(), format!("{}, {}", a.realm, a.added)))
        .collect::<Vec<_>>();
    view! {
        <section class="stack tight">
            <h2>{phone::accounts(here.lang())}</h2>
            <Facts facts=facts/>
        </section>
    }
    .into_any()
}

/// Messages while the page is closed.
fn wake(here: Here, screen: &PhonePage) -> AnyView {
    let lang = here.lang();
    let body = if screen.reachable {
        view! { <p>{phone::wake_on(lang)}</p> }.into_any()
    } else {
        view! { <Wake lang=lang key=screen.push_key.clone()/> }.into_any()
    };
    view! {
        <section class="stack tight">
            <h2>{phone::wake_title(lang)}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// The button that asks the browser for its permission: only a person's tap may.
#[component]
fn Wake(lang: Lang, key: String) -> impl IntoView {
    let page = use_page();
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(false));
    let key = StoredValue::new(key);
    let ask = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        browser::spawn(async move {
            let subscribed = push::subscribe(&key.get_value()).await;
            let _ = busy.try_set(false);
            match subscribed {
                Some(subscription) => {
                    let fields = format!("subscription={}", encode(&subscription));
                    page.take(browser::post::send(SubscribePhone::PATH, &fields).await);
                }
                None => {
                    let _ = refused.try_set(true);
                }
            }
        });
    });
    view! {
        <p class="muted">{phone::wake_lead(lang)}</p>
        <Button label=phone::wake_submit(lang) wide=true js=true busy=busy on_click=ask/>
        {move || refused.get().then(|| note(Tone::Warn, phone::wake_refused(lang), ""))}
    }
}

/// What of a page would be drawn anew if it changed: its accounts, what is asked, and
/// what became of the codes for the desk.
fn what_shows(screen: &PhonePage) -> Vec<String> {
    let asks = screen.asks.iter().map(|a| a.id.clone());
    let accounts = screen.accounts.iter().map(|a| a.factor.clone());
    let codes = screen.accounts.iter().filter_map(|a| a.code.as_ref());
    asks.chain(accounts)
        .chain(codes.map(|c| format!("{} {}", c.digits, c.agent)))
        .collect()
}

/// Looks whether something else is asked now.
#[component]
fn Watch(
    path: String,
    shown: Vec<String>,
    /// A browser that is no phone is told nothing.
    is_phone: bool,
    /// Seconds until something of it is over; 0 where nothing is.
    left: i64,
) -> impl IntoView {
    let look = move |view: &View| match &view.screen {
        Screen::Phone(now) if what_shows(now) == shown => progress::Next::On,
        _ => progress::Next::Draw,
    };
    if !is_phone {
        progress::watch(path, look);
        return;
    }
    let bell = progress::follow("/phone/live".to_owned(), path, look);
    if left > 0 {
        countdown::at_zero(countdown::from(left), bell);
    }
}

/// One request: who asks, from where, and the two digits.
#[component]
fn Question(here: Here, asked: PhoneAsk, origin: String) -> impl IntoView {
    let lang = here.lang();
    let page = use_page();
    let hydrated = use_hydrated();
    let busy = RwSignal::new(false);
    let unsigned = RwSignal::new(false);
    let by_desk = asked.purpose == Purpose::CallerCheck;
    let (browser, network, why) = if by_desk {
        // Where the desk sits says nothing to the caller.
        (String::new(), String::new(), phone::check_why(lang))
    } else {
        (asked.browser.clone(), asked.address.clone(), "")
    };
    let facts = [
        (
            phone::account(lang),
            format!("{}, {}", asked.login, asked.realm),
        ),
        (phone::who_asks(lang), asked.agent.clone()),
        (call::phone_case(lang), asked.call.clone()),
        (phone::why_asked(lang), why.to_owned()),
        (phone::from_where(lang), browser),
        (phone::network(lang), network),
        (phone::since(lang), asked.since.clone()),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(term, value)| Fact::new(term, value))
        .collect();
    let title = phone::asks(lang, asked.purpose);
    let (left, total) = (countdown::from(asked.seconds_left), asked.seconds_total);
    let asked = StoredValue::new((asked, origin));
    let answer = move |decision: Decision| {
        // A second tap while the first is on its way does nothing (R17).
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let typed = match decision {
            Decision::Accept => browser::field::value(Field::Code.id()),
            Decision::Decline | Decision::NotMe => String::new(),
        };
        let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
        browser::spawn(async move {
            let (asked, origin) = asked.get_value();
            let text = answer_text(
                &origin,
                &asked.id,
                &asked.challenge,
                asked.purpose,
                &typed,
                decision,
            );
            let signed = device_key::sign(&asked.key, &text).await;
            let Some(signature) = signed else {
                let _ = (busy.try_set(false), unsigned.try_set(true));
                return;
            };
            let fields = format!(
                "id={}&decision={}&digits={typed}&signature={signature}",
                encode(&asked.id),
                decision.slug(),
            );
            let answered = browser::post::send(AnswerPhone::PATH, &fields).await;
            let _ = busy.try_set(false);
            page.take(answered);
        });
    };
    let press = move |decision| Callback::new(move |()| answer(decision));
    view! {
        {top(here, title, "")}
        <Facts facts=facts/>
        <form
            class="stack"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                answer(Decision::Accept);
            }
            aria-busy=move || busy.get().then_some("true")
        >
            <CodeField
                name=Field::Code.id()
                label=if by_desk { phone::check_number(lang) } else { phone::type_number(lang) }
                hint=if by_desk { phone::check_hint(lang) } else { phone::type_hint(lang) }
                digits=2
                autocomplete="off"
                error=Some(here.error(Field::Code))
            />
            <div class="stack near">
                <progress
                    value=move || left.get().to_string()
                    max=total.to_string()
                    aria-label=phone::time_left(lang)
                ></progress>
                <p class="sm muted num">{move || count::duration(lang, left.get().max(0))}</p>
            </div>
            <button class="button main wide" type="submit" disabled=move || !hydrated.get()>
                <Icon name="check"/>
                <span>{phone::accept(lang)}</span>
            </button>
        </form>
        <Button label=phone::decline(lang) kind=ButtonKind::Second wide=true js=true on_click=press(Decision::Decline)/>
        <div class="stack near">
            <Button label=if by_desk { phone::check_not_me(lang) } else { phone::not_me(lang) } kind=ButtonKind::Bad wide=true icon=Some("stop") js=true on_click=press(Decision::NotMe)/>
            <p class="sm muted">
                {if by_desk { phone::check_not_me_lead(lang) } else { phone::not_me_lead(lang) }}
            </p>
        </div>
        <p class="sm muted" hidden=move || hydrated.get()>{phone::needs_script(lang)}</p>
        {move || unsigned.get().then(|| note(Tone::Stop, phone::unknown(lang), ""))}
    }
}
