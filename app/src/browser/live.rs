//! Pages that look again by themselves. The server says that something moved and
//! never what; the page then asks for itself, as whoever is signed in. The stream
//! stands only while the page is in sight.

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
pub fn follow(stream: String, at_first: bool, heard: impl Fn() + Clone + 'static) {
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
        #[wasm_bindgen(method, setter)]
        fn set_onerror(this: &EventSource, lost: &js_sys::Function);
        #[wasm_bindgen(method, setter)]
        fn set_onopen(this: &EventSource, open: &js_sys::Function);
    }

    let function = |closure: Closure<dyn Fn()>| -> js_sys::Function {
        closure.into_js_value().unchecked_into()
    };
    let lost = std::rc::Rc::new(std::cell::Cell::new(at_first));
    let rung = {
        let heard = heard.clone();
        function(Closure::new(heard))
    };
    let failed = {
        let lost = std::rc::Rc::clone(&lost);
        function(Closure::new(move || lost.set(true)))
    };
    // What was told while the stream was lost was told to nobody.
    let again = {
        let heard = heard.clone();
        function(Closure::new(move || {
            if lost.take() {
                heard();
            }
        }))
    };
    let open = move || {
        let source = EventSource::new(&stream).ok()?;
        source.set_onmessage(&rung);
        source.set_onerror(&failed);
        source.set_onopen(&again);
        Some(source)
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
                heard();
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
