//! What is captured, and whether it stays what it was.

use chrono::{DateTime, TimeDelta, Utc};
use dossiers::register::Changed;
use dossiers::{
    CaptureCounts, CaptureEnd, CaptureFilter, CapturePolicies, CapturePolicy, CaptureRule,
    CaptureState, DossierId, EvidenceState, Integrity, MissingPiece, NewPiece, PieceKind, Progress,
    Register, RegisterError, ReportKind, Selection, Shelved, StoredReport,
};
use sha2::{Digest, Sha256};

use super::Make;
use crate::captured::{capture, page, piece};
use crate::desk::{at, create, now, stamp};
use crate::elsewhere::{ended, facts, id_of, import, import_ended, keep_report};

const FULL: CapturePolicy = CapturePolicy::Full;

fn after(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::hours(2) + TimeDelta::days(days)
}

fn due(register: &dyn Register, at: DateTime<Utc>, limit: u32) -> Vec<i64> {
    let tasks = register.due_for_capture("sandbox", at, limit).unwrap();
    let number = |id| register.get(id).unwrap().unwrap().enrollment_id;
    tasks
        .into_iter()
        .filter_map(|task| number(task.dossier))
        .collect()
}

fn evidence(register: &dyn Register, id: DossierId) -> EvidenceState {
    register.get(id).unwrap().unwrap().evidence
}

fn captures(register: &dyn Register, which: CaptureFilter) -> (CaptureCounts, Vec<CaptureState>) {
    let page = register
        .captures(Some("sandbox"), which, 0, 50, &Progress::unwatched())
        .unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    (
        page.counts,
        page.rows.into_iter().map(|row| row.state).collect(),
    )
}

fn later(trouble: &str, retry_at: DateTime<Utc>) -> CaptureEnd {
    CaptureEnd::Later {
        trouble: trouble.into(),
        retry_at,
    }
}

fn ask(register: &dyn Register, ids: &[DossierId]) -> Changed {
    let selection = Selection::Some(ids.to_vec());
    register
        .ask_for_capture(&selection, &Progress::unwatched(), &stamp())
        .unwrap()
}

fn want(register: &dyn Register, rule: impl Into<CaptureRule>) -> u64 {
    want_at(register, rule, now())
}

fn want_at(register: &dyn Register, rule: impl Into<CaptureRule>, at: DateTime<Utc>) -> u64 {
    let mut table = CapturePolicies::default();
    let rule = rule.into();
    let process = ("sandbox".to_owned(), "opening".to_owned());
    table.processes.insert(process, rule);
    let changed = register
        .set_capture_policies(&table, at, &Progress::unwatched(), &stamp())
        .unwrap();
    assert_eq!(register.capture_policies().unwrap(), table);
    changed
}

pub fn a_finished_dossier_waits_for_its_capture_until_it_is_complete(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let running = create(register, 7);
    let end = CaptureEnd::Complete { rule: FULL.into() };
    let refused = register.end_capture(running, end, &stamp());
    assert!(matches!(refused, Err(RegisterError::NotFinished)));
    let age = |days| now() - TimeDelta::days(days);
    let lines = vec![ended(1, "OK", age(1)), ended(2, "KO", age(3))];
    import(register, lines);
    assert_eq!(due(register, now(), 9), [2, 1]);
    let id = id_of(register, 2);
    keep_report(register, id, "KO", 2);
    let task = &register.due_for_capture("sandbox", now(), 1).unwrap()[0];
    assert_eq!(task.rule, CaptureRule::default());
    assert_eq!(task.deadline, Some(after(7) - TimeDelta::days(3)));
    let pieces = capture(register, id, 2);
    assert_eq!(due(register, now(), 9), [1]);
    let line = register.get(id).unwrap().unwrap();
    assert_eq!((line.evidence, line.deadline), (EvidenceState::Kept, None));
    assert_eq!(line.documents_kept_at, Some(now()));
    let kept = register.pieces(id).unwrap();
    let ids: Vec<_> = kept.iter().map(|piece| piece.recorded.id).collect();
    assert_eq!(ids, pieces);
    assert!(
        kept.iter()
            .all(|piece| piece.integrity == Integrity::Whole && piece.dossier == id)
    );
    let (counts, states) = captures(register, CaptureFilter::All);
    assert_eq!((counts.waiting, counts.complete), (1, 1));
    assert_eq!(states, [CaptureState::Complete, CaptureState::Waiting]);
    let words: Vec<_> = register
        .acts(id)
        .unwrap()
        .into_iter()
        .map(|act| act.act)
        .collect();
    let end = &words[words.len() - 4..];
    assert_eq!(end, ["captured", "captured", "captured", "capture_ended"]);
}

pub fn a_draft_that_tells_the_end_names_the_pages_and_is_never_the_report_itself(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = create(register, 1);
    let keep = |kind, status: &str, second| {
        let report = StoredReport {
            kind,
            raw: status.as_bytes().to_vec(),
            read_at: at(second),
        };
        let mut said = facts(status, Some(1));
        said.is_final = false;
        register.record_report(id, report, said, &stamp()).unwrap();
    };
    let is_here = || register.due_for_capture("sandbox", now(), 9).unwrap()[0].report_is_here;
    keep(ReportKind::Draft, "NEW", 1);
    register
        .record_status(id, "CANCELED", true, &stamp())
        .unwrap();
    assert!(!is_here(), "it tells of a time before the end");
    keep(ReportKind::Draft, "CANCELED", 2);
    assert!(is_here());
    keep(ReportKind::Draft, "CANCELED", 3);
    assert!(is_here());
    let report = || NewPiece {
        sha256: Sha256::digest("CANCELED").into(),
        ..piece(PieceKind::Report)
    };
    let draft = report();
    let told = register.record_piece(id, draft.clone(), &stamp()).unwrap();
    assert_eq!(told, Shelved::AlreadyThere(draft.id));
    assert_eq!(register.pieces(id).unwrap(), []);
    register.record_piece(id, page(0), &stamp()).unwrap();
    let end = CaptureEnd::Complete { rule: FULL.into() };
    register.end_capture(id, end, &stamp()).unwrap();
    assert_eq!(evidence(register, id), EvidenceState::Kept);
    // ID360 says the same of it in the end, and that is its report.
    keep(ReportKind::Final, "CANCELED", 4);
    let told = register.record_piece(id, report(), &stamp()).unwrap();
    assert_eq!(told, Shelved::Kept);
}

pub fn pieces_and_the_end_of_their_capture_are_recorded_together_or_not_at_all(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let pages = [page(0), page(1)];
    let end = CaptureEnd::Complete { rule: FULL.into() };
    let running = create(register, 7);
    let refused = register.record_capture(running, &pages, Some(end.clone()), &stamp());
    assert!(matches!(refused, Err(RegisterError::NotFinished)));
    assert!(register.pieces(running).unwrap().is_empty());

    let id = import_ended(register, 1, "KO", now());
    keep_report(register, id, "KO", 2);
    register
        .record_piece(id, pages[0].clone(), &stamp())
        .unwrap();
    let again = [page(0), pages[1].clone()];
    let shelved = register.record_capture(id, &again, Some(end), &stamp());
    let known = Shelved::AlreadyThere(pages[0].id);
    assert_eq!(shelved.unwrap(), [known, Shelved::Kept]);
    assert_eq!(register.pieces(id).unwrap().len(), 2);
    assert!(
        register
            .due_for_capture("sandbox", now(), 9)
            .unwrap()
            .is_empty()
    );
}

pub fn a_whole_piece_is_not_replaced_and_a_damaged_one_is(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = import_ended(register, 1, "KO", now());
    let record = |piece| register.record_piece(id, piece, &stamp()).unwrap();
    let first = page(0);
    assert_eq!(record(first.clone()), Shelved::Kept);
    assert_eq!(record(first.clone()), Shelved::Kept);
    assert_eq!(record(page(1)), Shelved::Kept);
    assert_eq!(record(page(0)), Shelved::AlreadyThere(first.id));
    register
        .record_integrity(first.id, Integrity::Altered, &stamp())
        .unwrap();
    let second = page(0);
    assert_eq!(record(second.clone()), Shelved::Replaced(first.id));
    let kept = register.pieces(id).unwrap();
    assert_eq!((kept.len(), &kept[0].recorded), (2, &second));
    assert_eq!(kept[0].integrity, Integrity::Whole);
    let acts = register.acts(id).unwrap();
    let captured = acts.iter().filter(|act| act.act == "captured");
    assert_eq!(captured.count(), 3);
}

pub fn what_cannot_be_had_is_named_and_waited_for_no_more(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = import_ended(register, 1, "KO", now());
    keep_report(register, id, "KO", 2);
    let pages = [page(0), page(1)];
    register
        .record_piece(id, pages[0].clone(), &stamp())
        .unwrap();
    let missing = vec![MissingPiece {
        kind: PieceKind::Document,
        document: pages[1].document.clone(),
        reason: "document_gone".into(),
    }];
    let end = CaptureEnd::Incomplete {
        rule: FULL.into(),
        missing: missing.clone(),
    };
    register.end_capture(id, end, &stamp()).unwrap();
    assert_eq!(register.missing(id).unwrap(), missing);
    let line = register.get(id).unwrap().unwrap();
    assert_eq!(
        (line.evidence, line.deadline),
        (EvidenceState::Partial, None)
    );
    assert_eq!(due(register, now(), 9), [0; 0]);
    assert_eq!(register.roll(after(90)).unwrap(), 0);
    let (counts, _) = captures(register, CaptureFilter::In(CaptureState::Incomplete));
    assert_eq!(counts.incomplete, 1);
}

pub fn a_capture_that_failed_is_tried_again_when_its_time_has_come(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let lines = (1..=6).map(|number| ended(number, "OK", now() - TimeDelta::days(6 - number)));
    import(register, lines.collect());
    let fail = |number, hours| {
        let end = later("unreachable", now() + TimeDelta::hours(hours));
        register
            .end_capture(id_of(register, number), end, &stamp())
            .unwrap();
    };
    fail(1, 2);
    fail(2, 1);
    assert_eq!(due(register, now(), 9), [3, 4, 5, 6]);
    let retry = register.next_retry("sandbox").unwrap();
    assert_eq!(retry, Some(now() + TimeDelta::hours(1)));
    let behind = now() + TimeDelta::hours(3);
    assert_eq!(due(register, behind, 9), [3, 4, 5, 6, 2, 1]);
    assert_eq!(due(register, behind, 4), [3, 4, 5, 2]);
    let home = register
        .home(Some("sandbox"), now(), &Progress::unwatched())
        .unwrap();
    assert_eq!(home.troubled, 2);
    let id = id_of(register, 2);
    // Another reading that succeeds does not make the capture one that did.
    keep_report(register, id, "OK", 1);
    let (counts, states) = captures(register, CaptureFilter::Troubled);
    assert_eq!(
        (counts.troubled, states),
        (2, vec![CaptureState::Waiting; 2])
    );
    let trouble = || register.get(id).unwrap().unwrap().trouble;
    assert_eq!(trouble().as_deref(), Some("unreachable"));
    capture(register, id, 1);
    assert_eq!(trouble(), None);
    assert_eq!(due(register, behind, 9), [3, 4, 5, 6, 1]);
}

pub fn a_capture_is_revived_by_a_person(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let lines = [(1, "CANCELED"), (2, "OK"), (3, "OK"), (4, "KO")]
        .map(|(number, verdict)| ended(number, verdict, now()));
    import(register, lines.into());
    let ids = [1, 2, 3, 4].map(|number| id_of(register, number));
    keep_report(register, ids[3], "KO", 0);
    capture(register, ids[3], 0);
    let missing = vec![MissingPiece {
        kind: PieceKind::Document,
        document: None,
        reason: "document_gone".into(),
    }];
    let end = CaptureEnd::Incomplete {
        rule: FULL.into(),
        missing,
    };
    register.end_capture(ids[2], end, &stamp()).unwrap();
    // The windows of the others close before anything is captured.
    assert_eq!(due(register, after(90), 9), [0; 0]);
    let (counts, _) = captures(register, CaptureFilter::All);
    assert_eq!((counts.lost, counts.archived, counts.waiting), (1, 1, 0));
    let asked = ask(register, &ids);
    assert_eq!(
        asked,
        Changed {
            changed: 3,
            unchanged: 1
        }
    );
    let mut revived = due(register, after(90), 9);
    revived.sort_unstable();
    assert_eq!(revived, [1, 2, 3]);
    assert_eq!(register.missing(ids[2]).unwrap(), []);
    assert_eq!(
        ask(register, &ids),
        Changed {
            changed: 0,
            unchanged: 4
        }
    );
}

pub fn less_is_captured_where_the_rule_wants_less(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = import_ended(register, 1, "KO", now());
    let state = || captures(register, CaptureFilter::All).1;
    assert_eq!(want(register, CapturePolicy::ReferencesOnly), 1);
    assert_eq!(want(register, CapturePolicy::ReferencesOnly), 0);
    assert_eq!(state(), [CaptureState::NotWanted]);
    assert_eq!(evidence(register, id), EvidenceState::None);
    assert_eq!(due(register, now(), 9), [0; 0]);
    assert_eq!(ask(register, &[id]).changed, 0);

    want(register, CapturePolicy::ReportOnly);
    let tasks = register.due_for_capture("sandbox", now(), 9).unwrap();
    let rule = tasks[0].rule;
    assert_eq!(rule, CapturePolicy::ReportOnly.into());
    keep_report(register, id, "KO", 2);
    assert_eq!(evidence(register, id), EvidenceState::Kept);
    register
        .record_piece(id, piece(PieceKind::Report), &stamp())
        .unwrap();
    register
        .end_capture(id, CaptureEnd::Complete { rule }, &stamp())
        .unwrap();
    assert_eq!(state(), [CaptureState::Complete]);

    want(register, FULL);
    assert_eq!(state(), [CaptureState::Waiting]);
    assert_eq!(evidence(register, id), EvidenceState::Due);
    assert_eq!(register.get(id).unwrap().unwrap().documents_kept_at, None);
}

pub fn videos_wanted_later_are_asked_for_while_id360_has_them(make: &Make) {
    let rule = CaptureRule {
        policy: FULL,
        video: true,
    };
    for (then, asked) in [(now(), vec![1]), (after(90), Vec::new())] {
        let fresh = make();
        let register = &*fresh.register;
        let id = import_ended(register, 1, "KO", now());
        keep_report(register, id, "KO", 1);
        capture(register, id, 1);
        register.roll(then).unwrap();
        assert_eq!(due(register, then, 9), [0; 0]);
        want_at(register, rule, then);
        assert_eq!(due(register, then, 9), asked);
        assert_eq!(evidence(register, id), EvidenceState::Kept);
        register
            .end_capture(id, CaptureEnd::Complete { rule }, &stamp())
            .unwrap();
        assert_eq!(due(register, then, 9), [0; 0]);
        // Without them nothing is lost that was kept.
        want_at(register, FULL, then);
        want_at(register, rule, then);
        assert_eq!(due(register, then, 9), [0; 0]);
    }
}

pub fn a_verification_goes_on_where_it_stopped_and_names_what_is_damaged(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let ids = [1, 2].map(|number| import_ended(register, number, "KO", now()));
    for id in ids {
        keep_report(register, id, "KO", 1);
        capture(register, id, 1);
    }
    let files: Vec<_> = register.vault_files(None, 50).unwrap();
    let pieces: Vec<_> = files.iter().map(|file| file.recorded.id).collect();
    assert!(pieces.len() == 4 && pieces.is_sorted());
    let whole = |at: usize| (pieces[at], Integrity::Whole);
    register.record_verified(&[whole(0)], &stamp()).unwrap();
    let run = register.verification().unwrap().run.unwrap();
    assert_eq!((run.after, run.checked, run.damaged), (pieces[0], 1, 0));
    let rest = register.vault_files(Some(run.after), 2).unwrap();
    assert_eq!(rest, files[1..3]);
    let altered = (pieces[1], Integrity::Altered);
    register
        .record_verified(&[altered, whole(2), whole(3)], &stamp())
        .unwrap();
    let end = register.finish_verification(&stamp()).unwrap();
    assert_eq!((end.checked, end.damaged), (4, 1));
    let mark = register.verification().unwrap();
    assert_eq!((mark.run, mark.last), (None, Some(end)));

    let damaged = files[1].dossier;
    assert_eq!(evidence(register, damaged), EvidenceState::Due);
    let (counts, states) = captures(register, CaptureFilter::Damaged);
    assert_eq!((counts.damaged, states), (1, vec![CaptureState::Waiting]));
    let acts = register.acts(damaged).unwrap();
    let told = acts
        .iter()
        .find(|act| act.act == "evidence_damaged")
        .unwrap();
    assert_eq!(told.detail, "document 1f0c page 0: altered");
    // The disk it was on is back.
    register
        .record_integrity(pieces[1], Integrity::Whole, &stamp())
        .unwrap();
    assert_eq!(evidence(register, damaged), EvidenceState::Kept);
}

pub fn the_key_of_the_vault_is_always_the_same(make: &Make) {
    let (one, other) = (make(), make());
    let key = one.register.vault_key().unwrap();
    assert!(key == one.register.vault_key().unwrap());
    assert!(key != other.register.vault_key().unwrap());
    assert_eq!(format!("{key:?}"), "VaultKey(…)");
}
