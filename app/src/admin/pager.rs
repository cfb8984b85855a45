//! First page and next page. Lists go on from a key, not from a number, so
//! that any depth costs the same.

use crate::{pages::parts::encode, ui::Pager};
use domain::Lang;
use leptos::prelude::*;
use words::admin;

/// An address with what was searched for and where to go on.
pub fn address(path: &str, search: &str, after: Option<&str>) -> String {
    let mut out = path.to_owned();
    let given = [
        ("q", (!search.is_empty()).then_some(search)),
        ("after", after),
    ];
    for (key, value) in given.into_iter().filter_map(|(k, v)| Some((k, v?))) {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(key);
        out.push('=');
        out.push_str(&encode(value));
    }
    out
}

/// The pager; nothing where there is one page only.
pub fn pager(
    lang: Lang,
    path: &str,
    search: &str,
    next: Option<&str>,
    later: bool,
) -> Option<AnyView> {
    if next.is_none() && !later {
        return None;
    }
    Some(
        view! {
            <Pager
                label=admin::pages(lang)
                text=""
                previous=admin::first_page(lang)
                next=admin::next_page(lang)
                previous_href=later.then(|| address(path, search, None))
                next_href=next.map(|key| address(path, search, Some(key)))
            />
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_carry_search_and_key() {
        assert_eq!(address("/p", "", None), "/p");
        assert_eq!(address("/p", "a b", None), "/p?q=a%20b");
        assert_eq!(
            address("/p", "ä&b", Some("k=1")),
            "/p?q=%C3%A4%26b&after=k%3D1"
        );
    }
}
