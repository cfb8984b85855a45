//! The first screen of signing in, and the way out in the header.

use super::api::{SignInPassword, SignInPhone, SignOut, sign_in_passkey, sign_in_passkey_options};
use crate::{
    act::{self, Act, Call},
    browser::passkey::{self, Quiet},
    pages::parts::{
        Given, Here, Hidden, NeedsScript, PasskeyButton, Secret, Submit, Text, top, use_given,
    },
    ui::{ButtonKind, use_hydrated},
};
use domain::{
    Field, Lang, paths,
    policy::LoginKind,
    screen::{Identify, View},
};
use leptos::{prelude::*, task::spawn_local};
use words::{caller, instructions, login, phone, refusal::About, register, reset_pin, sign_in};

/// Address or name, and the first factor.
pub fn page(view: &View, screen: &Identify) -> AnyView {
    let here = Here::about(view, About::login(screen.login_kind));
    let lang = here.lang();
    let (passkey, password) = (screen.passkey, screen.password);
    view! {
        {top(here, sign_in::title(lang), if screen.wanted { sign_in::to_go_on(lang) } else { "" })}
        {passkey.then(|| view! { <ByPasskey here=here alone=!password/> })}
        {(passkey && !password).then(|| view! { <NeedsScript lang=lang/> })}
        {(passkey && password).then(|| view! { <Or lang=lang/> })}
        {screen.phone.then(|| by_phone(here, screen))}
        {password.then(|| by_password(here, screen))}
        {screen.confirm_call.then(|| {
            view! { <p class="sm"><a href=here.path(paths::confirm_call)>{caller::link(lang)}</a></p> }
        })}
        {(screen.invited && screen.forgot).then(|| view! { <p class="sm muted">{sign_in::invited(lang)}</p> })}
    }
    .into_any()
}

/// Between the two ways. Without script there is one only.
#[component]
fn Or(lang: Lang) -> impl IntoView {
    let hydrated = use_hydrated();
    view! { <p class="or" hidden=move || !hydrated.get()>{sign_in::or_password(lang)}</p> }
}

/// A name, and its phone is asked. Where a passkey signs in as well, that one stands
/// above.
fn by_phone(here: Here, screen: &Identify) -> AnyView {
    let lang = here.lang();
    let (kind, typed) = (screen.login_kind, screen.login.clone());
    let forgot = forgot_pin(here, screen.forgot_pin);
    view! {
        {screen.passkey.then(|| view! { <p class="or">{phone::or_phone(lang)}</p> })}
        <Act action={Call::<SignInPhone>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Text
                here=here
                field=Field::Login
                label=login::label(lang, kind)
                value=typed
                autocomplete="username"
            />
            <div class="row spread">
                <Submit label=phone::by_phone(lang)/>
                {forgot}
            </div>
        </Act>
    }
    .into_any()
}

/// "Forgot your PIN?"
pub fn forgot_pin(here: Here, resets: bool) -> Option<AnyView> {
    let to = here.path(paths::reset_pin);
    resets.then(|| view! { <a href=to>{reset_pin::forgot(here.lang())}</a> }.into_any())
}

fn by_password(here: Here, screen: &Identify) -> AnyView {
    let lang = here.lang();
    let kind = screen.login_kind;
    let (email, passkey, typed) = (
        kind == LoginKind::Email,
        screen.passkey,
        screen.login.clone(),
    );
    let register = screen.registers.then(|| {
        view! { <p><a href=here.path(paths::register)>{register::link(lang)}</a></p> }
    });
    let forgot = screen.forgot.then(|| {
        let label = if screen.invited {
            sign_in::forgot_both(lang)
        } else {
            sign_in::forgot_password(lang)
        };
        view! { <a href=here.path(paths::forgot)>{label}</a> }
    });
    view! {
        <Act action={Call::<SignInPassword>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Text
                here=here
                field=Field::Login
                label=login::label(lang, kind)
                value=typed
                kind=if email { "email" } else { "text" }
                autocomplete=if passkey { "username webauthn" } else { "username" }
                first=here.with(|view| view.refusals.is_empty())
            />
            <Secret
                here=here
                field=Field::Password
                label=sign_in::password(lang)
                autocomplete="current-password"
            />
            <div class="row spread">
                <Submit label=sign_in::submit(lang)/>
                {forgot}
            </div>
        </Act>
        {register}
        {screen.instructions.then(|| {
            view! { <p><a href=here.path(paths::instructions)>{instructions::link(lang)}</a></p> }
        })}
    }
    .into_any()
}

/// Passkeys: offered in the address field where the browser can do that, and
/// with a button. Options are asked for when the page is there, not before:
/// looking at a sign-in page leaves nothing on the server.
#[component]
fn ByPasskey(
    /// The page.
    here: Here,
    /// There is no other way on this page.
    alone: bool,
) -> impl IntoView {
    let lang = here.lang();
    let realm = StoredValue::new(here.realm());
    let given =
        use_given(move |credential| act::send(sign_in_passkey(realm.get_value(), credential)));
    if !alone {
        Effect::new(move |_| {
            // It begins here: the page that comes next ends it (`screens.rs`).
            let quiet = passkey::begin_quiet();
            spawn_local(quietly(quiet, realm.get_value(), given));
        });
    }

    let ask = Callback::new(move |()| spawn_local(aloud(realm.get_value(), given)));
    view! {
        <PasskeyButton
            lang=lang
            label=sign_in::passkey(lang)
            busy=sign_in::passkey_busy(lang)
            kind=if alone { ButtonKind::Main } else { ButtonKind::Second }
            wide=true
            given=given
            ask=ask
        />
    }
}

/// Waits in the address field. Nothing is said when it ends without a passkey.
async fn quietly(quiet: Quiet, realm: String, given: Given) {
    if !passkey::quiet_available().await || quiet.is_over() {
        return;
    }
    let Ok(options) = sign_in_passkey_options(realm).await else {
        return;
    };
    if let Ok(credential) = quiet.get(&options).await {
        given.take(Ok(credential));
    }
}

/// Asks for the passkey of anybody: nobody was named.
pub async fn anybody(realm: String) -> Result<String, passkey::Trouble> {
    match sign_in_passkey_options(realm).await {
        Ok(options) => passkey::get(&options).await,
        Err(_) => Err(passkey::Trouble::Stopped),
    }
}

/// Opens the browser's dialog.
async fn aloud(realm: String, given: Given) {
    passkey::stop();
    given.take(anybody(realm).await);
}

/// "Sign out", as the header of a signed-in page shows it.
#[component]
pub fn SignOutButton(
    /// The language.
    lang: Lang,
    /// Which realm's session ends.
    realm: String,
) -> impl IntoView {
    view! {
        <Act action={Call::<SignOut>::new()} class="row">
            <Hidden name="realm" value=realm/>
            <button class="as-link" type="submit">{words::frame::sign_out(lang)}</button>
        </Act>
    }
}
