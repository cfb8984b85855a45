//! People and factors as values, before they are rows.

use super::Customer;
use domain::{
    FactorKind, Lang, Timestamp,
    ids::{FactorId, RealmSlug},
    records::{Factor, Person},
};
use flows::infra::Random;

/// Somebody, without anything special.
pub fn person(who: &Customer, realm: &RealmSlug, now: Timestamp) -> Person {
    Person {
        id: who.id.clone(),
        realm: realm.clone(),
        login: who.login.clone(),
        name: who.name.clone(),
        lang: Lang::En,
        email: who.login.clone(),
        disabled_at: None,
        frozen_at: None,
        created_at: now,
        partner: None,
        manager: None,
        number: String::new(),
        number_since: domain::Timestamp::default(),
        epoch: 0,
    }
}

/// A factor without its secret.
pub fn factor(random: &Random, who: &Customer, kind: FactorKind, now: Timestamp) -> Factor {
    Factor {
        id: FactorId::new(random.id(now)),
        person: who.id.clone(),
        kind,
        name: String::new(),
        secret: Vec::new(),
        address: String::new(),
        credential: None,
        created_at: now,
        used_at: None,
        tested_at: None,
        disabled_at: None,
        last_step: 0,
        probation_until: None,
        shown_by: None,
    }
}
