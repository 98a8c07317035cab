//! A verification that somebody watches: told how far it is, and stopped.

use std::ops::ControlFlow;

use asice::{Indication, Revocation, Stopped, verify, verify_watched};

use crate::cades;
use crate::support::xades::{Data, Plan};
use crate::support::zip::{self, Entry};
use crate::support::{CLAIM, World, policy};

/// Bytes of the largest file: many pieces of it.
const LARGE: usize = 900 * 1024;
/// Between two questions inside a file.
const PIECE: u64 = 64 * 1024;

/// Sound and broken ones, and what is none.
fn containers(world: &World) -> Vec<Vec<u8>> {
    let data = || {
        vec![
            Data::new("claim.json", CLAIM),
            Data::new("large", &[b'a'; LARGE]),
        ]
    };
    let signed_twice = || {
        let mut entries = Plan::new(&world.signer, data()).entries();
        let second = Plan::new(&world.responder, data()).xml();
        entries.push(Entry::deflated(
            "META-INF/signatures1.xml",
            second.as_bytes(),
        ));
        entries
    };
    let mut damaged = signed_twice();
    damaged[2].size = Some(LARGE as u32 + 1);
    let mut stored = signed_twice();
    stored[2].is_deflated = false;
    let mut manifest_alone = cades::good(world);
    manifest_alone.pop();
    vec![
        world.plan().container(),
        zip::write(&signed_twice()),
        zip::write(&damaged),
        zip::write(&stored),
        zip::write(&cades::good(world)),
        zip::write(&manifest_alone),
        zip::write(&[Entry::stored("a", b"bare")]),
        vec![0; 200_000],
        Vec::new(),
    ]
}

/// What was told of a verification that nobody stops.
fn words(world: &World, container: &[u8]) -> Vec<(u64, u64)> {
    let mut words = Vec::new();
    let report = verify_watched(
        container,
        &world.trust(),
        &policy(Revocation::None),
        &mut |done, total| {
            words.push((done, total));
            ControlFlow::Continue(())
        },
    );
    assert_eq!(report.as_ref(), Ok(&world.judge(container)));
    words
}

#[test]
fn whoever_watches_gets_the_verdict_that_nobody_watching_gets() {
    let world = World::new();
    let strict = policy(Revocation::Required);
    for container in containers(&world) {
        let go_on = &mut |_, _| ControlFlow::Continue(());
        let watched = verify_watched(&container, &world.trust(), &strict, go_on);
        assert_eq!(watched, Ok(verify(&container, &world.trust(), &strict)));
    }
}

#[test]
fn a_stop_at_any_question_gives_no_verdict_and_asks_nothing_more() {
    let world = World::new();
    for container in containers(&world) {
        for last in 1..=words(&world, &container).len() {
            let mut asked = 0;
            let stopped = verify_watched(
                &container,
                &world.trust(),
                &policy(Revocation::None),
                &mut |_, _| {
                    asked += 1;
                    if asked < last {
                        ControlFlow::Continue(())
                    } else {
                        ControlFlow::Break(())
                    }
                },
            );
            assert_eq!((stopped, asked), (Err(Stopped), last));
        }
    }
}

#[test]
fn what_is_done_never_runs_backwards_and_ends_with_the_whole() {
    let world = World::new();
    for container in containers(&world) {
        let words = words(&world, &container);
        let (first, last) = (words[0], words[words.len() - 1]);
        assert_eq!(first.0, 0);
        assert_eq!(last.0, last.1);
        assert!(words.iter().all(|(_, total)| *total == last.1));
        assert!(words.is_sorted_by_key(|(done, _)| *done), "{words:?}");
    }
}

#[test]
fn a_large_file_is_stopped_in_the_middle_stored_or_deflated() {
    let world = World::new();
    for is_deflated in [true, false] {
        let mut entry = Entry::stored("large", &[b'a'; LARGE]);
        entry.is_deflated = is_deflated;
        let words = words(&world, &zip::write(&[entry]));
        let steps = words.windows(2).map(|pair| pair[1].0 - pair[0].0);
        assert!(steps.max().unwrap() <= PIECE, "{words:?}");
    }
}

#[test]
fn between_two_signatures_it_is_asked_whether_to_go_on() {
    let world = World::new();
    let asked = |count: usize| {
        let mut entries = world.plan().entries();
        let one = entries.pop().unwrap();
        for number in 0..count {
            let name = format!("META-INF/signatures{number}.xml").into_bytes();
            entries.push(Entry {
                name,
                ..one.clone()
            });
        }
        let container = zip::write(&entries);
        assert_eq!(
            world.judge(&container).indication,
            Indication::TotalPassed,
            "{count}"
        );
        words(&world, &container).len()
    };
    // Read, hashed as any file, judged.
    assert!(asked(10) >= asked(1) + 9 * 3);
}
