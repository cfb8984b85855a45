//! Which crate may know which: the picture in the architecture, kept true.

use crate::workspace::Metadata;

/// What a crate may depend on within the workspace.
enum May {
    /// These and nothing else.
    Know(&'static [&'static str]),
    /// Everything: it measures or tests the whole.
    KnowAll,
}

/// Arrows point down only: screens know no store, rules know nobody.
const ARROWS: &[(&str, May)] = &[
    ("frontend", May::Know(&["app"])),
    ("app", May::Know(&["domain", "words", "flows"])),
    ("words", May::Know(&["domain"])),
    ("domain", May::Know(&[])),
    (
        "server",
        May::Know(&["app", "flows", "store", "courier", "words", "domain"]),
    ),
    ("flows", May::Know(&["store", "words", "domain"])),
    ("store", May::Know(&["domain"])),
    ("courier", May::Know(&["words", "domain"])),
    (
        "testkit",
        May::Know(&["server", "store", "flows", "domain", "courier", "words"]),
    ),
    ("bench", May::KnowAll),
    ("bundle", May::Know(&[])),
];

/// Arrows that only tests may draw.
const IN_TESTS: &[(&str, &str)] = &[("server", "testkit")];

/// What goes into the browser, and what must not come along: each of these is
/// tens of kilobytes for something that the browser or the server does.
const IN_THE_BROWSER: &[&str] = &["frontend", "app", "words", "domain"];
const TOO_HEAVY: &[&str] = &[
    "chrono",
    "regex",
    "reqwest",
    "tokio",
    "totp-rs",
    "url",
    "uuid",
    "webauthn-rs",
];

/// Names every dependency that the architecture does not allow.
pub fn check(metadata: &Metadata) -> Vec<String> {
    let mut wrong = Vec::new();
    for package in &metadata.packages {
        let from = package.name.as_str();
        let Some((_, may)) = ARROWS.iter().find(|(name, _)| *name == from) else {
            wrong.push(format!(
                "the crate {from} is not in the picture; draw its arrows in frontend/bundle/src/arrows.rs"
            ));
            continue;
        };
        for dependency in &package.dependencies {
            let to = dependency.name.as_str();
            let dev = dependency.kind.as_deref() == Some("dev");
            if metadata.has(to) {
                let allowed = match may {
                    May::KnowAll => true,
                    May::Know(names) => {
                        names.contains(&to) || dev && IN_TESTS.contains(&(from, to))
                    }
                };
                if !allowed {
                    wrong.push(format!("{from} must not depend on {to}"));
                }
            } else if IN_THE_BROWSER.contains(&from)
                && TOO_HEAVY.contains(&to)
                && !dependency.optional
                && !dev
            {
                wrong.push(format!("{from} must not take {to} into the browser"));
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::workspace::Metadata;

    /// A workspace from lines `crate: dependency, dev:dependency, optional:dependency`.
    fn workspace(lines: &[&str]) -> Metadata {
        let packages: Vec<_> = lines
            .iter()
            .map(|line| {
                let (name, dependencies) = line.split_once(':').unwrap();
                let dependencies: Vec<_> = dependencies
                    .split(',')
                    .map(str::trim)
                    .filter(|dependency| !dependency.is_empty())
                    .map(|dependency| {
                        let (kind, name) = dependency
                            .split_once(':')
                            .map_or((None, dependency), |(kind, name)| (Some(kind), name));
                        serde_json::json!({
                            "name": name,
                            "kind": kind.filter(|kind| *kind == "dev"),
                            "optional": kind == Some("optional"),
                        })
                    })
                    .collect();
                serde_json::json!({ "name": name, "dependencies": dependencies })
            })
            .collect();
        let json = serde_json::json!({ "packages": packages }).to_string();
        Metadata::parse(json.as_bytes()).unwrap()
    }

    const GOOD: &[&str] = &[
        "frontend: app, leptos",
        "app: domain, words, optional:flows, leptos",
        "words: domain",
        "domain: serde",
        "server: app, flows, store, courier, words, domain, dev:testkit",
        "flows: store, words, domain",
        "store: domain, sqlx",
        "courier: words, domain",
        "testkit: server, store, flows, domain, courier, words",
        "bench: testkit, server, app",
        "bundle: clap",
    ];

    #[test]
    fn the_picture_of_the_architecture_passes() {
        assert_eq!(check(&workspace(GOOD)), Vec::<String>::new());
    }

    fn with(line: &'static str) -> Vec<String> {
        let name = line.split(':').next().unwrap();
        let others = GOOD
            .iter()
            .copied()
            .filter(|good| !good.starts_with(&format!("{name}:")));
        check(&workspace(&others.chain([line]).collect::<Vec<_>>()))
    }

    #[test]
    fn an_arrow_that_points_up_is_named() {
        assert_eq!(with("domain: store"), ["domain must not depend on store"]);
        assert_eq!(with("store: flows"), ["store must not depend on flows"]);
        assert_eq!(with("bundle: domain"), ["bundle must not depend on domain"]);
        assert_eq!(
            with("frontend: app, server"),
            ["frontend must not depend on server"]
        );
    }

    #[test]
    fn tests_obey_too_except_where_it_says_so() {
        assert_eq!(
            with("domain: dev:words"),
            ["domain must not depend on words"]
        );
        assert_eq!(
            with("server: testkit"),
            ["server must not depend on testkit"]
        );
        assert_eq!(
            with("flows: dev:testkit"),
            ["flows must not depend on testkit"]
        );
    }

    #[test]
    fn a_new_crate_has_to_be_drawn() {
        assert!(with("helper: domain")[0].contains("the crate helper is not in the picture"));
    }

    #[test]
    fn heavy_crates_stay_out_of_the_browser() {
        assert_eq!(
            with("words: regex"),
            ["words must not take regex into the browser"]
        );
        assert!(with("app: optional:tokio").is_empty());
        assert!(with("domain: dev:regex").is_empty());
    }
}
