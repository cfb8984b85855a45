use leptos::prelude::*;

use super::{Icon, Tone};

/// A state as data, for parts that carry one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    pub tone: Tone,
    pub icon: &'static str,
    pub text: String,
}

impl Badge {
    pub fn new(tone: Tone, icon: &'static str, text: impl Into<String>) -> Self {
        Self {
            tone,
            icon,
            text: text.into(),
        }
    }

    pub(super) fn render(self) -> AnyView {
        view! { <State tone=self.tone icon=self.icon text=self.text /> }.into_any()
    }
}

/// Icon, word, colour, in that order of weight.
#[component]
pub fn State(tone: Tone, icon: &'static str, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class=format!("state{}", tone.class())><Icon name=icon /> {text}</span> }
        .into_any()
}

/// How long something may still take; late ones say so in words as well.
#[component]
pub fn Due(tone: Tone, icon: &'static str, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class=format!("due{}", tone.class())><Icon name=icon /> {text}</span> }.into_any()
}
