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
    use crate::browser::{drop_on_cleanup, object, spawn};
    use gloo_events::{EventListener, EventListenerOptions};
    use js_sys::{Array, Reflect};
    use leptos::prelude::{document, window};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{AbortController, CredentialRequestOptions, Event, EventInit, HtmlInputElement};

    /// A request for an SMS. It is aborted when the form is sent, because whoever sends
    /// it has the code, and when it is dropped.
    struct Request {
        controller: AbortController,
        _sent: EventListener,
    }

    impl Request {
        fn new(controller: AbortController) -> Self {
            let ended = controller.clone();
            let sent = EventListener::new_with_options(
                &document(),
                "submit",
                EventListenerOptions::run_in_capture_phase(),
                move |_| ended.abort(),
            );
            Self {
                controller,
                _sent: sent,
            }
        }
    }

    impl Drop for Request {
        fn drop(&mut self) {
            self.controller.abort();
        }
    }

    pub fn wait(id: &'static str) {
        // web-sys has nothing of WebOTP: not the class, the option or the code.
        let known = Reflect::get(&js_sys::global(), &"OTPCredential".into());
        if !known.is_ok_and(|class| class.is_truthy()) {
            return;
        }
        let Ok(controller) = AbortController::new() else {
            return;
        };
        let options = CredentialRequestOptions::new();
        options.set_signal(&controller.signal());
        let sms = Array::of1(&"sms".into());
        let otp = object(&[("transport", sms.into())]);
        // Setting a key of a new object cannot fail.
        let _ = Reflect::set(&options, &"otp".into(), &otp);
        drop_on_cleanup(Request::new(controller));
        spawn(async move {
            let Ok(code) = asked(&options).await else {
                return;
            };
            let field = document().get_element_by_id(id);
            let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            // Whoever was faster by hand keeps what they typed.
            if let (Some(code), Some(field)) = (code, field)
                && field.value().is_empty()
            {
                field.set_value(&code);
                let bubbles = EventInit::new();
                bubbles.set_bubbles(true);
                if let Ok(event) = Event::new_with_event_init_dict("input", &bubbles) {
                    let _ = field.dispatch_event(&event);
                }
            }
        });
    }

    /// Waits for the SMS and returns its code.
    async fn asked(options: &CredentialRequestOptions) -> Result<Option<String>, JsValue> {
        let credentials = window().navigator().credentials();
        let found = JsFuture::from(credentials.get_with_options(options)?).await?;
        Ok(Reflect::get(&found, &"code".into())?.as_string())
    }
}
