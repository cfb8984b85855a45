use leptos::prelude::*;

use super::Icon;

/// A setting with a few values that is kept in a cookie, so that the server's
/// first paint is right. Choosing one asks for the same page with the choice in
/// its address; the server keeps it and leads back. No script is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Switch {
    /// What is chosen here, heard by screen readers.
    pub label: String,
    /// The page at hand.
    pub action: String,
    pub options: Vec<SwitchOption>,
}

/// What a script does in the place of asking for the page: it keeps what was typed.
#[derive(Clone, Copy)]
pub struct Switching(pub Callback<leptos::ev::SubmitEvent>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SwitchOption {
    pub value: String,
    pub name: String,
    pub current: bool,
}

impl SwitchOption {
    pub fn new(value: impl Into<String>, name: impl Into<String>, current: bool) -> Self {
        Self {
            value: value.into(),
            name: name.into(),
            current,
        }
    }
}

/// The languages by their own names, in the blade. Asks for the page with `?lang=`.
#[component]
pub fn LanguageSwitch(switch: Switch) -> impl IntoView {
    let buttons = switch
        .options
        .into_iter()
        .map(|option| {
            view! {
                <li>
                    <button
                        name="lang"
                        value=option.value.clone()
                        lang=option.value
                        aria-current=option.current.then_some("true")
                    >
                        {option.name}
                    </button>
                </li>
            }
            .into_any()
        })
        .collect();
    form("tongue switch", switch.label, switch.action, buttons)
}

/// Light, dark, or as the system has it. Asks for the page with `?theme=`; the values are
/// `light`, `dark` and `system`.
#[component]
pub fn ThemeSwitch(switch: Switch) -> impl IntoView {
    let buttons = switch
        .options
        .into_iter()
        .map(|option| {
            let icon = match option.value.as_str() {
                "light" => "sun",
                "dark" => "moon",
                _ => "screen",
            };
            view! {
                <li>
                    <button
                        name="theme"
                        value=option.value
                        aria-current=option.current.then_some("true")
                    >
                        <Icon name=icon />
                        {option.name}
                    </button>
                </li>
            }
            .into_any()
        })
        .collect();
    form("theme switch", switch.label, switch.action, buttons)
}

fn form(
    class: &'static str,
    label: String,
    action: String,
    buttons: Vec<AnyView>,
) -> Option<AnyView> {
    let switching = use_context::<Switching>();
    let submit = move |event| {
        if let Some(Switching(choose)) = switching {
            choose.run(event);
        }
    };
    (!buttons.is_empty()).then(|| {
        view! {
            <form class=class method="get" action=action aria-label=label on:submit=submit>
                <ul role="list">{buttons}</ul>
            </form>
        }
        .into_any()
    })
}
