//! What ID360 will delete is told in time, on the earliest reading of its clock.

use chrono::TimeDelta;
use dossiers::register::Following;
use dossiers::{
    Deadline, DeadlinePolicy, DeadlineSubject, Dossier, ReportFacts, ReportKind, StoredReport,
    deadlines,
};

use crate::desk::{Desk, create, create_unknown, get, now, stamp};

fn finished(status: &str) -> Dossier {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let report = StoredReport {
        kind: ReportKind::Final,
        raw: vec![],
        read_at: now(),
    };
    let facts = ReportFacts {
        status: status.into(),
        is_final: true,
        creation_time: None,
        starting_time: None,
        finished_time: Some(now() + TimeDelta::days(1)),
        last_name: None,
        first_name: None,
        level: None,
        pages: None,
    };
    register.record_report(id, report, facts, &stamp()).unwrap();
    get(&register, id)
}

fn of(subject: DeadlineSubject, all: &[Deadline]) -> Deadline {
    *all.iter()
        .find(|deadline| deadline.subject == subject)
        .unwrap()
}

#[test]
fn windows_count_from_the_end_read_as_french_local_time() {
    let all = deadlines(&finished("OK"), DeadlinePolicy::default(), now(), None);
    let start = now() + TimeDelta::days(1) - TimeDelta::hours(2);
    for (subject, days) in [
        (DeadlineSubject::Documents, 7),
        (DeadlineSubject::ReportApplication, 7),
        (DeadlineSubject::ReportUser, 60),
    ] {
        assert_eq!(of(subject, &all).at, start + TimeDelta::days(days));
    }
}

#[test]
fn an_unfinished_dossier_counts_from_its_creation() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let all = deadlines(&get(&register, id), DeadlinePolicy::default(), now(), None);
    let end = now() - TimeDelta::hours(2) + TimeDelta::days(7);
    assert_eq!(of(DeadlineSubject::Documents, &all).at, end);
}

#[test]
fn a_deadline_passes_by_the_servers_clock() {
    let dossier = finished("KO");
    let policy = DeadlinePolicy {
        documents_days: 2,
        ..DeadlinePolicy::default()
    };
    let end = now() + TimeDelta::days(3) - TimeDelta::hours(2);
    let passed = |now, offset| {
        of(
            DeadlineSubject::Documents,
            &deadlines(&dossier, policy, now, offset),
        )
    };
    assert!(!passed(end - TimeDelta::seconds(1), None).passed);
    assert!(passed(end, None).passed);
    assert!(passed(end - TimeDelta::hours(1), Some(TimeDelta::hours(1))).passed);
    assert!(!passed(end, Some(TimeDelta::seconds(-1))).passed);
}

#[test]
fn what_is_left_goes_from_all_to_nothing() {
    let dossier = finished("OK");
    let start = now() + TimeDelta::days(1) - TimeDelta::hours(2);
    let left = |hours| {
        let now = start + TimeDelta::hours(hours);
        let all = deadlines(&dossier, DeadlinePolicy::default(), now, None);
        of(DeadlineSubject::Documents, &all).left_percent
    };
    assert_eq!(
        [
            left(-5),
            left(0),
            left(84),
            left(167),
            left(168),
            left(9999)
        ],
        [100, 100, 50, 0, 0, 0]
    );
}

#[test]
fn canceled_and_failed_dossiers_are_never_said_to_be_archived() {
    for (status, archived) in [
        ("OK", true),
        ("KO", true),
        ("CANCELED", false),
        ("FAILED", false),
        ("DISCONTINUED", false),
    ] {
        let all = deadlines(&finished(status), DeadlinePolicy::default(), now(), None);
        assert_eq!(
            of(DeadlineSubject::ReportUser, &all).archived,
            archived,
            "{status}"
        );
        assert!(!of(DeadlineSubject::Documents, &all).archived);
    }
}

#[test]
fn a_dossier_that_is_not_known_to_exist_has_no_deadline() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create_unknown(&register);
    assert!(deadlines(&get(&register, id), DeadlinePolicy::default(), now(), None).is_empty());
}

#[test]
fn a_policy_beyond_the_calendar_never_passes() {
    let policy = DeadlinePolicy {
        documents_days: u32::MAX,
        ..DeadlinePolicy::default()
    };
    let all = deadlines(&finished("OK"), policy, now(), Some(TimeDelta::days(365)));
    assert!(!of(DeadlineSubject::Documents, &all).passed);
}
