//! The only form of the product. Without the script it posts and the server
//! answers with a redirect; with it, one small routine posts the same fields
//! and puts the answer into the page. One routine for all forms, instead of a
//! client of its own for each server function, keeps the bundle small.

use crate::{browser, error::AppError, place::use_page};
use domain::screen::Answer;
use leptos::prelude::*;
use server_fn::ServerFn;
use std::{future::Future, marker::PhantomData};

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
            page.take(answer);
        });
    };
    view! {
        <form method="post" action=path class=class novalidate on:submit=submit aria-busy=move || busy.get().then_some("true")>
            {children()}
        </form>
    }
    .into_any()
}

/// Sends what no form holds (a passkey's answer) and takes the answer in.
pub fn send(call: impl Future<Output = Result<Answer, AppError>> + 'static) {
    let page = use_page();
    browser::spawn(async move { page.take(call.await) });
}
