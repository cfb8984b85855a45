//! What commands say that found out more than one line.

use crate::backup::{Contents, Outcome};
use flows::restored::Voided;

/// What everybody must know who keeps a backup.
pub(super) const WITHOUT_KEYS: &str = "\
THE KEYS ARE NOT IN IT. Without the key file of this installation nothing in the backup
opens: keep a copy of it, and keep it elsewhere than the backups.";

pub(super) fn restore(outcome: &Outcome) {
    match outcome {
        Outcome::Looked(contents, ours) => {
            inside(contents);
            println!(
                "{}",
                match ours {
                    Some(true) => "This installation made it, and it is whole.",
                    Some(false) => "Another installation made it, or its keys are not here.",
                    None => "It is whole. The key file is not here, and it is not in the backup.",
                }
            );
        }
        Outcome::Restored(contents, done) => {
            inside(contents);
            voided(done);
        }
    }
}

fn inside(contents: &Contents) {
    let at = jiff::Timestamp::from_millisecond(contents.made_at.millis()).unwrap_or_default();
    println!("taken at {at} by version {}", contents.program);
    println!("schema {}, {} bytes", contents.schema, contents.bytes);
    for (realm, people) in &contents.people {
        println!("{realm}: {people} people");
    }
    if let Some(head) = &contents.head {
        println!("audit trail: {} entries sealed", head.seq);
    }
}

pub(super) fn voided(done: &Voided) {
    println!("Void from now on:");
    for (what, count) in done.counts.iter().filter(|(_, count)| *count > 0) {
        println!("  {count} {what}");
    }
    if done.kept > 0 {
        println!(
            "{} people keep their recovery codes, used ones among them: they hold nothing else \
             beside the password. The audit trail names them.",
            done.kept
        );
    }
    println!(
        "Everybody signs in anew. What was changed after the backup is not there: people who were \
         disabled, factors that were removed, keys that were rotated."
    );
}
