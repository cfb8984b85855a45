//! Who calls, as the HTTP layer read it. Nothing in here is believed before it
//! was looked up.

use crate::{Fact, Failure, Reply, Services, audit, ceremony::Ctx};
use domain::{
    Lang, Timestamp,
    admin_place::AdminPlace,
    audit::{Action, Actor, Event},
    ids::{PersonId, RealmSlug},
    paths,
    policy::Realm,
    records::{Person, Session},
    screen::Account,
};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// A call.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The `Cookie` header.
    pub cookies: String,
    /// The peer's address.
    pub address: String,
    /// The browser, as it names itself, cut to 200 characters.
    pub agent: String,
    /// The language that the person chose on this browser.
    pub chosen: Option<Lang>,
    /// The best of `Accept-Language`.
    pub accepted: Option<Lang>,
    /// The account that the page named from which a form was posted.
    pub about: Option<Account>,
    /// A page looks again by itself: that is no activity of a person, and keeps no
    /// session alive.
    pub quiet: bool,
}

/// The hash under which a secret of 256 bits is kept.
pub fn token_hash(token: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

impl Request {
    /// A cookie's value; nothing where it is empty or too long.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(n, v)| *n == name && !v.is_empty() && v.len() <= 128)
            .map(|(_, value)| value)
    }

    /// The secret that this browser is known by: ceremonies and counters hang
    /// on its hash.
    pub fn browser(&self) -> Option<&str> {
        self.cookie(crate::reply::BROWSER)
    }

    /// The session secret for a realm.
    pub fn session_token(&self, realm: &RealmSlug) -> Option<&str> {
        self.cookie(&crate::reply::session_cookie(realm))
    }

    /// The language: what was chosen, else what the browser asks for, else the
    /// realm's.
    pub fn lang(&self, realm: Option<&Realm>) -> Lang {
        self.chosen
            .or(self.accepted)
            .or(realm.map(|r| r.language))
            .unwrap_or_default()
    }

    /// Checks that a form came from a page about this person. A page that was left open in
    /// another tab names whoever was there before.
    ///
    /// # Errors
    /// [`Failure::OtherAccount`] if the page named another account of this realm.
    pub fn is_about(&self, who: &Person) -> Result<(), Failure> {
        match &self.about {
            Some(about) if about.realm == who.realm && about.login != who.login => {
                Err(Failure::OtherAccount(who.realm.clone()))
            }
            _ => Ok(()),
        }
    }

    /// Who acts, for the audit trail.
    pub fn actor(&self, person: Option<&PersonId>) -> Actor {
        Actor {
            person: person.cloned(),
            other: None,
            address: self.address.clone(),
            agent: self.agent.clone(),
        }
    }
}

impl Services {
    /// The realm of a slug that a caller named.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub fn realm(&self, slug: &str) -> Result<Arc<Realm>, Failure> {
        RealmSlug::parse(slug)
            .and_then(|s| self.realms.get(&s).cloned())
            .ok_or(Failure::NotFound)
    }

    /// The session of the caller at a realm, if it lives. One that was opened to set a
    /// new PIN is none, but for those who ask for it by name.
    ///
    /// # Errors
    /// The database could not be asked.
    pub async fn session(
        &self,
        request: &Request,
        realm: &Realm,
    ) -> Result<Option<Session>, Failure> {
        let session = self.any_session(request, realm).await?;
        Ok(session.filter(|s| !s.resets_pin()))
    }

    /// [`Self::session`], or one that sets a new PIN.
    async fn any_session(
        &self,
        request: &Request,
        realm: &Realm,
    ) -> Result<Option<Session>, Failure> {
        let Some(token) = request.session_token(&realm.slug) else {
            return Ok(None);
        };
        let mut conn = self.store.read().await?;
        let Some(session) = conn
            .session_by_hash(&realm.slug, &token_hash(token))
            .await?
        else {
            return Ok(None);
        };
        let now = self.now();
        let idle_ends = session
            .seen_at
            .plus_seconds(realm.sessions.idle_minutes * 60);
        let lives = now < idle_ends && now < session.expires_at && session.person.is_enabled();
        drop(conn);
        if !lives {
            // Ended in the database as well: a clock that goes back revives
            // nothing.
            let mut tx = self.store.begin().await?;
            tx.session_expire(&session.id, now).await?;
            tx.commit().await?;
            return Ok(None);
        }
        request.is_about(&session.person)?;
        if !request.quiet && session.seen_at.plus_seconds(60) <= now {
            let mut tx = self.store.begin().await?;
            tx.session_seen(&session.id, now).await?;
            tx.commit().await?;
        }
        Ok(Some(session))
    }

    /// The session of the caller, who must be signed in.
    ///
    /// # Errors
    /// [`Failure::SignIn`].
    pub async fn signed_in(&self, request: &Request, realm: &Realm) -> Result<Session, Failure> {
        self.session(request, realm)
            .await?
            .ok_or_else(|| Failure::SignIn(realm.slug.clone()))
    }

    /// The session of the caller, who must be signed in, or be about to set a new PIN:
    /// for what both may do.
    ///
    /// # Errors
    /// [`Failure::SignIn`].
    pub async fn signed_in_or_reset(
        &self,
        request: &Request,
        realm: &Realm,
    ) -> Result<Session, Failure> {
        let session = self.any_session(request, realm).await?;
        session.ok_or_else(|| Failure::SignIn(realm.slug.clone()))
    }

    /// The session of the caller, who must have proven themselves just now, or be about
    /// to set a new PIN and not have done it yet.
    ///
    /// # Errors
    /// [`Failure::SignIn`], [`Failure::Confirm`].
    pub async fn fresh_or_reset(
        &self,
        request: &Request,
        realm: &Realm,
    ) -> Result<Session, Failure> {
        let session = self.signed_in_or_reset(request, realm).await?;
        if !session.resets_pin() {
            return self.fresh(request, realm).await;
        }
        if session.is_spent() {
            return Err(Failure::SignIn(realm.slug.clone()));
        }
        Ok(session)
    }

    /// The session of the caller, who must have proven themselves just now.
    ///
    /// # Errors
    /// [`Failure::SignIn`], [`Failure::Confirm`].
    pub async fn fresh(&self, request: &Request, realm: &Realm) -> Result<Session, Failure> {
        let session = self.signed_in(request, realm).await?;
        if is_fresh(&session, realm, self.now()) {
            Ok(session)
        } else {
            Err(Failure::Confirm(realm.slug.clone()))
        }
    }

    /// The session of an administrator of `realm`: staff, signed in at the
    /// staff's realm by a factor that resists phishing.
    ///
    /// # Errors
    /// [`Failure::SignIn`] for who is not signed in there, [`Failure::Forbidden`]
    /// for everybody else who may not.
    pub async fn administrator(
        &self,
        request: &Request,
        realm: &Realm,
    ) -> Result<Session, Failure> {
        self.admitted(request, realm, AdminPlace::People).await
    }

    /// The session of staff who may open a place of a realm's administration,
    /// signed in at the staff's realm by a factor that resists phishing.
    ///
    /// # Errors
    /// See [`Self::administrator`].
    pub async fn admitted(
        &self,
        request: &Request,
        realm: &Realm,
        place: AdminPlace,
    ) -> Result<Session, Failure> {
        let session = self.staff(request).await?;
        if place.opens(&session.grants, &realm.slug) {
            Ok(session)
        } else {
            self.denied(request, &session).await
        }
    }

    /// Refuses, and writes down who reached for what is not theirs (XG07).
    ///
    /// # Errors
    /// [`Failure::Forbidden`], always.
    pub async fn denied(&self, request: &Request, session: &Session) -> Result<Session, Failure> {
        let realm = self.realm(session.realm.as_str())?;
        let ctx = Ctx {
            services: self,
            request,
            realm: &realm,
        };
        let who = &session.person.id;
        let mut fact = Fact::begin(ctx).await?;
        let event = Event::refused(Action::Denied, Some(who.clone()));
        audit::record(&mut fact, Some(who), &event).await?;
        fact.commit().await?;
        Err(Failure::Forbidden)
    }

    /// [`Self::denied`], where an answer was expected.
    ///
    /// # Errors
    /// [`Failure::Forbidden`], always.
    pub async fn denied_reply(
        &self,
        request: &Request,
        session: &Session,
    ) -> Result<Reply, Failure> {
        self.denied(request, session).await?;
        Err(Failure::Forbidden)
    }

    /// The session of a member of staff with any role at all.
    ///
    /// # Errors
    /// See [`Self::administrator`].
    pub async fn staff(&self, request: &Request) -> Result<Session, Failure> {
        let staff = self.realm(paths::STAFF_REALM)?;
        let session = self.signed_in(request, &staff).await?;
        let resists = session.proven.iter().any(|k| k.resists_phishing());
        if session.grants.is_empty() || !resists {
            return self.denied(request, &session).await;
        }
        Ok(session)
    }
}

/// Whether a session may change factors without proving itself anew.
pub fn is_fresh(session: &Session, realm: &Realm, now: Timestamp) -> bool {
    now < session
        .fresh_at
        .plus_seconds(realm.sessions.fresh_minutes * 60)
}
