//! The button that asks the browser for a passkey.

use crate::{
    browser::passkey::{self, Trouble},
    ui::{Button, ButtonKind, use_hydrated},
};
use domain::Lang;
use leptos::{prelude::*, task::spawn_local};
use words::{enroll, sign_in};

/// What came of asking the browser.
#[derive(Clone, Copy)]
pub struct Given {
    /// The browser's answer, as JSON.
    pub credential: RwSignal<Option<String>>,
    /// Why there is none.
    pub trouble: RwSignal<Option<Trouble>>,
    /// The dialog is open.
    pub busy: RwSignal<bool>,
}

/// Hands every credential that the browser gives to `send`, inside the page's
/// own owner, where contexts can be found.
pub fn use_given(send: impl Fn(String) + Send + Sync + 'static) -> Given {
    let given = Given {
        credential: RwSignal::new(None),
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    Effect::new(move |_| {
        if let Some(credential) = given.credential.get() {
            send(credential);
        }
    });
    given
}

impl Given {
    /// Takes what the browser answered.
    pub fn take(self, answer: Result<String, Trouble>) {
        let _ = self.busy.try_set(false);
        match answer {
            Ok(credential) => {
                let _ = self.credential.try_set(Some(credential));
            }
            Err(trouble) => {
                let _ = self.trouble.try_set(Some(trouble));
            }
        }
    }
}

/// The button. It is there when the script is, and says so where the browser
/// knows no passkeys.
#[component]
pub fn PasskeyButton(
    /// The language.
    lang: Lang,
    /// What it says.
    label: &'static str,
    /// What it says while the dialog is open.
    busy: &'static str,
    /// How much it weighs.
    #[prop(default = ButtonKind::Main)]
    kind: ButtonKind,
    /// As wide as the task.
    #[prop(optional)]
    wide: bool,
    /// What came of it.
    given: Given,
    /// Speaks when the person closes the dialog; nothing is said at sign-in,
    /// where the form below is still there.
    #[prop(optional)]
    stopped: &'static str,
    /// Asks: makes the options' way to the browser and back.
    ask: Callback<()>,
) -> impl IntoView {
    let able = RwSignal::new(true);
    Effect::new(move |_| able.set(passkey::available()));
    let says = move || match given.trouble.get() {
        _ if !able.get() => sign_in::not_in_browser(lang),
        Some(Trouble::Unsupported) => sign_in::not_in_browser(lang),
        Some(Trouble::Known) => enroll::passkey_known(lang),
        Some(Trouble::Stopped) => stopped,
        None => "",
    };
    let press = Callback::new(move |()| {
        if !given.busy.get_untracked() {
            given.busy.set(true);
            given.trouble.set(None);
            ask.run(());
        }
    });
    view! {
        <div class="stack near">
            <Button
                label=label
                kind=kind
                wide=wide
                icon=Some("passkey")
                busy=given.busy
                busy_label=busy
                js=true
                on_click=press
            />
            <p class="sm muted" role="status">{says}</p>
        </div>
    }
}

/// Runs a future of the browser and gives what came of it.
pub fn run(given: Given, answer: impl Future<Output = Result<String, Trouble>> + 'static) {
    spawn_local(async move { given.take(answer.await) });
}

/// Says that this needs JavaScript, as long as there is none.
#[component]
pub fn NeedsScript(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let hydrated = use_hydrated();
    view! { <p class="sm muted" hidden=move || hydrated.get()>{sign_in::needs_script(lang)}</p> }
}
