//! A lost phone: the form behind the password (cloud guide; E17 to E23).

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
    cases::page(services, request, slug, CaseKind::LostPhone).await
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
    code: String,
    work: String,
) -> Result<Reply, Failure> {
    cases::post(
        services,
        request,
        realm,
        CaseKind::LostPhone,
        typed,
        code,
        work,
    )
    .await
}
