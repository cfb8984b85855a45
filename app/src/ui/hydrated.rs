use leptos::prelude::*;

/// Kept in context under a type of its own, so that no other `bool` answers.
#[derive(Clone, Copy)]
struct Hydrated(RwSignal<bool>);

/// To be called once, at the top of the application.
///
/// The signal is false on the server and while the browser takes over the
/// server's page, and true from then on. Effects do not run on the server, and in
/// the browser they run after the first pass, so both render the same markup.
pub fn provide_hydrated() {
    let signal = RwSignal::new(false);
    Effect::new(move || signal.set(true));
    provide_context(Hydrated(signal));
}

/// Whether the script has taken over: what only the script can do shows then.
/// Without `provide_hydrated` it is never true, which leaves the plain page.
pub fn use_hydrated() -> Signal<bool> {
    match use_context::<Hydrated>() {
        Some(Hydrated(signal)) => signal.into(),
        None => Signal::stored(false),
    }
}
