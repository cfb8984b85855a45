//! The telephone number on record: who sets it, what is refused, and who hears of it.

use domain::{
    FactorKind,
    message::{Message, Notice},
};
use serde_json::Value;
use testkit::{Answer, Browser, World};

const ADA: &str = "Q100001";
const JONAS: &str = "Q471108";

async fn ada(world: &World) -> Browser {
    let proven = [FactorKind::Passkey, FactorKind::Pin];
    world.signed_in("workforce", ADA, &proven).await
}

async fn save(world: &World, by: &mut Browser, login: &str, number: &str) -> Answer {
    let id = world.person("workforce", login).await.id;
    let fields = [
        ("realm", "workforce"),
        ("id", id.as_str()),
        ("number", number),
    ];
    by.post("admin/person/number", &fields).await
}

async fn on_record(world: &World) -> String {
    world.person("workforce", JONAS).await.number
}

fn notices(letters: &[testkit::Letter]) -> Vec<(&str, &Notice)> {
    let all = letters.iter().filter_map(|l| match &l.message {
        Message::Notice { what, .. } => Some((l.to.as_str(), what)),
        _ => None,
    });
    all.collect()
}

#[tokio::test]
async fn it_is_kept_as_the_world_writes_it_and_the_person_hears_of_it() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    world.letters().await;
    let done = save(&world, &mut ada, JONAS, " 0171 / 392 00-77 ").await;
    assert!(done.tells("number_saved"), "{}", done.body);
    assert_eq!(on_record(&world).await, "+491713920077");
    let letters = world.letters().await;
    let told = notices(&letters);
    let [(to, Notice::NumberChanged { number })] = told.as_slice() else {
        panic!("one notice: {told:?}");
    };
    assert_eq!(*to, "jonas.berger@workforce.example");
    assert_eq!(number, "••••• 77");
    // The same once more changes nothing, its age least of all.
    let since = world.person("workforce", JONAS).await.number_since;
    world.advance(60);
    save(&world, &mut ada, JONAS, "+49 171 3920077").await;
    assert_eq!(world.person("workforce", JONAS).await.number_since, since);
    assert!(world.letters().await.is_empty());
    // It goes as it came.
    save(&world, &mut ada, JONAS, "").await;
    assert_eq!(on_record(&world).await, "");
    let letters = world.letters().await;
    assert_eq!(
        notices(&letters)[0].1,
        &Notice::NumberChanged {
            number: String::new()
        }
    );
}

#[tokio::test]
async fn what_cannot_be_called_is_refused_at_its_field_and_kept_there() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    for (typed, code) in [
        ("hello", "not_a_number"),
        ("0171", "not_a_number"),
        ("0800 3301000", "number_of_service"),
        ("0900 1 123456", "number_of_service"),
        ("+44 7400 123456", "number_abroad"),
    ] {
        let refused = save(&world, &mut ada, JONAS, typed).await;
        assert!(refused.refuses(code), "{typed}: {}", refused.body);
        let page: Value = serde_json::from_str(&refused.body).expect("JSON");
        assert_eq!(page["show"]["screen"]["admin_person"]["number"], typed);
    }
    assert_eq!(on_record(&world).await, "+491713920008");
    let own = save(&world, &mut ada, ADA, "0171 3920077").await;
    assert_eq!(own.status, 403);
    let mut jonas = world
        .signed_in("workforce", JONAS, &[FactorKind::Passkey, FactorKind::Pin])
        .await;
    assert_eq!(
        save(&world, &mut jonas, JONAS, "0171 3920077").await.status,
        403
    );
    assert_eq!(on_record(&world).await, "+491713920008");
}
