//! Which proofs count for a request, and what its application is told of them.
//!
//! One rule keeps `acr`, `amr` and `auth_time` together: every proof that `amr` names was
//! given at `auth_time` or later. So an application that asks for a new proof hears of
//! the new one and of no older one, however much the session proved before.

use super::{Application, Asked, acr_name};
use crate::{FactorKind, Timestamp};

/// A proof, and when it was given last.
pub type Given = (FactorKind, Timestamp);

/// What an application is told of a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What the proofs are called there.
    pub acr: String,
    /// The proofs of that name.
    pub kinds: Vec<FactorKind>,
    /// When the oldest of them was given.
    pub at: Timestamp,
}

/// The kinds alone.
pub fn kinds(proofs: &[Given]) -> Vec<FactorKind> {
    proofs.iter().map(|(kind, _)| *kind).collect()
}

/// The proofs that are as new as the request wants them: given since it came (`begun`, for
/// one that comes back after the person did something), or within its `max_age`. What was
/// proven since it came is new enough whatever its age: with `max_age=0` it would be asked
/// for for ever.
pub fn counted(
    asked: &Asked,
    proofs: &[Given],
    begun: Option<Timestamp>,
    now: Timestamp,
) -> Vec<Given> {
    let is_new = |at: Timestamp| begun.is_some_and(|begun| begun <= at);
    let is_young = |at: Timestamp| match asked.max_age {
        None => true,
        Some(most) => most > 0 && now <= at.plus_seconds(most),
    };
    let counts = |at| is_new(at) || (!asked.prompt.login && is_young(at));
    let all = proofs.iter().copied();
    all.filter(|(_, at)| counts(*at)).collect()
}

/// What is told of proofs that count: the chain that they make whole, one that was wished
/// for before others, and its proofs alone; otherwise all of them, such as `password` in a
/// remembered browser.
pub fn told(app: &Application, asked: &Asked, counted: &[Given], today: &str) -> Option<Told> {
    let all = kinds(counted);
    let chain = app.chain(&all, &asked.acr_values, today);
    let (acr, kinds) = match chain {
        Some(chain) => (chain.acr.clone(), chain.kinds.clone()),
        None => (acr_name(&all), all),
    };
    let times = counted.iter().filter(|(kind, _)| kinds.contains(kind));
    let at = times.map(|(_, at)| *at).min()?;
    Some(Told { acr, kinds, at })
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;
    use crate::{oidc, policy};
    use FactorKind::{Passkey, Password, Totp};

    const APP: &str = r#"
[[applications]]
id = "app"
name = { en = "App", de = "App" }
url = "https://app.example/"
redirect_uris = ["https://app.example/callback"]
client = "public"
scopes = ["openid"]
"#;

    fn told_of(name: &str, value: &str, proofs: &[Given], begun: Option<i64>) -> Option<Told> {
        let text = include_str!("../../../../server/policies/customers.toml");
        let realm = policy::parse(&format!("{text}\n{APP}")).expect("a policy");
        let parameters = [
            ("client_id", "app"),
            ("redirect_uri", "https://app.example/callback"),
            ("response_type", "code"),
            ("scope", "openid"),
            (
                "code_challenge",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            ),
            ("code_challenge_method", "S256"),
            (name, value),
        ];
        let parameters = parameters.map(|(n, v)| (n.to_owned(), v.to_owned()));
        let (app, asked) = oidc::read(&realm, &parameters).expect("good");
        let begun = begun.map(Timestamp::from_millis);
        let now = Timestamp::from_millis(100_000);
        told(app, &asked, &counted(&asked, proofs, begun, now), "")
    }

    fn given(kind: FactorKind, seconds: i64) -> Given {
        (kind, Timestamp::from_millis(seconds * 1000))
    }

    /// What is told after a new proof is that proof, not what the session proved before.
    #[test]
    fn a_new_proof_does_not_make_old_ones_new() {
        let proofs = [given(Password, 10), given(Totp, 90)];
        let whole = told_of("state", "x", &proofs, None).expect("both count");
        assert_eq!(
            (whole.acr.as_str(), whole.at.seconds()),
            ("password+totp", 10)
        );
        assert_eq!(whole.kinds, [Password, Totp]);
        for (name, value, begun) in [
            ("prompt", "login", Some(80_000)),
            ("max_age", "0", Some(80_000)),
            ("max_age", "30", None),
        ] {
            let told = told_of(name, value, &proofs, begun).expect("one counts");
            assert_eq!(
                (told.acr.as_str(), told.at.seconds()),
                ("totp", 90),
                "{name}"
            );
            assert_eq!(told.kinds, [Totp], "{name}");
        }
        assert_eq!(told_of("prompt", "login", &proofs, None), None);
        assert_eq!(told_of("max_age", "5", &proofs, None), None);
    }

    /// A proof that belongs to no chain that is told of moves nothing.
    #[test]
    fn a_proof_beside_the_chain_is_not_told() {
        let proofs = [given(Password, 10), given(Totp, 10), given(Passkey, 90)];
        let told = told_of("acr_values", "password+totp", &proofs, None).expect("counts");
        assert_eq!(
            (told.kinds.as_slice(), told.at.seconds()),
            (&[Password, Totp][..], 10)
        );
        let told = told_of("acr_values", "passkey", &proofs, None).expect("counts");
        assert_eq!(
            (told.kinds.as_slice(), told.at.seconds()),
            (&[Passkey][..], 90)
        );
    }
}
