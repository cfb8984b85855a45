//! Where the keyboard stands after a page has changed (WCAG 2.4.3): the summary
//! of problems, or else the heading. The first load is the browser's own
//! business, unless it shows a problem.

/// To be called from an effect of every view that is shown.
#[cfg(feature = "hydrate")]
pub fn arrived() {
    use leptos::prelude::request_animation_frame;
    use std::sync::atomic::{AtomicBool, Ordering};
    static LOADED: AtomicBool = AtomicBool::new(false);

    let first = !LOADED.swap(true, Ordering::Relaxed);
    // The frame after: whatever waits under a boundary is in the page then. It runs once
    // and is not cancelled with the view: a view that replaces it by itself moves no focus.
    request_animation_frame(move || {
        if !to("#problem") && !first {
            to("#content h1");
        }
    });
}

/// On the server nothing has the focus.
#[cfg(not(feature = "hydrate"))]
pub const fn arrived() {}

/// Moves the focus to the first match; `false` when there is none.
#[cfg(feature = "hydrate")]
fn to(selector: &str) -> bool {
    use wasm_bindgen::JsCast;
    web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.query_selector(selector).ok().flatten())
        .and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok())
        .is_some_and(|e| e.focus().is_ok())
}

/// Whether somebody is at work in the task: the focus stands in it, or a question
/// is open. The heading has the focus after every page and does not count.
#[cfg(feature = "hydrate")]
pub fn is_at_work() -> bool {
    web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| {
            d.query_selector("#content :focus:not(h1), #content details[open]")
                .ok()
        })
        .flatten()
        .is_some()
}

/// On the server nobody is at work.
#[cfg(not(feature = "hydrate"))]
pub const fn is_at_work() -> bool {
    false
}
