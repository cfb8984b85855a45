use leptos::prelude::*;

/// A term and what it is, perhaps with a link that changes it.
pub struct Fact {
    pub term: String,
    pub value: AnyView,
    pub action: Option<AnyView>,
}

impl Fact {
    pub fn new(term: impl Into<String>, value: impl IntoAny) -> Self {
        Self {
            term: term.into(),
            value: value.into_any(),
            action: None,
        }
    }

    pub fn action(mut self, action: impl IntoAny) -> Self {
        self.action = Some(action.into_any());
        self
    }
}

/// What is known of something, as a list of terms.
#[component]
pub fn Facts(
    facts: Vec<Fact>,
    /// Lines between them, for a list that stands on its own.
    #[prop(optional)]
    lined: bool,
    #[prop(optional)] small: bool,
) -> impl IntoView {
    let three = facts.iter().any(|fact| fact.action.is_some());
    let mut class = String::from("facts");
    for (on, name) in [(lined, " lined"), (three, " three"), (small, " sm")] {
        if on {
            class.push_str(name);
        }
    }
    let rows: Vec<_> = facts
        .into_iter()
        .map(|fact| {
            view! {
                <dt>{fact.term}</dt>
                <dd>{fact.value}</dd>
                {three.then(|| view! { <dd>{fact.action}</dd> })}
            }
            .into_any()
        })
        .collect();
    view! { <dl class=class>{rows}</dl> }.into_any()
}
