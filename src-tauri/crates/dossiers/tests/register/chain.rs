//! Whatever is done to the journal of acts without its key, the verification tells, and where.

use std::fs;

use dossiers::register::{Creations, Following, Journal};
use dossiers::{Act, Breach, Chain, EmbeddedRegister, Progress, Stamp};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rusqlite::types::Value;
use rusqlite::{Connection, params};
use secrecy::ExposeSecret;

use crate::desk::{DATABASE, Desk, WAL, at, create, create_unknown, stamp};

/// 60 entries, of which the first 20 were dropped on purpose, anchored.
const DROPPED: i64 = 20;

fn verify(register: &EmbeddedRegister) -> Chain {
    register.verify_chain(&Progress::unwatched()).unwrap().chain
}

fn first_bad(register: &EmbeddedRegister) -> Option<i64> {
    match verify(register) {
        Chain::Intact => None,
        Chain::Broken { position, .. } => Some(i64::try_from(position).unwrap()),
    }
}

/// Somebody who has the database's key, and not the chain's.
struct Attacker {
    db: Connection,
    sound: Vec<[Value; 7]>,
    sound_ends: Vec<Ends>,
}

type Ends = Vec<(String, i64, Vec<u8>, Vec<u8>)>;

impl Attacker {
    fn of(desk: &Desk) -> Self {
        let db = Connection::open(desk.path(DATABASE)).unwrap();
        let key = desk.key.to_secret();
        db.execute_batch(&format!(
            "PRAGMA key = \"x'{}'\"; PRAGMA cipher_compatibility = 4;
             PRAGMA cipher_hmac_algorithm = HMAC_SHA256; PRAGMA synchronous = OFF;
             PRAGMA busy_timeout = 5000;",
            key.expose_secret()
        ))
        .unwrap();
        let mut attacker = Self {
            db,
            sound: Vec::new(),
            sound_ends: Vec::new(),
        };
        attacker.note_ends();
        attacker
    }

    /// Keeps what the table of ends says now.
    fn note_ends(&mut self) {
        let mut statement = self
            .db
            .prepare("SELECT place, position, mac, seal FROM chain ORDER BY place")
            .unwrap();
        let ends = statement
            .query_map([], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        drop(statement);
        self.sound_ends.push(ends);
    }

    fn entries(&self) -> Vec<[Value; 7]> {
        self.db
            .prepare("SELECT position, at, actor, act, dossier, detail, mac FROM acts ORDER BY 1")
            .unwrap()
            .query_map([], |row| {
                Ok(std::array::from_fn(|column| row.get(column).unwrap()))
            })
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap()
    }

    fn put(&self, entries: &[[Value; 7]], ends: &Ends) {
        self.db
            .execute_batch("BEGIN; DELETE FROM acts; DELETE FROM chain;")
            .unwrap();
        let mut insert = self
            .db
            .prepare_cached(
                "INSERT INTO acts (position, at, actor, act, dossier, detail, mac)
                 VALUES (?1, CAST(?2 AS TEXT), CAST(?3 AS TEXT), CAST(?4 AS TEXT), ?5,
                     CAST(?6 AS TEXT), ?7)",
            )
            .unwrap();
        for entry in entries {
            insert.execute(rusqlite::params_from_iter(entry)).unwrap();
        }
        for (place, position, mac, seal) in ends {
            self.db
                .execute(
                    "INSERT INTO chain (place, position, mac, seal) VALUES (?1, ?2, ?3, ?4)",
                    params![place, position, mac, seal],
                )
                .unwrap();
        }
        self.db.execute_batch("COMMIT").unwrap();
    }

    fn put_back(&self) {
        self.put(&self.sound, self.sound_ends.last().unwrap());
    }
}

fn a_chain(desk: &Desk) -> (EmbeddedRegister, Attacker) {
    let register = desk.open();
    let mut attacker = Attacker::of(desk);
    let mut id = None;
    for second in 0..60 {
        let who = Stamp::new(
            at(second),
            if second % 3 == 0 {
                "agence-lille"
            } else {
                "siège"
            },
        );
        match second % 20 {
            0 => {
                id = Some(
                    register
                        .prepare(crate::desk::new_dossier(None), &who)
                        .unwrap(),
                )
            }
            7 => register
                .record_act(Act::SignedIn, None, "", &Stamp::desk(at(second)))
                .unwrap(),
            _ => register
                .record_act(Act::Viewed, id, &format!("page {second}"), &who)
                .unwrap(),
        }
        attacker.note_ends();
    }
    let dropped = register
        .prune(at(DROPPED), &Progress::unwatched(), &Stamp::desk(at(60)))
        .unwrap();
    assert_eq!(dropped, u64::try_from(DROPPED).unwrap());
    register.anchor().unwrap();
    attacker.note_ends();
    attacker.sound = attacker.entries();
    (register, attacker)
}

/// Does something to the entries; returns the first that cannot be vouched for any more.
fn edit(
    kind: u32,
    random: &mut StdRng,
    entries: &mut Vec<[Value; 7]>,
    ends: &mut Ends,
    old_ends: &[Ends],
) -> i64 {
    let place = random.random_range(0..entries.len());
    let number = |value: &Value| match value {
        Value::Integer(number) => *number,
        _ => unreachable!(),
    };
    let position = number(&entries[place][0]);
    let first = number(&entries[0][0]);
    let last = number(&entries[entries.len() - 1][0]);
    match kind {
        // Any bit of any column, the position's too.
        0 => {
            flip(&mut entries[place], random);
            position
        }
        // An entry taken away; the others keep their numbers, or close the gap.
        1 => {
            entries.remove(place);
            if random.random() {
                renumber(entries, first);
            }
            position
        }
        // An entry of somebody's making, anywhere.
        2 => {
            let mut made = entries[place].clone();
            made[5] = Value::Text(format!("page {}", random.random_range(100..999)));
            let place = random.random_range(0..=entries.len());
            entries.insert(place, made);
            renumber(entries, first);
            first + i64::try_from(place).unwrap()
        }
        // Two entries in each other's place.
        3 => {
            let other = (place + random.random_range(1..entries.len())) % entries.len();
            entries.swap(place, other);
            renumber(entries, first);
            first + i64::try_from(place.min(other)).unwrap()
        }
        // The tail cut, with the head of that moment put back, which is sealed.
        4 => {
            entries.truncate(place);
            let cut = position - 1;
            for old in old_ends {
                if let Some(head) = old.iter().find(|end| end.0 == "head" && end.1 == cut) {
                    ends.retain(|end| end.0 != "head");
                    ends.push(head.clone());
                }
            }
            position
        }
        // An entry changed, and every mac after it made again with some other key.
        5 => {
            entries[place][5] = Value::Text("page 1000".into());
            let other = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &random.random::<[u8; 32]>());
            for entry in &mut entries[place..] {
                let mac = ring::hmac::sign(&other, format!("{entry:?}").as_bytes());
                entry[6] = Value::Blob(mac.as_ref().to_vec());
            }
            for end in ends.iter_mut().filter(|end| end.0 == "head") {
                let Value::Blob(mac) = &entries[entries.len() - 1][6] else {
                    unreachable!()
                };
                end.2 = mac.clone();
                end.3 = ring::hmac::sign(&other, mac).as_ref().to_vec();
            }
            position
        }
        // The table of ends as it was at another moment, or changed.
        _ => {
            let which = random.random_range(0..ends.len());
            let is_base = ends[which].0 == "base";
            let place = ends[which].0.clone();
            let older = old_ends[random.random_range(0..old_ends.len())]
                .iter()
                .find(|end| end.0 == place)
                .filter(|older| **older != ends[which])
                .cloned();
            match (random.random_range(0..3), older) {
                (0, Some(older)) => {
                    let base = older.1;
                    ends[which] = older;
                    return if is_base { base + 1 } else { last + 1 };
                }
                (1, _) => drop(ends.remove(which)),
                _ => {
                    let byte = random.random_range(0..32);
                    match random.random_range(0..3) {
                        0 => ends[which].1 ^= 1 << random.random_range(0..40),
                        1 => ends[which].2[byte] ^= 1 << random.random_range(0..8),
                        _ => ends[which].3[byte] ^= 1 << random.random_range(0..8),
                    }
                }
            }
            if is_base { first } else { last + 1 }
        }
    }
}

fn renumber(entries: &mut [[Value; 7]], first: i64) {
    for (position, entry) in (first..).zip(entries) {
        entry[0] = Value::Integer(position);
    }
}

fn flip(entry: &mut [Value; 7], random: &mut StdRng) {
    let column = random.random_range(0..7);
    match &mut entry[column] {
        // Upwards, out of the way of the others.
        Value::Integer(number) => *number += 1 << random.random_range(10..40),
        Value::Null => entry[column] = Value::Blob(vec![random.random()]),
        Value::Text(text) if text.is_empty() => entry[column] = Value::Blob(vec![random.random()]),
        Value::Text(text) => {
            let mut bytes = text.clone().into_bytes();
            let byte = random.random_range(0..bytes.len());
            bytes[byte] ^= 1 << random.random_range(0..8);
            entry[column] = Value::Blob(bytes);
        }
        Value::Blob(bytes) => {
            let byte = random.random_range(0..bytes.len());
            bytes[byte] ^= 1 << random.random_range(0..8);
        }
        Value::Real(_) => unreachable!(),
    }
}

#[test]
fn ten_thousand_random_edits_are_all_told_with_the_first_bad_entry() {
    let desk = Desk::new();
    let (register, attacker) = a_chain(&desk);
    assert_eq!(verify(&register), Chain::Intact);
    let mut random = StdRng::seed_from_u64(11);
    let edits = std::env::var("EDITS").map_or(10_000, |edits| edits.parse().unwrap());
    let mut told = [0_u32; 7];
    for number in 0..edits {
        let kind = number % 7;
        let mut entries = attacker.sound.clone();
        let mut ends = attacker.sound_ends.last().unwrap().clone();
        let expected = edit(
            kind,
            &mut random,
            &mut entries,
            &mut ends,
            &attacker.sound_ends,
        );
        attacker.put(&entries, &ends);
        assert_eq!(
            first_bad(&register),
            Some(expected),
            "edit {number} of kind {kind}"
        );
        told[kind as usize] += 1;
    }
    attacker.put_back();
    assert_eq!(verify(&register), Chain::Intact);
    println!("{edits} edits, all told with the first bad entry; by kind {told:?}");
}

#[test]
fn an_older_database_is_told_by_the_anchor_beside_it() {
    const DAY: i64 = 86_400;
    let desk = Desk::new();
    let look_at_pages = |register: &EmbeddedRegister, day: i64| {
        for page in 0..4 {
            let stamp = Stamp::desk(at(day * DAY + page));
            register
                .record_act(Act::Viewed, None, "page 1", &stamp)
                .unwrap();
        }
    };
    let register = desk.open();
    look_at_pages(&register, 0);
    register.anchor().unwrap();
    let older = desk.crash();
    look_at_pages(&register, 1);
    drop(register);
    assert_eq!(verify(&desk.open()), Chain::Intact);

    for name in [DATABASE, WAL] {
        fs::write(desk.path(name), older.bytes(name)).unwrap();
    }
    let told = Chain::Broken {
        position: 5,
        sound_until: Some(at(3)),
        breach: Breach::Anchor,
    };
    let register = desk.open();
    assert_eq!(verify(&register), told);
    // Going on with it does not heal it.
    look_at_pages(&register, 2);
    look_at_pages(&register, 3);
    register.anchor().unwrap();
    drop(register);
    assert_eq!(verify(&desk.open()), told);
}

#[test]
fn an_anchor_that_was_taken_away_or_changed_is_told() {
    let desk = Desk::new();
    create(&desk.open(), 1);
    let anchors = fs::read_dir(desk.folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.to_string_lossy().contains("acts-"))
        .unwrap();
    let bytes = fs::read(&anchors).unwrap();
    for place in (0..bytes.len()).step_by(9) {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        fs::write(&anchors, changed).unwrap();
        let Chain::Broken { breach, .. } = verify(&desk.open()) else {
            panic!("byte {place} is not sealed")
        };
        assert_eq!(breach, Breach::AnchorFile);
    }
    fs::remove_file(&anchors).unwrap();
    assert!(matches!(
        verify(&desk.open()),
        Chain::Broken {
            breach: Breach::AnchorFile,
            ..
        }
    ));
    assert!(
        !anchors.exists(),
        "a missing anchor was made good in silence"
    );
}

#[test]
fn what_is_done_after_a_change_is_written_down_and_vouches_for_nothing() {
    let desk = Desk::new();
    let (register, attacker) = a_chain(&desk);
    attacker
        .db
        .execute_batch("DELETE FROM acts WHERE position > 50")
        .unwrap();
    assert_eq!(first_bad(&register), Some(51));
    let id = create(&register, 1);
    assert_eq!(register.acts(id).unwrap().len(), 3);
    assert_eq!(first_bad(&register), Some(51));
    drop(register);
    assert_eq!(first_bad(&desk.open()), Some(51));
}

#[test]
fn a_journal_lost_with_its_database_says_in_the_new_one_where_it_ended() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let lost = register.chain_head().unwrap();
    drop(register);
    desk.remove_database();
    let register = desk.open();
    assert_eq!(verify(&register), Chain::Intact);
    let first = register
        .entries(
            &dossiers::ActQuery::default(),
            0,
            100,
            &Progress::unwatched(),
        )
        .unwrap()
        .entries
        .pop()
        .unwrap();
    assert_eq!(first.act, Act::JournalRestarted.as_str());
    assert_eq!(first.detail, format!("{} {}", lost.position, lost.digits()));
}

#[test]
fn a_crash_at_any_moment_leaves_a_chain_that_holds() {
    let desk = Desk::new();
    let register = desk.open();
    let mut crashes = vec![desk.crash()];
    for number in 1..6 {
        let id = create(&register, number);
        crashes.push(desk.crash());
        register.record_opened(id, &stamp()).unwrap();
        create_unknown(&register);
        register.anchor().unwrap();
        crashes.push(desk.crash());
    }
    for crash in crashes {
        assert_eq!(verify(&crash.open()), Chain::Intact);
    }
}
