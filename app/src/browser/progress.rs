//! Pages that follow something that goes on beside the requests: they ask again
//! every few seconds, while they are in sight and until the page goes. Such a look
//! is no activity of a person (`?live=1`).

use super::bell::Bell;
#[cfg(feature = "hydrate")]
use super::live;
use domain::screen::View;

/// What follows from a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Look again later.
    On,
    /// Draw the page anew: it is another one now.
    Draw,
    /// The page is gone.
    Stop,
}

/// Looks at the page at `path` again and again, and shows each look to `look`.
pub fn watch(path: String, look: impl Fn(&View) -> Next + 'static) {
    let bell = Bell::default();
    bell.hurry();
    looks(bell, path, look);
}

/// The same where a stream says when to look: seldom otherwise. Whoever rings the bell
/// that comes back has it look at once.
pub fn follow(stream: String, path: String, look: impl Fn(&View) -> Next + 'static) -> Bell {
    let bell = Bell::default();
    #[cfg(feature = "hydrate")]
    {
        let rings = bell.clone();
        leptos::prelude::Effect::new(move |_| {
            let rings = rings.clone();
            live::follow(stream.clone(), true, move || rings.ring());
        });
    }
    #[cfg(not(feature = "hydrate"))]
    drop(stream);
    looks(bell.clone(), path, look);
    bell
}

#[cfg(feature = "hydrate")]
fn looks(bell: Bell, path: String, look: impl Fn(&View) -> Next + 'static) {
    use crate::{
        browser,
        error::AppError,
        place::{load_page, use_page},
    };
    use domain::screen::Answer;
    use gloo_timers::callback::Timeout;
    use leptos::prelude::*;
    use std::rc::Rc;

    let page = use_page();
    // Both are disposed of with the page.
    let held = StoredValue::new_local(bell.clone());
    let later = StoredValue::new_local(None);
    // Ends the wait, which clears its timer. A request that is under way is not aborted.
    on_cleanup(move || {
        let _ = held.try_with_value(Bell::ring);
    });
    let look = Rc::new(look);
    Effect::new(move |_| {
        let (bell, path, look) = (bell.clone(), path.clone(), Rc::clone(&look));
        browser::spawn(async move {
            loop {
                bell.wait().await;
                if held.is_disposed() {
                    return;
                }
                if document().hidden() {
                    continue;
                }
                match load_page(format!("{path}?live=1")).await {
                    Ok(Answer::Show(view)) => match look(&view) {
                        Next::On => {}
                        Next::Stop => return,
                        Next::Draw => {
                            // What was said is heard before the page is drawn anew.
                            // Disposing of the page clears the timer.
                            let anew = Timeout::new(browser::PAUSE, move || page.anew());
                            let _ = later.try_set_value(Some(anew));
                            return;
                        }
                    },
                    // Not reached now: the next look may.
                    Err(AppError::Offline | AppError::Unavailable { .. }) => {}
                    // What was followed is over, and goes on elsewhere.
                    Ok(go @ Answer::Go { .. }) => {
                        if !held.is_disposed() {
                            page.take(Ok(go));
                        }
                        return;
                    }
                    Err(_) => return,
                }
            }
        });
    });
}

/// On the server nobody looks.
#[cfg(not(feature = "hydrate"))]
fn looks(_bell: Bell, _path: String, _look: impl Fn(&View) -> Next + 'static) {}

/// Draws the page anew after a while, again and again, until the page goes.
pub fn look_again() {
    #[cfg(feature = "hydrate")]
    {
        use crate::{browser, place::use_page};
        use gloo_timers::callback::Interval;
        use leptos::prelude::*;

        let page = use_page();
        Effect::new(move |_| {
            let looks = Interval::new(browser::PAUSE, move || {
                if !document().hidden() {
                    page.again();
                }
            });
            browser::drop_on_cleanup(looks);
        });
    }
}
