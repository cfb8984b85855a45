//! Tries: counted, paused, locked and shut.

use crate::common::{at, stores};
use domain::throttle::{Denied, Limit};

/// What is denied for some seconds.
const fn wait(seconds: i64) -> Option<Denied> {
    Some(Denied::Wait { seconds })
}

#[tokio::test]
async fn tries_are_counted_before_they_are_made_and_lock() {
    let limit = Limit {
        in_a_row: 4,
        lock_seconds: 900,
        per_day: 6,
        forgets: false,
    };
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        let mut waits = Vec::new();
        for _ in 0..6 {
            waits.push(tx.attempt_take("b", limit, at(0)).await.unwrap());
        }
        // Two are free, the third begins a pause of a second, and no more.
        assert_eq!(waits, [None, None, None, wait(1), wait(1), wait(1)]);
        assert_eq!(
            tx.attempt_take("b", limit, at(1)).await.unwrap(),
            None,
            "the fourth, after the pause"
        );
        assert_eq!(
            tx.attempt_take("b", limit, at(1)).await.unwrap(),
            wait(900),
            "locked"
        );
        assert!(tx.attempt_locked("b%", at(1)).await.unwrap());
        // A clock that goes back opens nothing.
        assert!(
            tx.attempt_take("b", limit, at(-3600))
                .await
                .unwrap()
                .is_some()
        );
        assert_eq!(
            tx.attempt_take("b", limit, at(902)).await.unwrap(),
            None,
            "the lock is over"
        );
        assert_eq!(
            tx.attempt_take("b", limit, at(903)).await.unwrap(),
            None,
            "the sixth of the day shuts it"
        );
        assert_eq!(
            tx.attempt_take("b", limit, at(200_000)).await.unwrap(),
            Some(Denied::Shut),
            "for as long as it takes"
        );
        tx.attempts_unlock("b%").await.unwrap();
        assert_eq!(tx.attempt_take("b", limit, at(904)).await.unwrap(), None);
        tx.attempt_clear("b").await.unwrap();
        assert_eq!(tx.attempt_count("b").await.unwrap(), 0);
    }
}

#[tokio::test]
async fn the_last_try_of_a_day_shuts_nothing_when_it_was_right() {
    let limit = Limit {
        in_a_row: 9,
        lock_seconds: 900,
        per_day: 2,
        forgets: false,
    };
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        for second in 0..2 {
            assert_eq!(tx.attempt_take("b", limit, at(second)).await.unwrap(), None);
        }
        tx.attempt_clear("b").await.unwrap();
        assert_eq!(tx.attempt_take("b", limit, at(3)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn what_is_rationed_counts_anew_after_a_pause_and_is_never_shut() {
    let limit = Limit {
        in_a_row: 3,
        lock_seconds: 60,
        per_day: i64::MAX,
        forgets: true,
    };
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        for hour in 0..40 {
            let asked = tx.attempt_take("b", limit, at(hour * 600)).await.unwrap();
            assert_eq!(asked, None, "{hour}: ten minutes are a pause");
        }
        for (second, denied) in [(1, None), (2, None), (3, wait(59)), (62, None)] {
            let at = at(39 * 600 + second);
            assert_eq!(tx.attempt_take("b", limit, at).await.unwrap(), denied);
        }
    }
}

/// The first one counts like every other: as many as the limit says, and not one more.
#[tokio::test]
async fn what_is_rationed_is_counted_from_the_first_one_on() {
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        for (bucket, limit) in [("mail", Limit::SENDS), ("call", Limit::CALL_CODE)] {
            let mut let_through = 0;
            for second in 0..60 {
                let asked = tx.attempt_take(bucket, limit, at(1000 + 61 * second));
                if asked.await.unwrap().is_some() {
                    break;
                }
                let_through += 1;
            }
            assert_eq!(let_through, limit.in_a_row, "{bucket}");
        }
    }
}

#[tokio::test]
async fn parallel_tries_are_evaluated_at_most_as_often_as_allowed() {
    let limit = Limit {
        in_a_row: 10,
        lock_seconds: 900,
        per_day: 50,
        forgets: false,
    };
    for store in stores().await {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let store = store.clone();
            tasks.spawn(async move {
                let mut tx = store.begin().await.unwrap();
                let wait = tx.attempt_take("p", limit, at(0)).await.unwrap();
                tx.commit().await.unwrap();
                wait.is_none()
            });
        }
        let evaluated = tasks
            .join_all()
            .await
            .into_iter()
            .filter(|yes| *yes)
            .count();
        assert_eq!(evaluated, 3, "the third begins a pause: all others wait");
    }
}
