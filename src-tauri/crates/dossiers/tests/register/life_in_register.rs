//! Whatever is done with dossiers in whatever order, the register keeps to the life cycle.
//!
//! 10,000 sequences on a disk in memory; `SEQUENCES` in the environment changes that.

use std::cell::Cell;

use dossiers::life_cycle::{CreationEvent, Followed, StatusMove, follow, next};
use dossiers::register::{Creations, Following, Journal};
use dossiers::{
    Act, CreationState, DeadlinePolicy, DossierId, EmbeddedRegister, RegisterError, RegisterKey,
    deadlines,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::desk::{answer_of, confirmed, get, new_dossier, now, stamp};

#[derive(Clone, Debug)]
enum Doing {
    Creation(CreationEvent),
    Told(&'static str, bool),
}

fn doings() -> impl Strategy<Value = Vec<Doing>> {
    let words = [
        "NEW",
        "STARTED",
        "OK",
        "KO",
        "FAILED",
        "CANCELED",
        "DISCONTINUED",
        "DELETED",
    ];
    let creation = || proptest::sample::select(&CreationEvent::ALL[..]).prop_map(Doing::Creation);
    let told = (
        proptest::sample::select(words.to_vec()),
        proptest::bool::weighted(0.1),
    )
        .prop_map(|(word, last)| Doing::Told(word, last));
    // Most go the whole way, so that there is something to be told of.
    let usual = Just(vec![
        Doing::Creation(CreationEvent::Send),
        Doing::Creation(CreationEvent::KeepAnswer),
        Doing::Creation(CreationEvent::Confirm),
    ]);
    prop_oneof![
        1 => proptest::collection::vec(creation(), 0..12),
        2 => (usual, proptest::collection::vec(prop_oneof![1 => creation(), 6 => told], 0..8))
            .prop_map(|(mut first, then)| { first.extend(then); first }),
    ]
}

fn do_it(
    register: &EmbeddedRegister,
    id: DossierId,
    event: CreationEvent,
    number: i64,
) -> Result<(), RegisterError> {
    match event {
        CreationEvent::Send => register.mark_sent(id, &stamp()),
        CreationEvent::ReturnToReady => register.back_to_ready(id, &stamp()),
        CreationEvent::Refuse => register.mark_refused(id, "403", &stamp()),
        CreationEvent::LoseAnswer => register.mark_unknown(id, b"{", &stamp()),
        CreationEvent::KeepAnswer => register.record_answer(id, &answer_of(number), &stamp()),
        CreationEvent::Confirm => register.confirm(id, confirmed(number), &stamp()),
        CreationEvent::Attach => register.attach(id, number, None, &stamp()),
        CreationEvent::Close => register.close_unknown(id, &stamp()),
    }
}

fn live(register: &EmbeddedRegister, number: i64, doings: Vec<Doing>) -> Result<(), TestCaseError> {
    let id = register
        .prepare(new_dossier(Some("CLI")), &stamp())
        .unwrap();
    let mut state = CreationState::Ready;
    let mut followed = Followed::default();
    let (mut sent, mut returned) = (0, 0);
    for doing in doings {
        match doing {
            Doing::Creation(event) => {
                let done = do_it(register, id, event, number);
                match next(state, event) {
                    Ok(after) => {
                        prop_assert!(done.is_ok(), "{event:?} while {state:?}: {done:?}");
                        state = after;
                        sent += u32::from(event == CreationEvent::Send);
                        returned += u32::from(event == CreationEvent::ReturnToReady);
                        if event == CreationEvent::Confirm {
                            followed.status = Some("NEW".into());
                        }
                    }
                    Err(_) => prop_assert!(
                        matches!(done, Err(RegisterError::IllegalTransition(_))),
                        "{event:?} while {state:?}: {done:?}"
                    ),
                }
            }
            Doing::Told(word, last) => {
                let done = register.record_status(id, word, last, &stamp());
                if state != CreationState::Created {
                    prop_assert!(matches!(done, Err(RegisterError::NotCreated)));
                } else if let StatusMove::Taken(after) = follow(&followed, word, last) {
                    followed = after;
                }
            }
        }
    }
    let dossier = get(register, id);
    prop_assert_eq!(dossier.state, state);
    prop_assert_eq!(&dossier.status, &followed.status);
    let acts = register.acts(id).unwrap();
    let count = |act: Act| {
        acts.iter()
            .filter(|entry| entry.act == act.as_str())
            .count() as u32
    };
    prop_assert_eq!(
        (count(Act::Sent), count(Act::ReturnedToReady)),
        (sent, returned)
    );
    // On its way or made, it was sent once more than it surely came back.
    prop_assert_eq!(sent - returned, u32::from(state != CreationState::Ready));
    let verdict = followed.verdict.as_deref().or(followed.status.as_deref());
    if matches!(verdict, Some("FAILED" | "CANCELED")) {
        prop_assert!(!dossier.may_be_archived());
        let promised = deadlines(&dossier, DeadlinePolicy::default(), now(), None);
        prop_assert!(!promised.is_empty() && promised.iter().all(|deadline| !deadline.archived));
    }
    Ok(())
}

#[test]
fn no_sequence_leads_where_the_life_cycle_forbids() {
    let sequences = std::env::var("SEQUENCES").map_or(10_000, |count| count.parse().unwrap());
    let memory = std::path::Path::new("/dev/shm");
    let home = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    let home = home.unwrap();
    let register = EmbeddedRegister::open(
        &home.path().join("register"),
        &RegisterKey::generate(),
        now(),
    )
    .unwrap();
    let number = Cell::new(0);
    let mut runner = TestRunner::new(Config {
        cases: sequences,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&doings(), |doings| {
            number.set(number.get() + 1);
            live(&register, number.get(), doings)
        })
        .unwrap();
    println!("{sequences} sequences, no illegal move");
}
