//! A wrong address: the form behind the password (dealers guide, "OTP e-mail
//! reset"; C14).

use crate::{Failure, Reply, Request, Services, cases};
use domain::{cases::CaseKind, ids::RealmSlug, screen::FormTyped};

/// The form, or where the case stands.
///
/// # Errors
/// See [`cases::page`].
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
) -> Result<Reply, Failure> {
    cases::page(services, request, slug, CaseKind::WrongAddress).await
}

/// Takes the form.
///
/// # Errors
/// See [`cases::post`].
pub async fn ask(
    services: &Services,
    request: &Request,
    realm: String,
    typed: FormTyped,
    work: String,
) -> Result<Reply, Failure> {
    cases::post(
        services,
        request,
        realm,
        CaseKind::WrongAddress,
        typed,
        String::new(),
        work,
    )
    .await
}
