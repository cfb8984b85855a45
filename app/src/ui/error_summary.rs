use leptos::prelude::*;

use super::Icon;

/// What went wrong, and with which field. Without a field it concerns the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The id of the field that the sentence leads to.
    pub field: String,
    pub text: String,
}

impl Problem {
    pub fn new(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            text: text.into(),
        }
    }
}

/// All problems of a form in one place, before the heading. It asks for focus
/// itself (`autofocus`), so that a page without script starts there too; the
/// script focuses `#problem` after a refusal on the same page.
#[component]
pub fn ErrorSummary(#[prop(into)] title: String, problems: Vec<Problem>) -> impl IntoView {
    (!problems.is_empty()).then(|| {
        let items: Vec<_> = problems.into_iter().map(item).collect();
        view! {
            <div class="problem stack near" id="problem" role="alert" tabindex="-1" autofocus=true>
                <h2><Icon name="stop" /> {title}</h2>
                <ul role="list">{items}</ul>
            </div>
        }
        .into_any()
    })
}

fn item(problem: Problem) -> AnyView {
    if problem.field.is_empty() {
        view! { <li>{problem.text}</li> }.into_any()
    } else {
        view! { <li><a href=format!("#{}", problem.field) rel="external">{problem.text}</a></li> }
            .into_any()
    }
}
