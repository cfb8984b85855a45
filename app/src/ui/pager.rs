use leptos::prelude::*;

use super::Icon;

/// Pages of a long list. An end stays in sight, dashed, so that nothing jumps.
#[component]
pub fn Pager(
    /// What it is: "Pages".
    #[prop(into)]
    label: String,
    /// "1 to 12 of 143"
    #[prop(into)]
    text: String,
    /// The words.
    #[prop(into)]
    previous: String,
    #[prop(into)] next: String,
    /// The addresses; none at an end.
    #[prop(optional_no_strip, into)]
    previous_href: Option<String>,
    #[prop(optional_no_strip, into)] next_href: Option<String>,
) -> impl IntoView {
    view! {
        <nav class="pager" aria-label=label>
            <p class="muted">{text}</p>
            <div class="row">
                {end(
                    previous_href,
                    "prev",
                    view! { <Icon name="back" /> <span>{previous}</span> }.into_any(),
                )}
                {end(
                    next_href,
                    "next",
                    view! { <span>{next}</span> <Icon name="next" /> }.into_any(),
                )}
            </div>
        </nav>
    }
    .into_any()
}

fn end(href: Option<String>, rel: &'static str, inner: AnyView) -> AnyView {
    match href {
        Some(href) => view! { <a class="button small" href=href rel=rel>{inner}</a> }.into_any(),
        None => view! { <a class="button small" role="link" aria-disabled="true">{inner}</a> }
            .into_any(),
    }
}
