use leptos::prelude::*;

use super::{Icon, present};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    Done,
    Now,
    Todo,
}

/// The steps of one ceremony, so that nobody wonders how much is still to come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChainSteps {
    /// What the list is: "Progress".
    pub label: String,
    /// "Step 2 of 4"
    pub now: String,
    /// Heard after the name of a step that is over: "done".
    pub done: String,
    pub steps: Vec<(String, StepState)>,
}

/// Done, current and coming steps in the blade: a list on wide screens, a bar of
/// as many pieces on narrow ones, where the current step is named in a line.
#[component]
pub fn Chain(chain: ChainSteps) -> impl IntoView {
    let ChainSteps {
        label,
        now,
        done,
        steps,
    } = chain;
    let current = steps.iter().find(|(_, state)| *state == StepState::Now);
    let current = current.map(|(title, _)| format!(": {title}"));
    let steps: Vec<_> = steps
        .into_iter()
        .enumerate()
        .map(|(at, step)| item(at + 1, step, &done))
        .collect();
    view! {
        <nav class="chain-box" aria-label=label>
            {present(now)
                .map(|now| view! { <p class="step-now">{now} <span>{current}</span></p> })}
            <ol class="chain">{steps}</ol>
        </nav>
    }
    .into_any()
}

fn item(number: usize, (title, state): (String, StepState), done: &str) -> AnyView {
    let over = state == StepState::Done;
    let heard = over.then(|| view! { <span class="only-heard">{format!(" ({done})")}</span> });
    let pin = if over {
        view! { <Icon name="check" /> }.into_any()
    } else {
        number.to_string().into_any()
    };
    view! {
        <li class=over.then_some("done") aria-current=(state == StepState::Now).then_some("step")>
            <span class="pin">{pin}</span>
            <span>{title} {heard}</span>
        </li>
    }
    .into_any()
}
