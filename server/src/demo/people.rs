//! The demo's people: made once per database, listed with their secrets.

use super::{
    authenticator::{DemoPasskey, register},
    cast::{CAST, MANAGERS, NUMBERS, PASSWORD, PIN},
    phone::{self, DemoPhone},
};
use crate::start::{PublicUrl, knowledge};
use domain::{
    FactorKind,
    ids::{FactorId, PersonId, RealmSlug},
    link::{Purpose, Standing},
    paths,
    records::{Factor, Link, Partner, Person},
    role::Grant,
    secret::Secret,
};
use flows::{Services, infra::Random, request::token_hash};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use tokio::sync::Mutex;

/// A person of the demo, with everything that they know and hold.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoPerson {
    /// Realm.
    pub realm: String,
    /// What they sign in with.
    pub login: String,
    /// What they are there for.
    pub purpose: String,
    /// Password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// PIN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
    /// TOTP secret, base32.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totp_secret: Option<String>,
    /// Recovery codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recovery_codes: Vec<String>,
    /// Passkeys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passkeys: Vec<DemoPasskey>,
    /// The telephone number on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The phone, with a link that puts it into the browser that opens it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<DemoPhone>,
    /// A link by which a human binds a passkey of their own as this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enroll_link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
}

/// What `/demo/people.json` answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct People {
    /// The demo's clock, in milliseconds UTC.
    pub now: i64,
    /// The people.
    pub people: Vec<DemoPerson>,
}

const SETTING: &str = "demo_people";

/// Makes the people, once per database.
///
/// # Errors
/// In words.
pub async fn seed(services: &Services, public: &PublicUrl) -> Result<(), String> {
    let said = |e: &dyn std::fmt::Display| e.to_string();
    if services
        .store
        .read()
        .await
        .map_err(|e| said(&e))?
        .setting(SETTING)
        .await
        .map_err(|e| said(&e))?
        .is_some()
    {
        return Ok(());
    }
    let random = &services.random;
    let now = services.now();
    // Enrolled two days ago: nothing in the demo is "recently changed".
    let then = now.plus_seconds(-2 * 86_400);
    let password = services
        .hasher
        .hash(&Secret::new(PASSWORD), random.bytes())
        .await
        .map_err(|e| said(&e))?;
    let pin = services
        .hasher
        .hash(&Secret::new(PIN), random.bytes())
        .await
        .map_err(|e| said(&e))?;
    let mut listed = Vec::new();
    let mut tx = services.store.begin().await.map_err(|e| said(&e))?;
    for role in CAST {
        let Some(slug) = RealmSlug::parse(role.realm) else {
            continue;
        };
        if services.realms.get(&slug).is_none() {
            continue;
        }
        let manager = match MANAGERS.iter().find(|(login, _)| *login == role.login) {
            Some((_, manager)) => {
                let key = domain::text::login_key(manager);
                let found = tx.person_by_login(&slug, &key).await;
                found.map_err(|e| said(&e))?.map(|m| m.id)
            }
            None => None,
        };
        let number = NUMBERS.iter().find(|(login, _)| *login == role.login);
        let who = Person {
            id: PersonId::new(random.id(then)),
            realm: slug.clone(),
            login: role.login.to_owned(),
            name: role.name.to_owned(),
            lang: role.lang,
            email: role.email.to_owned(),
            disabled_at: None,
            frozen_at: None,
            created_at: then,
            partner: (role.realm == "dealers").then(|| Partner {
                number: "30417".to_owned(),
                mail_domain: "autohaus-lenz.example".to_owned(),
                contact: "office@autohaus-lenz.example".to_owned(),
            }),
            manager,
            number: number.map(|(_, n)| (*n).to_owned()).unwrap_or_default(),
            number_since: then,
            epoch: 0,
        };
        let (login_key, name_key) = (
            domain::text::login_key(role.login),
            domain::text::name_key(role.name),
        );
        tx.person_insert(&who, &login_key, &name_key)
            .await
            .map_err(|e| said(&e))?;
        if role.purpose.contains("disabled") {
            tx.person_disable(&who.id, Some(then))
                .await
                .map_err(|e| said(&e))?;
        }
        for (granted, realm) in role.roles.iter().flat_map(|granted| {
            let realms = services.realms.iter();
            realms.map(move |realm| (*granted, realm))
        }) {
            let grant = Grant {
                role: granted,
                realm: realm.slug.clone(),
            };
            tx.grant(&who.id, &grant).await.map_err(|e| said(&e))?;
        }
        let mut person = DemoPerson {
            realm: role.realm.to_owned(),
            login: role.login.to_owned(),
            purpose: role.purpose.to_owned(),
            password: None,
            pin: None,
            totp_secret: None,
            recovery_codes: Vec::new(),
            passkeys: Vec::new(),
            number: number.map(|(_, n)| (*n).to_owned()),
            phone: None,
            enroll_link: None,
            id: Some(who.id.as_str().to_owned()),
        };
        for kind in role.holds {
            let mut factor = Factor {
                used_at: Some(then),
                ..knowledge(random, &who, *kind, "", then)
            };
            match kind {
                FactorKind::Password => {
                    factor.secret = password.as_bytes().to_vec();
                    person.password = Some(PASSWORD.to_owned());
                }
                FactorKind::Pin => {
                    factor.secret = pin.as_bytes().to_vec();
                    person.pin = Some(PIN.to_owned());
                }
                FactorKind::Totp => {
                    let secret = random.totp_seed();
                    factor.secret = sealed(services, random, &factor.id, &secret);
                    person.totp_secret = Some(data_encoding::BASE32_NOPAD.encode(&secret));
                }
                FactorKind::Email => role.email.clone_into(&mut factor.address),
                FactorKind::Sms | FactorKind::Voice => {
                    who.number.clone_into(&mut factor.address);
                }
                FactorKind::Passkey => {
                    let made = register(
                        &services.webauthn,
                        &public.origin,
                        &public.host,
                        &who.id,
                        role.login,
                        random.bytes(),
                        random.bytes(),
                    )?;
                    factor.credential = Some(made.credential);
                    factor.secret = made.record;
                    "Demo passkey".clone_into(&mut factor.name);
                    person.passkeys.push(made.passkey);
                }
                FactorKind::Recovery => {
                    let codes: Vec<_> = (0..10).map(|_| random.recovery_code()).collect();
                    let mut hashes = Vec::new();
                    for code in &codes {
                        let plain =
                            domain::text::recovery(code.reveal()).map_err(|c| format!("{c:?}"))?;
                        hashes.push(services.vault.mac("recovery", plain.as_bytes()));
                        person.recovery_codes.push(code.reveal().to_owned());
                    }
                    tx.recovery_replace(&who.id, &hashes, then)
                        .await
                        .map_err(|e| said(&e))?;
                    continue;
                }
                FactorKind::Smartphone => {
                    let (key, made) = phone::make(&factor.id, random.bytes())?;
                    factor.secret = key;
                    "Demo phone".clone_into(&mut factor.name);
                    person.phone = Some(made);
                }
                _ => continue,
            }
            factor.id = FactorId::new(factor.id.as_str());
            tx.factor_insert(&factor).await.map_err(|e| said(&e))?;
            let brings = services.realms.get(&slug);
            let brings = brings.is_some_and(|realm| realm.phones_bring_codes());
            if let Some(phone) = person
                .phone
                .as_mut()
                .filter(|p| brings && p.factor == factor.id.as_str())
            {
                let secret = random.totp_seed();
                phone.codes = data_encoding::BASE32_NOPAD.encode(&secret);
                let codes = Factor {
                    name: factor.name.clone(),
                    ..knowledge(random, &who, FactorKind::Totp, "", then)
                };
                let codes = Factor {
                    secret: sealed(services, random, &codes.id, &secret),
                    ..codes
                };
                tx.factor_insert(&codes).await.map_err(|e| said(&e))?;
                // It lives in no browser until somebody opens its link.
                tx.phone_insert(&factor.id, "", Some(&codes.id))
                    .await
                    .map_err(|e| said(&e))?;
            }
        }
        listed.push(person);
    }
    let kept = serde_json::to_string(&listed).map_err(|e| said(&e))?;
    tx.setting_put(SETTING, &kept).await.map_err(|e| said(&e))?;
    tx.commit().await.map_err(|e| said(&e))?;
    Ok(())
}

/// A secret of codes, as the portal keeps it.
fn sealed(services: &Services, random: &Random, id: &FactorId, secret: &[u8]) -> Vec<u8> {
    let context = flows::proof::totp_context(id);
    services.vault.seal(&context, secret, random)
}

async fn enroll_link(
    services: &Services,
    random: &Random,
    realm: &RealmSlug,
    person: &PersonId,
    links: &Mutex<HashMap<String, String>>,
) -> store::Result<String> {
    let now = services.now();
    let mut links = links.lock().await;
    if let Some(token) = links.get(person.as_str()) {
        let found = services
            .store
            .read()
            .await?
            .link_by_token(realm, Purpose::Enroll, &token_hash(token))
            .await?;
        let live = found.is_some_and(|l| {
            Standing::judge(
                l.expires_at,
                l.used_at.is_some(),
                l.voided_at.is_some(),
                now,
            ) == Standing::Live
        });
        if live {
            return Ok(token.clone());
        }
    }
    let token = random.token();
    let link = Link {
        id: random.id(now),
        person: person.clone(),
        purpose: Purpose::Enroll,
        created_at: now,
        expires_at: now.plus_seconds(86_400),
        used_at: None,
        voided_at: None,
        opened_at: None,
        subject: String::new(),
    };
    let mut tx = services.store.begin().await?;
    tx.link_insert(&link, realm, &token_hash(token.reveal()), "", "")
        .await?;
    tx.commit().await?;
    links.insert(person.as_str().to_owned(), token.reveal().to_owned());
    Ok(token.reveal().to_owned())
}

/// The people, each with a link that works.
///
/// # Errors
/// The database could not.
pub async fn list(
    services: &Services,
    links: &Mutex<HashMap<String, String>>,
) -> store::Result<People> {
    let kept = services
        .store
        .read()
        .await?
        .setting(SETTING)
        .await?
        .unwrap_or_else(|| "[]".to_owned());
    let mut people: Vec<DemoPerson> = serde_json::from_str(&kept).unwrap_or_default();
    for person in &mut people {
        let id = person.id.take();
        if let Some(phone) = &mut person.phone {
            phone.link = phone::link(services, phone);
        }
        let Some(slug) = RealmSlug::parse(&person.realm) else {
            continue;
        };
        let takes_passkeys = services
            .realms
            .get(&slug)
            .is_some_and(|r| r.chains.iter().any(|c| c.contains(&FactorKind::Passkey)));
        if let (Some(id), true) = (id, takes_passkeys) {
            let token =
                enroll_link(services, &services.random, &slug, &PersonId::new(id), links).await?;
            person.enroll_link = Some(services.url(&paths::link(&slug, Purpose::Enroll, &token)));
        }
    }
    Ok(People {
        now: services.now().millis(),
        people,
    })
}
