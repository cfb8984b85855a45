//! A phone whose key the tests know: it adds itself and answers as the page on a
//! phone does, and each part of its answer can be bent.

use crate::{Answer, Browser, World};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use domain::{
    FactorKind,
    ids::FactorId,
    phone::{CODES_BYTES, Decision, Purpose, add_text, answer_text},
};
use flows::request::token_hash;
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::Value;

/// The employee whose phone it is.
pub const JONAS: &str = "Q471108";
/// An employee whose phone the demo knows.
pub const PETRA: &str = "Q471109";
/// Their PIN.
pub const PIN: &str = "583926";

/// A phone.
#[derive(Clone)]
pub struct Phone {
    secret: SigningKey,
    /// The secret of the codes that it shows without network.
    codes: [u8; CODES_BYTES],
    /// Its browser.
    pub browser: Browser,
    /// What its owner calls it.
    pub name: &'static str,
}

/// What a phone is asked, as its page says it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The request.
    pub id: String,
    /// What is signed over.
    pub challenge: String,
    /// What for.
    pub purpose: Purpose,
}

impl Phone {
    /// A phone that belongs to nobody; each `seed` is another key.
    pub fn new(world: &World, seed: u8) -> Self {
        Self {
            secret: SigningKey::from_slice(&[seed; 32]).expect("a key"),
            codes: [seed; CODES_BYTES],
            browser: world.browser(),
            name: "My phone",
        }
    }

    /// The phone of an employee of the demo, enrolled two days ago.
    pub async fn petra(world: &World) -> Self {
        let secrets = world.secrets(PETRA).await;
        let text = |name: &str, of: &Value| of[name].as_str().expect("a text").to_owned();
        let phone = &secrets["phone"];
        let secret = BASE64URL_NOPAD
            .decode(text("d", &phone["key"]).as_bytes())
            .expect("base64url");
        let mut browser = world.browser();
        let mut tx = world.services.store.begin().await.expect("begins");
        tx.demo_phone_place(&FactorId::new(text("factor", phone)), &token_hash("petra"))
            .await
            .expect("places");
        tx.commit().await.expect("commits");
        let cookie = ("__Host-phone".to_owned(), "petra".to_owned());
        browser.cookies.extend([cookie]);
        let codes = BASE32_NOPAD.decode(text("codes", phone).as_bytes());
        Self {
            secret: SigningKey::from_slice(&secret).expect("a key"),
            codes: codes.expect("base32").try_into().expect("a secret"),
            browser,
            name: "My phone",
        }
    }

    /// The same phone, its next call answered by another node.
    pub fn at(&self, world: &World) -> Self {
        Self {
            browser: self.browser.at(world),
            ..self.clone()
        }
    }

    /// A phone that somebody who is signed in added just now.
    pub async fn of(world: &World, owner: &mut Browser, seed: u8) -> Self {
        let mut phone = Self::new(world, seed);
        let token = link(owner).await;
        let added = phone.add(world, &token).await;
        assert!(added.tells("factor_added"), "{}", added.body);
        phone
    }

    /// Its public key, base64url.
    pub fn key(&self) -> String {
        let point = self.secret.verifying_key().to_sec1_point(false);
        BASE64URL_NOPAD.encode(point.as_bytes())
    }

    /// Its signature over a text.
    pub fn sign(&self, text: &str) -> String {
        let signature: Signature = self.secret.sign(text.as_bytes());
        BASE64URL_NOPAD.encode(&signature.to_bytes())
    }

    /// The secret of its codes, as it sends it: base64url.
    pub fn codes(&self) -> String {
        BASE64URL_NOPAD.encode(&self.codes)
    }

    /// The code that it shows now, without network.
    pub fn code(&self, world: &World) -> String {
        world.app(&BASE32_NOPAD.encode(&self.codes))
    }

    /// Adds itself behind a link.
    pub async fn add(&mut self, world: &World, token: &str) -> Answer {
        self.add_with(world, token, &self.codes()).await
    }

    /// The same, with this secret of codes.
    pub async fn add_with(&mut self, world: &World, token: &str, codes: &str) -> Answer {
        let key = self.key();
        let text = add_text(&world.services.public_url, token, &key, codes);
        let signature = self.sign(&text);
        let fields = [
            ("realm", "workforce"),
            ("token", token),
            ("key", &key),
            ("codes", codes),
            ("signature", &signature),
            ("name", self.name),
        ];
        self.browser.post("enroll-phone", &fields).await
    }

    /// What it is asked now, the newest.
    pub async fn asked(&mut self) -> Option<Asked> {
        let page = self.browser.page("/phone").await;
        let page: Value = serde_json::from_str(&page.body).expect("JSON");
        let asks = page["show"]["screen"]["phone"]["asks"].as_array()?;
        let text = |name: &str| Some(asks.last()?[name].as_str()?.to_owned());
        Some(Asked {
            id: text("id")?,
            challenge: text("challenge")?,
            purpose: Purpose::parse(&text("purpose")?)?,
        })
    }

    /// Its signature over an answer.
    pub fn answer_to(
        &self,
        world: &World,
        asked: &Asked,
        decision: Decision,
        digits: &str,
    ) -> String {
        let origin = &world.services.public_url;
        self.sign(&answer_text(
            origin,
            &asked.id,
            &asked.challenge,
            asked.purpose,
            digits,
            decision,
        ))
    }

    /// Answers.
    pub async fn answer(
        &mut self,
        world: &World,
        asked: &Asked,
        decision: Decision,
        digits: &str,
    ) -> Answer {
        let signature = self.answer_to(world, asked, decision, digits);
        self.post(asked, decision, digits, &signature).await
    }

    /// Sends an answer with a signature as it stands.
    pub async fn post(
        &mut self,
        asked: &Asked,
        decision: Decision,
        digits: &str,
        signature: &str,
    ) -> Answer {
        let fields = [
            ("id", asked.id.as_str()),
            ("decision", decision.slug()),
            ("digits", digits),
            ("signature", signature),
        ];
        self.browser.post("phone/answer", &fields).await
    }
}

/// Jonas, signed in with his passkey.
pub async fn jonas(world: &World) -> Browser {
    world
        .signed_in("workforce", JONAS, &[FactorKind::Passkey, FactorKind::Pin])
        .await
}

/// The token of a link that adds a phone.
pub async fn link(owner: &mut Browser) -> String {
    let fields = [("realm", "workforce"), ("method", "smartphone")];
    let answer = owner.post("choose-method", &fields).await;
    let page: Value = serde_json::from_str(&answer.body).expect("JSON");
    let link = page["show"]["screen"]["enroll_phone"]["link"].as_str();
    let link = link.unwrap_or_else(|| panic!("no link: {}", answer.body));
    link.rsplit('/').next().expect("a token").to_owned()
}

/// Asks the phone of a name at sign-in; gives the digits on the screen.
pub async fn ask(browser: &mut Browser, login: &str) -> String {
    let fields = [("realm", "workforce"), ("login", login)];
    digits(&browser.post("sign-in/phone", &fields).await)
}

/// The digits that a page shows; empty when it shows none.
pub fn digits(answer: &Answer) -> String {
    let page: Value = serde_json::from_str(&answer.body).expect("JSON");
    let digits = page["show"]["screen"]["await_phone"]["digits"].as_str();
    digits.unwrap_or_default().to_owned()
}

/// The page that waits asks whether the phone answered.
pub async fn go_on(browser: &mut Browser, purpose: &str) -> Answer {
    let fields = [("realm", "workforce"), ("purpose", purpose)];
    browser.post("prove/phone", &fields).await
}
