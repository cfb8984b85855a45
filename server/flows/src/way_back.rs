//! Where somebody wanted to go before they were asked to sign in: kept in a cookie
//! of this browser for a quarter of an hour, and believed only when it is a page of
//! the portal that this very sign-in opens.

use crate::{Cookie, ceremony::Ctx};
use domain::{
    ids::RealmSlug,
    paths,
    place::{Place, Rule},
    secret::Secret,
};

const COOKIE: &str = "__Host-way-back";
/// Seconds: as long as a sign-in may take.
const KEEP: i64 = 15 * 60;

fn cookie(path: &str, keep: i64) -> Cookie {
    Cookie {
        name: COOKIE.to_owned(),
        value: Secret::new(path),
        keep: Some(keep),
    }
}

/// Whether a sign-in at a realm leads to a page.
fn leads(realm: &RealmSlug, place: &Place) -> bool {
    match place.rule() {
        Rule::Anyone | Rule::Ceremony => false,
        Rule::SignedIn | Rule::SignedInOrReset | Rule::Fresh | Rule::FreshOrReset => {
            place.realm() == Some(realm)
        }
        _ => realm.as_str() == paths::STAFF_REALM,
    }
}

/// Longest page that is kept: [`crate::Request::cookie`] reads no longer value.
const LONGEST: usize = 128;

/// Notes the page that asked for a sign-in at a realm. An id in it is whatever the caller
/// wrote: what no page of ours has is not kept, for it could end the value and begin an
/// attribute of the cookie.
pub fn note(realm: &RealmSlug, path: &str) -> Option<Cookie> {
    let place = Place::parse(path).filter(|place| leads(realm, place))?;
    let path = place.path();
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"/-_.~".contains(&b);
    let fits = path.len() <= LONGEST && path.bytes().all(is_plain);
    fits.then(|| cookie(&path, KEEP))
}

/// Where to, after a sign-in.
pub fn find(ctx: Ctx<'_>) -> Option<String> {
    let place = Place::parse(ctx.request.cookie(COOKIE)?)?;
    leads(&ctx.realm.slug, &place).then(|| place.path())
}

/// Forgets it.
pub fn forget() -> Cookie {
    cookie("", 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> RealmSlug {
        RealmSlug::parse(text).expect("a slug")
    }

    #[test]
    fn only_pages_that_this_sign_in_opens() {
        let (cloud, staff) = (slug("cloud"), slug(paths::STAFF_REALM));
        for (realm, path, kept) in [
            (&cloud, "/cloud/profile?news=x", Some("/cloud/profile")),
            (&cloud, "/customers/profile", None),
            (&cloud, "/desk", None),
            (&staff, "/desk/cases/c", Some("/desk/cases/c")),
            (&staff, "/admin/cloud/people", Some("/admin/cloud/people")),
            (&cloud, "/cloud/sign-in", None),
            (&cloud, "//evil.example/cloud/profile", None),
            (&cloud, "https://evil.example", None),
            (&staff, "/desk/cases/c;Domain=evil.example", None),
            (&staff, "/desk/cases/c\u{e9}", None),
            (&staff, &format!("/desk/cases/{}", "c".repeat(200)), None),
        ] {
            let found = note(realm, path).map(|c| c.value.reveal().to_owned());
            assert_eq!(found.as_deref(), kept, "{path}");
        }
    }
}
