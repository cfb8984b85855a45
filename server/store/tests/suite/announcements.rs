//! Announcements, on both engines by the same test.

use crate::common::{at, realm, stores};
use domain::{
    announcement::{Announcement, Audience},
    ids::{AnnouncementId, RealmSlug},
    policy::Both,
};

fn one(id: &str, begins: i64, ends: i64) -> Announcement {
    let both = |text: &str| Both {
        en: format!("{text} en"),
        de: format!("{text} de"),
    };
    Announcement {
        id: AnnouncementId::new(id),
        realm: realm(),
        text: both("text"),
        details: both("details"),
        audience: Audience::SignedIn,
        begins_at: at(begins),
        ends_at: at(ends),
        withdrawn_at: None,
    }
}

#[tokio::test]
async fn they_come_back_until_they_are_over_or_taken_back() {
    for store in stores().await {
        let (past, now, later) = (one("a", 0, 5), one("b", 0, 20), one("c", 15, 30));
        let mut tx = store.begin().await.unwrap();
        for a in [&past, &now, &later] {
            tx.announcement_insert(a).await.unwrap();
        }
        let ahead = tx.announcements_ahead(at(10)).await.unwrap();
        assert_eq!(ahead, [later.clone(), now.clone()]);
        let elsewhere = RealmSlug::parse("elsewhere").unwrap();
        for (id, realm, done) in [
            (&now.id, elsewhere, false),
            (&now.id, realm(), true),
            (&now.id, realm(), false),
            (&past.id, realm(), false),
        ] {
            let taken = tx.announcement_withdraw(id, &realm, at(10)).await.unwrap();
            assert_eq!(taken, done);
        }
        assert_eq!(tx.announcements_ahead(at(10)).await.unwrap(), [later]);
        let all = tx.announcements_of(&realm(), 10).await.unwrap();
        let all: Vec<_> = all.iter().map(|a| a.id.as_str()).collect();
        assert_eq!(all, ["c", "b", "a"]);
    }
}
