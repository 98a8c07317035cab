//! `kill -9` at any moment leaves no change without its act and no act without its change (L-08).
//!
//! 40 kills; `KILLS=1000` in the environment raises them.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use chrono::Utc;
use dossiers::register::{Creations, Decisions, Evidence, Following, Journal, Marks};
use dossiers::{
    Act, CaptureEnd, Chain, Choice, CreationState, DossierId, EmbeddedRegister, EvidenceState,
    MissingPiece, PieceKind, Progress, RegisterKey, Selection, Stamp,
};
use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};

use crate::captured::page;
use crate::desk::{all, confirmed, new_dossier};

const FOLDER: &str = "DOSSIERS_ACTS_FOLDER";
const KEY: &str = "DOSSIERS_ACTS_KEY";

#[test]
fn every_change_has_its_act_and_every_act_its_change_however_often_the_desk_is_killed() {
    if let (Ok(folder), Ok(key)) = (std::env::var(FOLDER), std::env::var(KEY)) {
        work_without_end(Path::new(&folder), &SecretString::from(key));
    }
    let kills = std::env::var("KILLS").map_or(40, |kills| kills.parse().unwrap());
    let home = tempfile::tempdir().unwrap();
    let key = RegisterKey::generate();
    let mut random = rand::rng();
    let mut looked = (0, 0);
    for _ in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture"])
            .arg("acts_under_kill::every_change_has_its_act_and_every_act_its_change_however_often_the_desk_is_killed")
            .env(FOLDER, home.path())
            .env(KEY, key.to_secret().expose_secret())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_micros(random.random_range(60_000..260_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        looked = changes_and_acts_agree(home.path(), &key);
    }
    let (dossiers, acts) = looked;
    assert!(dossiers > 0 && acts > dossiers, "nothing was done");
    println!("{kills} kills, {dossiers} dossiers, {acts} acts, each with its change");
}

fn work_without_end(home: &Path, key: &SecretString) -> ! {
    let key = RegisterKey::from_secret(key).unwrap();
    let register = EmbeddedRegister::open(&home.join("register"), &key, Utc::now()).unwrap();
    let stamp = || Stamp::new(Utc::now(), "agence-lille");
    let progress = Progress::unwatched();
    for number in 1.. {
        let id = register.prepare(new_dossier(None), &stamp()).unwrap();
        register.mark_sent(id, &stamp()).unwrap();
        register.record_answer(id, b"{}", &stamp()).unwrap();
        register.confirm(id, confirmed(number), &stamp()).unwrap();
        register.record_opened(id, &stamp()).unwrap();
        let this = Selection::Some(vec![id]);
        register
            .tag(&this, &["urgent".into()], &[], &progress, &stamp())
            .unwrap();
        register.treat(&this, true, &progress, &stamp()).unwrap();
        register.record_status(id, "OK", true, &stamp()).unwrap();
        capture(&register, id, &stamp());
        register.decide(id, Choice::Accepted, "", &stamp()).unwrap();
    }
    unreachable!()
}

fn capture(register: &EmbeddedRegister, id: DossierId, stamp: &Stamp) {
    for number in 0..2 {
        register.record_piece(id, page(number), stamp).unwrap();
    }
    let rule = register.due_for_capture("sandbox", stamp.at, 1).unwrap()[0].rule;
    let missing = vec![MissingPiece {
        kind: PieceKind::IdClaim,
        document: None,
        reason: "no_id_claim".into(),
    }];
    let end = CaptureEnd::Incomplete { rule, missing };
    register.end_capture(id, end, stamp).unwrap();
}

/// Returns how many dossiers and acts there are.
fn changes_and_acts_agree(home: &Path, key: &RegisterKey) -> (usize, usize) {
    let register = EmbeddedRegister::open(&home.join("register"), key, Utc::now()).unwrap();
    let verdict = register.verify_chain(&Progress::unwatched()).unwrap();
    assert_eq!(verdict.chain, Chain::Intact);
    let mut dossiers = 0;
    let mut acts = 0;
    for dossier in all(&register) {
        let words: Vec<_> = register
            .acts(dossier.id)
            .unwrap()
            .into_iter()
            .map(|entry| entry.act)
            .collect();
        let has = |act: Act| words.iter().any(|word| word == act.as_str());
        assert!(has(Act::Prepared) || has(Act::Sent));
        assert_eq!(has(Act::Sent), dossier.state != CreationState::Ready);
        assert_eq!(has(Act::Created), dossier.state == CreationState::Created);
        assert_eq!(
            has(Act::OutcomeUnknown),
            dossier.state == CreationState::OutcomeUnknown
        );
        assert_eq!(has(Act::Opened), dossier.opened_at.is_some());
        assert_eq!(has(Act::Tagged), !dossier.tags.is_empty());
        assert_eq!(has(Act::Treated), dossier.treated_at.is_some());
        let followed = dossier.status.as_deref() == Some("OK");
        assert_eq!(has(Act::StatusChanged), followed);
        let captured = words.iter().filter(|word| *word == Act::Captured.as_str());
        let pieces = register.pieces(dossier.id).unwrap();
        assert_eq!(captured.count(), pieces.len());
        let missing = register.missing(dossier.id).unwrap();
        assert_eq!(has(Act::CaptureEnded), !missing.is_empty());
        assert_eq!(has(Act::CaptureEnded), dossier.documents_kept_at.is_some());
        assert!(followed || dossier.evidence == EvidenceState::None);
        let decisions = register.decisions(dossier.id).unwrap();
        assert_eq!(has(Act::Decided), !decisions.is_empty());
        dossiers += 1;
        acts += words.len();
    }
    (dossiers, acts)
}
