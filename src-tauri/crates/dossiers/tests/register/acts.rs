//! Finding what was done, and dropping what is older than it may be kept.

use dossiers::register::{Creations, Journal};
use dossiers::{Act, ActPage, ActQuery, Chain, EmbeddedRegister, Progress, RegisterError, Stamp};
use rusqlite::Connection;
use secrecy::ExposeSecret;

use crate::desk::{DATABASE, Desk, at, new_dossier, now, stamp};

fn find(register: &EmbeddedRegister, query: &ActQuery, offset: u64, limit: u64) -> ActPage {
    register
        .entries(query, offset, limit, &Progress::unwatched())
        .unwrap()
}

fn positions(page: &ActPage) -> Vec<u64> {
    page.entries.iter().map(|entry| entry.position).collect()
}

#[test]
fn entries_are_found_by_act_person_dossier_and_time_newest_first() {
    let desk = Desk::new();
    let register = desk.open();
    let lille = |second| Stamp::new(at(second), "agence-lille");
    let id = register.prepare(new_dossier(None), &lille(0)).unwrap();
    let other = register
        .prepare(new_dossier(None), &Stamp::new(at(1), "siège"))
        .unwrap();
    for second in 2..10 {
        let dossier = if second % 2 == 0 { id } else { other };
        register
            .record_act(Act::Viewed, Some(dossier), "page 1", &lille(second))
            .unwrap();
    }
    register
        .record_act(Act::Unlocked, None, "", &Stamp::desk(at(10)))
        .unwrap();

    let everything = ActQuery::default();
    let all = find(&register, &everything, 0, 100);
    assert_eq!((positions(&all), all.total), ((1..=11).rev().collect(), 11));
    assert_eq!(positions(&find(&register, &everything, 3, 2)), [8, 7]);
    assert_eq!(find(&register, &everything, 50, 2).total, 11);

    let of = |acts: &[Act]| ActQuery {
        acts: acts.iter().map(|act| act.as_str().to_owned()).collect(),
        ..ActQuery::default()
    };
    let found = find(&register, &of(&[Act::Prepared, Act::Unlocked]), 0, 100);
    assert_eq!((positions(&found), found.total), (vec![11, 2, 1], 3));
    let found = find(&register, &of(&[Act::Viewed, Act::Prepared]), 7, 2);
    assert_eq!((positions(&found), found.total), (vec![3, 2], 10));
    let query = ActQuery {
        dossier: Some(id),
        ..of(&[Act::Viewed])
    };
    assert_eq!(positions(&find(&register, &query, 0, 100)), [9, 7, 5, 3]);
    let query = ActQuery {
        actor: Some("siège".into()),
        ..ActQuery::default()
    };
    assert_eq!(positions(&find(&register, &query, 0, 100)), [2]);
    let query = ActQuery {
        from: Some(at(4)),
        to: Some(at(6)),
        ..ActQuery::default()
    };
    assert_eq!(positions(&find(&register, &query, 0, 100)), [6, 5]);
    let query = ActQuery {
        // The desk goes before a name.
        actor: Some("siège".into()),
        by_desk: true,
        ..ActQuery::default()
    };
    let nobody = all.entries.iter().filter(|entry| entry.actor.is_none());
    let nobody: Vec<u64> = nobody.map(|entry| entry.position).collect();
    let found = find(&register, &query, 0, 100);
    assert_eq!(
        (positions(&found), found.total),
        (nobody.clone(), nobody.len() as u64)
    );
    assert!(!nobody.is_empty() && nobody.len() < 11);
    assert_eq!(register.actors().unwrap(), ["agence-lille", "siège"]);
    assert_eq!(all.entries[0].actor, None);
}

#[test]
fn a_word_of_a_later_version_is_shown_as_it_is() {
    let desk = Desk::new();
    let register = desk.open();
    let id = register.prepare(new_dossier(None), &stamp()).unwrap();
    let later = Connection::open(desk.path(DATABASE)).unwrap();
    let key = desk.key.to_secret();
    later
        .execute_batch(&format!(
            "PRAGMA key = \"x'{}'\"; PRAGMA cipher_compatibility = 4;
             PRAGMA cipher_hmac_algorithm = HMAC_SHA256;
             UPDATE acts SET act = 'teleported';",
            key.expose_secret()
        ))
        .unwrap();
    assert_eq!(register.acts(id).unwrap()[0].act, "teleported");
    assert_eq!(
        find(&register, &ActQuery::default(), 0, 1).entries[0].act,
        "teleported"
    );
}

#[test]
fn pruning_drops_what_is_old_says_so_and_leaves_a_chain_that_holds() {
    let desk = Desk::new();
    let register = desk.open();
    for second in 0..30 {
        let stamp = Stamp::desk(at(second));
        register
            .record_act(Act::Viewed, None, "page 1", &stamp)
            .unwrap();
    }
    let prune = |register: &EmbeddedRegister, second| {
        let stamp = Stamp::desk(at(100));
        register
            .prune(at(second), &Progress::unwatched(), &stamp)
            .unwrap()
    };
    assert_eq!(prune(&register, 0), 0);
    assert_eq!(prune(&register, 12), 12);
    let page = find(&register, &ActQuery::default(), 0, 100);
    let (first, last) = (&page.entries[page.entries.len() - 1], &page.entries[0]);
    assert_eq!((first.position, first.at), (13, at(12)));
    assert_eq!(last.act, Act::JournalPruned.as_str());
    assert_eq!(last.detail, "12 2026-03-02T08:00:11.000000Z");
    let verdict = register.verify_chain(&Progress::unwatched()).unwrap();
    assert_eq!((verdict.chain, verdict.entries), (Chain::Intact, 19));
    assert_eq!(verdict.head.kept_since, Some(at(12)));

    // Whatever is asked, the act of a pruning is not dropped by it.
    assert_eq!(prune(&register, 1_000_000), 18);
    assert_eq!(prune(&register, 1_000_000), 0);
    drop(register);
    let verdict = desk.open().verify_chain(&Progress::unwatched()).unwrap();
    assert_eq!((verdict.chain, verdict.entries), (Chain::Intact, 2));
}

#[test]
fn a_clock_that_went_back_makes_no_young_entry_old() {
    let desk = Desk::new();
    let register = desk.open();
    for second in [0, 50, 10, 60] {
        let stamp = Stamp::desk(at(second));
        register
            .record_act(Act::Viewed, None, "page 1", &stamp)
            .unwrap();
    }
    let pruned = register.prune(at(20), &Progress::unwatched(), &Stamp::desk(at(100)));
    assert_eq!(pruned.unwrap(), 1);
}

#[test]
fn pruning_does_not_hide_that_what_it_drops_was_changed() {
    let desk = Desk::new();
    let register = desk.open();
    for second in 0..10 {
        let stamp = Stamp::desk(at(second));
        register
            .record_act(Act::Viewed, None, "page 1", &stamp)
            .unwrap();
    }
    let attacker = Connection::open(desk.path(DATABASE)).unwrap();
    let key = desk.key.to_secret();
    attacker
        .execute_batch(&format!(
            "PRAGMA key = \"x'{}'\"; PRAGMA cipher_compatibility = 4;
             PRAGMA cipher_hmac_algorithm = HMAC_SHA256;
             UPDATE acts SET detail = 'page 2' WHERE position = 4;",
            key.expose_secret()
        ))
        .unwrap();
    register
        .prune(at(6), &Progress::unwatched(), &Stamp::desk(at(100)))
        .unwrap();
    let page = find(&register, &ActQuery::default(), 0, 1);
    assert!(
        page.entries[0].detail.ends_with(" !4"),
        "{}",
        page.entries[0].detail
    );
}

#[test]
fn a_verification_nobody_waits_for_ends() {
    let desk = Desk::new();
    let register = desk.open();
    register
        .record_act(Act::Unlocked, None, "", &Stamp::desk(now()))
        .unwrap();
    let progress = Progress::unwatched();
    progress.cancel();
    assert!(matches!(
        register.verify_chain(&progress),
        Err(RegisterError::Cancelled)
    ));
    assert_eq!(
        register.verify_chain(&Progress::unwatched()).unwrap().chain,
        Chain::Intact
    );
}
