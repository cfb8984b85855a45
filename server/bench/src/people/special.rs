//! People in other places than the sign-in: about to set up their first app, at
//! the service desk, with a case.

use super::{AtBrowser, Customer, People, records::person};
use crate::{Failed, driver::Jar};
use domain::{
    FactorKind, Lang,
    cases::{Case, CaseKind, Form, Stage},
    enrollment::Enroll,
    ids::{CaseId, PersonId, RealmSlug},
    paths::STAFF_REALM,
    records::Person,
    role::{Grant, Role},
    sign_in::SignIn,
};
use flows::{ceremony::Extras, proof::subject};

/// The realm whose desk decides the cases of a measurement.
const WITH_CASES: &str = "cloud";
/// Hours until an answer is promised there.
const ANSWER_HOURS: i64 = 24;

impl People {
    /// Makes people who have proven their password and hold nothing else: they
    /// may choose what to set up.
    ///
    /// # Errors
    /// The database could not.
    pub async fn choosing(&mut self, count: usize) -> Result<Vec<AtBrowser>, Failed> {
        let realm = self.realm.clone();
        let mut tx = self.store.begin().await?;
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            let who = self.bare(&mut tx, &realm).await?;
            let mut cookies = Jar::default();
            let browser = self.browser(&mut cookies);
            let record = tx.person(&who.id).await?.ok_or("nobody was made")?;
            let factors = tx.factors(&who.id).await?;
            let machine = SignIn::Enroll {
                subject: subject(&record, &factors, 0),
                proven: vec![FactorKind::Password],
                enroll: Enroll::Choose {
                    person: who.id.clone(),
                    replaces: None,
                    offers: vec![FactorKind::Totp, FactorKind::Email],
                },
            };
            let extras = Extras {
                typed: who.login.clone(),
                ..Extras::default()
            };
            self.keep(&mut tx, &browser, &machine, &extras).await?;
            made.push(AtBrowser { who, cookies });
        }
        tx.commit().await?;
        Ok(made)
    }

    /// Makes people who are signed in twice; each with the id of the other
    /// session.
    ///
    /// # Errors
    /// The database could not.
    pub async fn signed_in_twice(
        &mut self,
        count: usize,
    ) -> Result<Vec<(AtBrowser, String)>, Failed> {
        let here = self.signed_in(count).await?;
        let mut tx = self.store.begin().await?;
        let mut made = Vec::with_capacity(count);
        for at in here {
            let proven = vec![FactorKind::Password, FactorKind::Totp];
            let record = person(&at.who, &self.realm, self.now);
            let other = self
                .session(&mut tx, record, proven, &mut Jar::default())
                .await?;
            made.push((at, other));
        }
        tx.commit().await?;
        Ok(made)
    }

    /// Signs somebody of staff in, with a passkey and a PIN.
    ///
    /// # Errors
    /// The database could not, or nobody has this id.
    pub async fn staff(&mut self, id: &PersonId) -> Result<Jar, Failed> {
        let mut tx = self.store.begin().await?;
        let record = tx.person(id).await?.ok_or("nobody of staff has this id")?;
        let mut cookies = Jar::default();
        let browser = self.browser(&mut cookies);
        tx.browser_note(&browser, id, self.now).await?;
        let proven = vec![FactorKind::Passkey, FactorKind::Pin];
        self.session(&mut tx, record, proven, &mut cookies).await?;
        tx.commit().await?;
        Ok(cookies)
    }

    /// Makes somebody who decides cases, signed in, and cases that they took.
    ///
    /// # Errors
    /// The database could not.
    pub async fn reviewer(&mut self, cases: usize) -> Result<(Jar, Vec<CaseId>), Failed> {
        let realm = RealmSlug::parse(WITH_CASES).ok_or("the realm has no slug")?;
        let staff = RealmSlug::parse(STAFF_REALM).ok_or("the realm has no slug")?;
        let agent = Person {
            id: PersonId::new(self.random.id(self.now)),
            realm: staff,
            login: "q990001".to_owned(),
            name: "Rita Reviewer".to_owned(),
            lang: Lang::En,
            email: "q990001@staff.example".to_owned(),
            disabled_at: None,
            frozen_at: None,
            created_at: self.now,
            partner: None,
            manager: None,
            number: String::new(),
            number_since: domain::Timestamp::default(),
            epoch: 0,
        };
        let mut tx = self.store.begin().await?;
        tx.person_insert(&agent, &agent.login, "rita reviewer")
            .await?;
        let grant = Grant {
            role: Role::Reviewer,
            realm: realm.clone(),
        };
        tx.grant(&agent.id, &grant).await?;
        let mut taken = Vec::with_capacity(cases);
        for _ in 0..cases {
            let who = self.bare(&mut tx, &realm).await?;
            let number = tx.counter_next("case", 20_001).await?;
            let case = self.case(&who, &realm, number, agent.id.clone());
            if !tx.case_insert(&case).await? {
                return Err("a new person has a case already".into());
            }
            taken.push(case.id);
        }
        tx.commit().await?;
        Ok((self.staff(&agent.id).await?, taken))
    }

    fn case(&self, who: &Customer, realm: &RealmSlug, number: i64, agent: PersonId) -> Case {
        Case {
            id: CaseId::new(self.random.id(self.now)),
            number,
            realm: realm.clone(),
            kind: CaseKind::LostPhone,
            person: who.id.clone(),
            form: Form {
                given: who.name.clone(),
                email: who.login.clone(),
                story: "It fell into the lake.".to_owned(),
                ..Form::default()
            },
            proof: None,
            protected: false,
            opened_at: self.now,
            due_at: self.now.plus_seconds(ANSWER_HOURS * 3600),
            stage: Stage::Claimed { agent },
            version: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{folder::Folder, people::People};

    #[tokio::test]
    async fn staff_and_those_who_choose_have_cookies_of_their_own() {
        let folder = Folder::make().unwrap();
        let mut people = People::begin(&folder).await.unwrap();
        let (cookies, cases) = people.reviewer(2).await.unwrap();
        assert!(cookies.get("__Host-session-workforce").is_some());
        assert_ne!(cases[0], cases[1]);
        let choosing = people.choosing(1).await.unwrap();
        assert!(
            choosing[0]
                .cookies
                .get("__Host-session-customers")
                .is_none()
        );
        let twice = people.signed_in_twice(1).await.unwrap();
        assert!(!twice[0].1.is_empty());
        people.end().await;
    }
}
