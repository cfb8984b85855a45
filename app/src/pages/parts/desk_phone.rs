//! Whom to call.

use super::Here;
use leptos::prelude::*;

/// The number to call, where nobody overlooks it.
pub fn desk_phone(here: Here) -> Option<AnyView> {
    let (phone, hours) = here.with(|view| {
        Some((
            view.frame.realm.as_ref()?.phone.clone(),
            view.frame.realm.as_ref()?.hours.clone(),
        ))
    })?;
    if phone.is_empty() {
        return None;
    }
    let tel: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    Some(
        view! { <p><strong><a href=format!("tel:{tel}")>{phone}</a></strong>", "{hours}</p> }
            .into_any(),
    )
}
