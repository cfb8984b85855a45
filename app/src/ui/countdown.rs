use leptos::prelude::*;

use super::use_hydrated;

/// How long something still holds. The server says how many seconds are left and
/// the signal counts them down; no clock is compared. Until the script is there
/// the plain sentence stands alone, because a bar that does not move would lie.
/// Not a live region: nobody wants to hear every second.
#[component]
pub fn Countdown(
    /// What the bar measures: "Time left".
    #[prop(into)]
    label: String,
    /// Seconds left, ticking elsewhere.
    #[prop(into)]
    left: Signal<u32>,
    /// Seconds at the start.
    total: u32,
    /// True at all times: "Valid until 10:57".
    #[prop(into)]
    until: String,
    /// True at this second: "1:14 left".
    #[prop(into)]
    rest: Signal<String>,
) -> impl IntoView {
    let hydrated = use_hydrated();
    let class = move || if hydrated.get() { "" } else { "unready" };
    view! {
        <div class="stack near">
            <progress class=class max=total value=move || left.get() aria-label=label></progress>
            <p class="row spread sm muted">
                <span>{until}</span>
                <span class=move || if hydrated.get() { "num" } else { "num unready" }>
                    {move || rest.get()}
                </span>
            </p>
        </div>
    }
    .into_any()
}
