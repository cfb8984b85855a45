//! A code out of an SMS (WICG: WebOTP): where the browser can read it, and its owner lets
//! it, it stands in the field by itself. It is sent by a person, as always.

/// Waits for an SMS that is bound to this site, and puts its code into the field with this
/// id; until the form is sent, or the page goes.
pub fn fill(id: &'static str) {
    #[cfg(feature = "hydrate")]
    leptos::prelude::Effect::new(move |_| js::wait(id));
    #[cfg(not(feature = "hydrate"))]
    let _ = id;
}

#[cfg(feature = "hydrate")]
mod js {
    use js_sys::{Array, Function, Object, Reflect};
    use leptos::prelude::{StoredValue, WithValue, document, on_cleanup};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = get)]
        async fn credentials_get(options: &JsValue) -> Result<JsValue, JsValue>;

        type AbortController;
        #[wasm_bindgen(constructor)]
        fn new() -> AbortController;
        #[wasm_bindgen(method, getter)]
        fn signal(this: &AbortController) -> JsValue;
        #[wasm_bindgen(method)]
        fn abort(this: &AbortController);

        type Event;
        #[wasm_bindgen(constructor)]
        fn new(name: &str, options: &JsValue) -> Event;
    }

    fn get(of: &JsValue, name: &str) -> Option<JsValue> {
        let found = Reflect::get(of, &JsValue::from_str(name)).ok()?;
        (!found.is_undefined() && !found.is_null()).then_some(found)
    }

    /// A fresh object takes every key.
    fn object(of: &[(&str, JsValue)]) -> JsValue {
        let made = Object::new();
        for (name, value) in of {
            let _ = Reflect::set(&made, &JsValue::from_str(name), value);
        }
        made.into()
    }

    pub fn wait(id: &'static str) {
        if get(&js_sys::global(), "OTPCredential").is_none() {
            return;
        }
        let controller = AbortController::new();
        let sms = Array::of1(&JsValue::from_str("sms"));
        let options = object(&[
            ("otp", object(&[("transport", sms.into())])),
            ("signal", controller.signal()),
        ]);
        let controller = StoredValue::new_local(controller);
        let stop = move || {
            let _ = controller.try_with_value(AbortController::abort);
        };
        // Whoever sends the form has the code.
        let sent: Function = Closure::<dyn Fn()>::new(stop)
            .into_js_value()
            .unchecked_into();
        let _ = document().add_event_listener_with_callback_and_bool("submit", &sent, true);
        let gone = StoredValue::new_local(sent);
        on_cleanup(move || {
            stop();
            let _ = gone.try_with_value(|sent| {
                document().remove_event_listener_with_callback_and_bool("submit", sent, true)
            });
        });
        crate::browser::spawn(async move {
            let code = credentials_get(&options).await.ok();
            let code = code.as_ref().and_then(|found| get(found, "code"));
            let field = document().get_element_by_id(id);
            // Whoever was faster by hand keeps what they typed.
            let (Some(code), Some(field)) = (code, field) else {
                return;
            };
            let typed = get(&field, "value").and_then(|v| v.as_string());
            if typed.is_none_or(|typed| typed.is_empty()) {
                let _ = Reflect::set(&field, &JsValue::from_str("value"), &code);
                let bubbles = object(&[("bubbles", JsValue::TRUE)]);
                let event: web_sys::Event = Event::new("input", &bubbles).unchecked_into();
                let _ = field.dispatch_event(&event);
            }
        });
    }
}
