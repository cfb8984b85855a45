//! What somebody typed into the forms of a page, kept while the page is drawn anew in another
//! language. Secrets are not kept: who switches types those again.

/// Takes what stands in the fields of the task.
#[cfg(feature = "hydrate")]
pub fn take() -> Typed {
    use wasm_bindgen::JsCast;
    use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

    let mut typed = Typed::default();
    for element in fields() {
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            let kind = input.type_();
            let is_secret = kind == "password" || input.autocomplete() == "one-time-code";
            if !is_secret && kind != "hidden" && kind != "file" {
                typed.push(&element, input.value(), input.checked());
            }
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            typed.push(&element, area.value(), false);
        } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            typed.push(&element, select.value(), false);
        }
    }
    typed
}

/// The fields of the task that a form sends.
#[cfg(feature = "hydrate")]
fn fields() -> Vec<web_sys::Element> {
    use wasm_bindgen::JsCast;

    let all = "#content :is(input, textarea, select)[name]";
    let Ok(found) = leptos::prelude::document().query_selector_all(all) else {
        return Vec::new();
    };
    let found = (0..found.length()).filter_map(|n| found.get(n));
    found.filter_map(|node| node.dyn_into().ok()).collect()
}

/// One field: its name, its value, and whether it is ticked.
#[cfg(feature = "hydrate")]
struct One {
    name: String,
    value: String,
    ticked: bool,
}

/// What was typed, in the order of the page.
#[derive(Default)]
pub struct Typed {
    #[cfg(feature = "hydrate")]
    all: Vec<One>,
}

impl Typed {
    #[cfg(feature = "hydrate")]
    fn push(&mut self, element: &web_sys::Element, value: String, ticked: bool) {
        let name = element.get_attribute("name").unwrap_or_default();
        self.all.push(One {
            name,
            value,
            ticked,
        });
    }

    /// Puts it back into the fields of the same names, once they are in the page.
    #[cfg(feature = "hydrate")]
    pub fn put_back(self) {
        use wasm_bindgen::JsCast;
        use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

        leptos::prelude::request_animation_frame(move || {
            let mut left = self.all;
            for element in fields() {
                let name = element.get_attribute("name").unwrap_or_default();
                let input = element.dyn_ref::<HtmlInputElement>();
                // Of radio buttons with one name, the value tells which is meant.
                let is_choice =
                    input.is_some_and(|i| matches!(i.type_().as_str(), "radio" | "checkbox"));
                let own = |one: &One| {
                    one.name == name
                        && (!is_choice || input.is_some_and(|i| i.value() == one.value))
                };
                let Some(at) = left.iter().position(own) else {
                    continue;
                };
                let one = left.remove(at);
                if let Some(input) = input {
                    if is_choice {
                        input.set_checked(one.ticked);
                    } else {
                        input.set_value(&one.value);
                    }
                } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
                    area.set_value(&one.value);
                } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
                    select.set_value(&one.value);
                }
            }
        });
    }

    /// On the server nobody types.
    #[cfg(not(feature = "hydrate"))]
    pub const fn put_back(&self) {}
}

/// On the server nobody types.
#[cfg(not(feature = "hydrate"))]
pub const fn take() -> Typed {
    Typed {}
}

/// Which setting was chosen in a form, by the button that sends it: its name and value.
#[cfg(feature = "hydrate")]
pub fn chosen(event: &leptos::ev::SubmitEvent) -> Option<(String, String)> {
    use wasm_bindgen::JsCast;

    let button = event.submitter()?.dyn_into::<web_sys::HtmlButtonElement>();
    button.ok().map(|button| (button.name(), button.value()))
}

/// On the server nothing is chosen.
#[cfg(not(feature = "hydrate"))]
pub const fn chosen(_event: &leptos::ev::SubmitEvent) -> Option<(String, String)> {
    None
}

/// Lets the document look as it was chosen: `light`, `dark`, or as the device has it.
#[cfg(feature = "hydrate")]
pub fn set_theme(theme: &str) {
    let html = leptos::prelude::document().document_element();
    let Some(html) = html else { return };
    // The only error is a name that no attribute may have.
    let _ = match theme {
        "light" | "dark" => html.set_attribute("data-theme", theme),
        _ => html.remove_attribute("data-theme"),
    };
}

/// On the server the shell sets it.
#[cfg(not(feature = "hydrate"))]
pub const fn set_theme(_theme: &str) {}
