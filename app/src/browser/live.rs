//! Pages that look again by themselves. The server says that something moved and
//! never what; the page then asks for itself, as whoever is signed in. The stream
//! stands only while the page is in sight.

/// Where the server tells of it.
#[cfg(feature = "hydrate")]
const STREAM: &str = "/desk/live";

/// Looks at the page again whenever the server says that something moved, until
/// the page goes.
pub fn watch() {
    #[cfg(feature = "hydrate")]
    leptos::prelude::Effect::new(move |_| stream());
}

#[cfg(feature = "hydrate")]
fn stream() {
    use leptos::prelude::{StoredValue, UpdateValue, WithValue, document, on_cleanup};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        type EventSource;
        #[wasm_bindgen(constructor, catch)]
        fn new(url: &str) -> Result<EventSource, JsValue>;
        #[wasm_bindgen(method)]
        fn close(this: &EventSource);
        #[wasm_bindgen(method, setter)]
        fn set_onmessage(this: &EventSource, heard: &js_sys::Function);
    }

    let page = crate::place::use_page();
    let heard = Closure::<dyn Fn()>::new(move || page.again());
    let heard: js_sys::Function = heard.into_js_value().unchecked_into();
    let open = {
        let heard = heard.clone();
        move || {
            let source = EventSource::new(STREAM).ok()?;
            source.set_onmessage(&heard);
            Some(source)
        }
    };
    let source = StoredValue::new_local(open());
    let turned = Closure::<dyn Fn()>::new(move || {
        let hidden = js_sys::Reflect::get(document().as_ref(), &JsValue::from_str("hidden"));
        let hidden = hidden.is_ok_and(|h| h.is_truthy());
        let _ = source.try_update_value(|source| {
            if hidden {
                if let Some(source) = source.take() {
                    source.close();
                }
            } else if source.is_none() {
                *source = open();
                page.again();
            }
        });
    });
    let turned: js_sys::Function = turned.into_js_value().unchecked_into();
    let _ = document().add_event_listener_with_callback("visibilitychange", &turned);
    let gone = StoredValue::new_local(turned);
    on_cleanup(move || {
        let _ = source.try_update_value(|source| {
            if let Some(source) = source.take() {
                source.close();
            }
        });
        let _ = gone.try_with_value(|turned| {
            document().remove_event_listener_with_callback("visibilitychange", turned)
        });
    });
}
