//! Chains that administrators name for one application by its page: chains of the realm,
//! each for ever or for some days (D01). What is wrong with them is judged as in a policy
//! file.

use super::{AppChain, Application, Draft, acr_name};
use crate::{
    policy::Realm,
    refusal::{Code, Field},
    screen::ChainTyped,
    time::is_date,
};
use serde::{Deserialize, Serialize};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnChain {
    /// Which chain of the realm, by its factors' names.
    pub name: String,
    /// The day from which it counts, `YYYY-MM-DD`; empty for always.
    #[serde(default)]
    pub from: String,
    /// The day before which it counts; empty for always.
    #[serde(default)]
    pub before: String,
}

impl Draft {
    /// The chains that open the application: its own, or all of the realm where it names
    /// none. One that the realm has no more is gone, and is none that anybody proves.
    pub(super) fn chains_in(&self, realm: &Realm) -> Vec<AppChain> {
        let named = realm.chains.iter().filter_map(|kinds| {
            let acr = acr_name(kinds);
            let own = self.chains.iter().find(|own| own.name == acr);
            if own.is_none() && !self.chains.is_empty() {
                return None;
            }
            let day = |of: fn(&OwnChain) -> &String| own.map(of).cloned().unwrap_or_default();
            Some(AppChain {
                from: day(|own| &own.from),
                before: day(|own| &own.before),
                kinds: kinds.clone(),
                acr,
            })
        });
        named.collect()
    }
}

/// What of them was ticked in a form.
pub fn ticked(typed: &[ChainTyped]) -> Vec<OwnChain> {
    let line = |text: &str| text.trim().to_owned();
    let ticked = typed.iter().filter(|chain| chain.on);
    let own = ticked.map(|chain| OwnChain {
        name: chain.name.clone(),
        from: line(&chain.from),
        before: line(&chain.before),
    });
    own.collect()
}

/// Every chain of the realm as a form shows it, with what an application names.
pub fn to_tick(realm: &Realm, app: &Application) -> Vec<ChainTyped> {
    let all = realm.chains.iter().map(|kinds| {
        let own = app.chains.iter().filter(|_| app.is_strict);
        let own = own.into_iter().find(|own| own.kinds == *kinds);
        ChainTyped {
            name: acr_name(kinds),
            kinds: kinds.clone(),
            on: own.is_some(),
            from: own.map(|own| own.from.clone()).unwrap_or_default(),
            before: own.map(|own| own.before.clone()).unwrap_or_default(),
        }
    });
    all.collect()
}

/// Every chain of the realm, with what was typed.
pub fn typed_again(realm: &Realm, typed: &[ChainTyped]) -> Vec<ChainTyped> {
    // No day is longer; what is no day is shown as it came.
    let cut = |text: &str| -> String {
        let visible = text.chars().filter(|c| !c.is_control());
        visible.take(20).collect()
    };
    let all = realm.chains.iter().map(|kinds| {
        let name = acr_name(kinds);
        let found = typed.iter().find(|chain| chain.name == name);
        let day = |of: fn(&ChainTyped) -> &String| found.map_or_else(String::new, |c| cut(of(c)));
        ChainTyped {
            on: found.is_some_and(|chain| chain.on),
            from: day(|chain| &chain.from),
            before: day(|chain| &chain.before),
            kinds: kinds.clone(),
            name,
        }
    });
    all.collect()
}

/// What is wrong with them; `app` is what the draft comes to.
pub(super) fn faults(draft: &Draft, app: &Application, realm: &Realm) -> Option<(Field, Code)> {
    let own = &draft.chains;
    let of_realm = |own: &OwnChain| realm.chains.iter().any(|kinds| acr_name(kinds) == own.name);
    let is_day = |day: &String| day.is_empty() || is_date(day);
    if !is_day(&draft.since) {
        return Some((Field::Since, Code::NotADay));
    }
    let found = if own.is_empty() && !draft.since.is_empty() || !own.iter().all(of_realm) {
        Code::ChooseOne
    } else if !own
        .iter()
        .all(|own| is_day(&own.from) && is_day(&own.before))
    {
        Code::NotADay
    } else if !own.is_empty() && app.shut_on().is_some() {
        Code::NobodyOpens
    } else {
        return None;
    };
    Some((Field::Chains, found))
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;
    use crate::oidc::draft::tests::{faults as all_faults, good, realm};
    use crate::oidc::{Kind, Registered};

    fn own(name: &str, from: &str, before: &str) -> OwnChain {
        OwnChain {
            name: name.to_owned(),
            from: from.to_owned(),
            before: before.to_owned(),
        }
    }

    fn with(chains: Vec<OwnChain>, since: &str) -> Registered {
        let mut one = good(Kind::Public);
        one.draft.chains = chains;
        one.draft.since = since.to_owned();
        one
    }

    fn name(n: usize) -> String {
        acr_name(&realm().chains[n])
    }

    #[test]
    fn what_is_named_is_all_that_opens_it_from_its_day_on() {
        let realm = realm();
        let one = with(vec![own(&name(0), "", "")], "2026-03-01");
        assert_eq!(all_faults(&one, &[]), []);
        let app = one.application(&realm);
        let first = &realm.chains[0];
        assert!(!app.is_strict_on("2026-02-28") && app.is_strict_on("2026-03-01"));
        assert_eq!(app.asks_on("2026-03-01"), std::slice::from_ref(first));
        let shown = to_tick(&realm, &app);
        assert_eq!(shown.len(), realm.chains.len());
        assert_eq!(ticked(&shown), one.draft.chains);
        assert_eq!(typed_again(&realm, &shown), shown);
        // Without any it is every chain of the realm.
        let any = with(Vec::new(), "").application(&realm);
        assert!(!any.is_strict);
        assert_eq!(any.chains.len(), realm.chains.len());
        assert_eq!(ticked(&to_tick(&realm, &any)), []);
    }

    #[test]
    fn what_cannot_be_is_refused_at_its_field() {
        let chain = |from: &str, before: &str| own(&name(0), from, before);
        for (chains, since, field, code) in [
            (vec![chain("", "")], "soon", Field::Since, Code::NotADay),
            (Vec::new(), "2026-03-01", Field::Chains, Code::ChooseOne),
            (
                vec![own("password+wish", "", "")],
                "",
                Field::Chains,
                Code::ChooseOne,
            ),
            (
                vec![chain("1.3.2026", "")],
                "",
                Field::Chains,
                Code::NotADay,
            ),
            (
                vec![chain("2026-03-01", "")],
                "",
                Field::Chains,
                Code::NobodyOpens,
            ),
            (
                vec![chain("", "2026-03-01")],
                "2026-01-01",
                Field::Chains,
                Code::NobodyOpens,
            ),
            (
                vec![chain("2026-03-01", "2026-02-01")],
                "",
                Field::Chains,
                Code::NobodyOpens,
            ),
        ] {
            let one = with(chains, since);
            assert_eq!(all_faults(&one, &[]), [(field, code)], "{:?}", one.draft);
        }
        // One takes over from the other.
        let after = with(
            vec![
                own(&name(0), "", "2026-03-01"),
                own(&name(1), "2026-03-01", ""),
            ],
            "",
        );
        assert_eq!(all_faults(&after, &[]), []);
    }

    #[test]
    fn a_chain_that_the_realm_has_no_more_opens_nothing() {
        let mut realm = realm();
        let one = with(vec![own(&name(0), "", "")], "");
        realm.chains.remove(0);
        let app = one.application(&realm);
        assert!(app.is_strict && app.chains.is_empty());
        let everything = crate::FactorKind::ALL.to_vec();
        assert!(!app.opens_for(&everything, "2026-03-01"));
    }
}
