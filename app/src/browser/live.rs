//! Pages that look again by themselves. The server says that something moved and
//! never what; the page then asks for itself, as whoever is signed in. The stream
//! stands only while the page is in sight.

#[cfg(feature = "hydrate")]
use gloo_events::EventListener;
#[cfg(feature = "hydrate")]
use std::{cell::Cell, rc::Rc};
#[cfg(feature = "hydrate")]
use web_sys::EventSource;

/// Looks at the page again whenever the server says that something of the desk moved,
/// until the page goes.
pub fn watch() {
    #[cfg(feature = "hydrate")]
    {
        let page = crate::place::use_page();
        leptos::prelude::Effect::new(move |_| {
            follow("/desk/live".to_owned(), false, move || page.again())
        });
    }
}

/// Calls `heard` whenever a stream says that something moved, when it stands again
/// after it was lost, and when the page comes back into sight; until the page goes.
/// With `at_first` also when it stands for the first time: what moved between the page
/// and its stream was told to nobody.
#[cfg(feature = "hydrate")]
pub fn follow(stream: String, at_first: bool, heard: impl Fn() + 'static) {
    use leptos::prelude::{StoredValue, UpdateValue, document};

    let heard: Rc<dyn Fn()> = Rc::new(heard);
    let lost = Rc::new(Cell::new(at_first));
    let open = {
        let heard = Rc::clone(&heard);
        move || Stream::open(&stream, &lost, &heard)
    };
    // The stream and the listener are dropped when the page goes.
    let stream = StoredValue::new_local(open());
    let turned = EventListener::new(&document(), "visibilitychange", move |_| {
        let _ = stream.try_update_value(|stream| {
            if document().hidden() {
                *stream = None;
            } else if stream.is_none() {
                *stream = open();
                heard();
            }
        });
    });
    super::drop_on_cleanup(turned);
}

/// An event stream with its listeners. Dropping it closes the stream.
///
/// gloo-net's `EventSource` is not enough: it has no event for an opened stream, and it
/// hides that a stream was lost while the browser reconnects.
#[cfg(feature = "hydrate")]
struct Stream {
    source: EventSource,
    _listeners: [EventListener; 3],
}

#[cfg(feature = "hydrate")]
impl Stream {
    /// Opens a stream. Returns `None` if the browser rejects the address.
    fn open(url: &str, lost: &Rc<Cell<bool>>, heard: &Rc<dyn Fn()>) -> Option<Self> {
        let source = EventSource::new(url).ok()?;
        let message = {
            let heard = Rc::clone(heard);
            EventListener::new(&source, "message", move |_| heard())
        };
        let error = {
            let lost = Rc::clone(lost);
            EventListener::new(&source, "error", move |_| lost.set(true))
        };
        // What was told while the stream was lost was told to nobody.
        let open = {
            let (lost, heard) = (Rc::clone(lost), Rc::clone(heard));
            EventListener::new(&source, "open", move |_| {
                if lost.take() {
                    heard();
                }
            })
        };
        Some(Self {
            source,
            _listeners: [message, error, open],
        })
    }
}

#[cfg(feature = "hydrate")]
impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}
