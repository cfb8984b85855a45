//! The only form of the product. Without the script it posts and the server
//! answers with a redirect; with it, one small routine posts the same fields
//! and puts the answer into the page. One routine for all forms, instead of a
//! client of its own for each server function, keeps the bundle small.

use crate::{browser, error::AppError, place::use_page};
use domain::{
    Lang,
    screen::{Account, Answer, Frame},
};
use leptos::prelude::*;
use server_fn::ServerFn;
use std::{future::Future, marker::PhantomData};
use words::{count::duration, frame};

/// Names the server function that a form posts to.
pub struct Call<S>(PhantomData<S>);

impl<S> Call<S> {
    /// `Call::<SignInPassword>::new()`.
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<S> Default for Call<S> {
    fn default() -> Self {
        Self::new()
    }
}

/// A form that calls a server function.
#[component]
pub fn Act<S: ServerFn>(
    #[allow(unused_variables)] action: Call<S>,
    #[prop(optional, into)] class: Option<String>,
    children: Children,
) -> impl IntoView {
    form(
        S::PATH,
        class.unwrap_or_else(|| "stack".to_owned()),
        children,
    )
}

fn form(path: &'static str, class: String, children: Children) -> AnyView {
    let page = use_page();
    let busy = RwSignal::new(false);
    let lang = use_context::<About>().map_or_else(Lang::default, |about| about.lang);
    let late = RwSignal::new(None);
    let submit = move |event: leptos::ev::SubmitEvent| {
        let Some(fields) = browser::post::fields(&event) else {
            return;
        };
        event.prevent_default();
        // A second click while the first is on its way does nothing (R17).
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        browser::spawn(async move {
            let answer = browser::post::send(path, &fields).await;
            busy.set(false);
            // The form stays, with what was typed.
            if let Err(AppError::TooMany { retry }) = answer {
                late.set(Some(retry));
            } else {
                late.set(None);
                page.take(answer);
            }
        });
    };
    view! {
        <form method="post" action=path class=class novalidate on:submit=submit aria-busy=move || busy.get().then_some("true")>
            {about().map(|text| view! { <input type="hidden" name=Account::FIELD value=text/> })}
            {children()}
            {move || late.get().map(|seconds| view! { <p class="sm" role="alert">{frame::too_many(lang, &duration(lang, seconds))}</p> })}
        </form>
    }
    .into_any()
}

/// What every form of the page at hand has to know.
#[derive(Clone)]
struct About {
    account: Option<String>,
    lang: Lang,
}

/// Lets every form of a page know whose account it is about, and the reader's language.
pub fn provide_about(frame: &Frame) {
    provide_context(About {
        account: frame.account.as_ref().map(Account::text),
        lang: frame.lang,
    });
}

/// The account that the page at hand is about, as forms carry it.
pub fn about() -> Option<String> {
    use_context::<About>().and_then(|about| about.account)
}

/// Sends what no form holds (a passkey's answer) and takes the answer in.
pub fn send(call: impl Future<Output = Result<Answer, AppError>> + 'static) {
    let page = use_page();
    browser::spawn(async move { page.take(call.await) });
}
