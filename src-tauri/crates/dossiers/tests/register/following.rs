//! What ID360 tells is kept as it came, and what is final stays.

use chrono::TimeDelta;
use dossiers::register::{Creations, Following, Journal};
use dossiers::{
    Act, EmbeddedRegister, ExpectedDatum, ExpectedOutcome, Query, Recorded, RegisterError,
    ReportFacts, ReportKind, Stamp, StoredReport,
};

use crate::desk::{
    Desk, all, answer_of, at, confirmed, create, create_unknown, get, list, new_dossier, now, stamp,
};

const LATE: Recorded = Recorded {
    status_changed: false,
    ignored_late: true,
};
const CHANGED: Recorded = Recorded {
    status_changed: true,
    ignored_late: false,
};
const SAME: Recorded = Recorded {
    status_changed: false,
    ignored_late: false,
};

fn report(kind: ReportKind, raw: &[u8]) -> StoredReport {
    StoredReport {
        kind,
        raw: raw.to_vec(),
        read_at: at(9),
    }
}

fn facts(status: &str, last_name: Option<&str>) -> ReportFacts {
    ReportFacts {
        status: status.into(),
        is_final: status == "OK",
        creation_time: None,
        starting_time: Some(at(1)),
        finished_time: (status == "OK").then(|| at(2)),
        last_name: last_name.map(Into::into),
        first_name: None,
        level: None,
        pages: None,
    }
}

#[test]
fn a_report_is_kept_byte_for_byte_and_brings_status_times_and_names() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let raw = b"\xef\xbb\xbf{\"status\": \"OK\", \xff}\r\n";
    let recorded = register
        .record_report(
            id,
            report(ReportKind::Final, raw),
            facts("OK", Some("VALMONTEL-ROY")),
            &Stamp::desk(at(9)),
        )
        .unwrap();
    assert_eq!(recorded, CHANGED);
    drop(register);
    let register = desk.open();
    assert_eq!(
        register.report(id).unwrap(),
        Some(report(ReportKind::Final, raw))
    );
    let dossier = get(&register, id);
    assert_eq!(dossier.status.as_deref(), Some("OK"));
    assert_eq!(dossier.finished_time, Some(at(2)));
    assert_eq!(dossier.last_name.as_deref(), Some("VALMONTEL-ROY"));
    assert_eq!(dossier.first_name.as_deref(), Some("Ondine"));
    assert_eq!(
        (dossier.report_kind, dossier.report_read_at),
        (Some(ReportKind::Final), Some(at(9)))
    );
    let found = list(
        &register,
        &Query {
            search: "valmontelroy".into(),
            ..Query::default()
        },
    );
    assert_eq!(found.total, 1);
}

#[test]
fn a_draft_that_comes_late_takes_nothing_back() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    register
        .record_report(
            id,
            report(ReportKind::Final, b"end"),
            facts("OK", None),
            &stamp(),
        )
        .unwrap();
    let late = register.record_report(
        id,
        report(ReportKind::Draft, b"old"),
        facts("STARTED", Some("X")),
        &stamp(),
    );
    assert_eq!(late.unwrap(), LATE);
    let dossier = get(&register, id);
    assert_eq!(dossier.status.as_deref(), Some("OK"));
    assert_eq!(dossier.last_name.as_deref(), Some("VALMONTEL"));
    assert_eq!(
        register.report(id).unwrap(),
        Some(report(ReportKind::Final, b"end"))
    );
}

#[test]
fn a_report_that_contradicts_the_verdict_does_not_replace_the_one_kept() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    register
        .record_report(
            id,
            report(ReportKind::Final, b"OK"),
            facts("OK", None),
            &stamp(),
        )
        .unwrap();
    register
        .record_report(
            id,
            report(ReportKind::Final, b"KO"),
            facts("KO", None),
            &stamp(),
        )
        .unwrap();
    assert_eq!(register.report(id).unwrap().unwrap().raw, b"OK");
    let acts = register.acts(id).unwrap().into_iter();
    let kept = acts.filter(|entry| entry.act == Act::ReportKept.as_str());
    assert_eq!(kept.count(), 1, "nothing else was kept");
}

#[test]
fn what_a_report_leaves_empty_takes_nothing_back() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let tell = |last_name: &str, level: &str, pages| {
        let said = ReportFacts {
            level: Some(level.into()),
            pages: Some(pages),
            ..facts("OK", Some(last_name))
        };
        let report = report(ReportKind::Final, b"{}");
        register.record_report(id, report, said, &stamp()).unwrap();
        let dossier = get(&register, id);
        (dossier.last_name.unwrap(), dossier.level, dossier.pages)
    };
    let level = Some("eIDAS substantial".to_owned());
    assert_eq!(tell("", "", 0), ("VALMONTEL".into(), None, Some(0)));
    let told = ("VALMONTEL-ROY".to_owned(), level, Some(4));
    assert_eq!(tell("VALMONTEL-ROY", "eIDAS substantial", 4), told);
    assert_eq!(tell(" ", "", 0), told);
}

#[test]
fn the_report_of_a_deleted_dossier_still_tells_what_it_was() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    tell(&register, id, "OK");
    tell(&register, id, "DELETED");
    let archived = report(ReportKind::Archived, b"{}");
    let recorded = register
        .record_report(id, archived, facts("OK", Some("ROY")), &stamp())
        .unwrap();
    assert_eq!(recorded, LATE);
    let dossier = get(&register, id);
    assert_eq!(dossier.status.as_deref(), Some("DELETED"));
    assert_eq!(dossier.last_name.as_deref(), Some("ROY"));
    assert_eq!(dossier.finished_time, Some(at(2)));
}

#[test]
fn a_dossier_that_was_sent_long_after_it_was_written_down_begins_when_it_was_sent() {
    let desk = Desk::new();
    let register = desk.open();
    let id = register.prepare(new_dossier(None), &stamp()).unwrap();
    let sent = Stamp::desk(now() + TimeDelta::days(2));
    register.mark_sent(id, &stamp()).unwrap();
    register.back_to_ready(id, &stamp()).unwrap();
    register.mark_sent(id, &sent).unwrap();
    register.record_answer(id, &answer_of(1), &sent).unwrap();
    register.confirm(id, confirmed(1), &sent).unwrap();
    let open = register.open_dossiers("sandbox", sent.at).unwrap();
    assert_eq!(open[0].since, Some(sent.at));
}

#[test]
fn the_archived_report_tells_more_than_a_draft_and_less_than_the_final_one() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    for (kind, telling) in [
        (ReportKind::Draft, ReportKind::Draft),
        (ReportKind::Archived, ReportKind::Archived),
        (ReportKind::Draft, ReportKind::Archived),
        (ReportKind::Final, ReportKind::Final),
        (ReportKind::Archived, ReportKind::Final),
    ] {
        register
            .record_report(id, report(kind, b"{}"), facts("OK", None), &stamp())
            .unwrap();
        assert_eq!(register.report(id).unwrap().unwrap().kind, telling);
    }
}

fn tell(register: &EmbeddedRegister, id: dossiers::DossierId, status: &str) -> Recorded {
    register.record_status(id, status, false, &stamp()).unwrap()
}

#[test]
fn statuses_that_come_twice_or_late_change_nothing() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    assert_eq!(tell(&register, id, "NEW"), SAME);
    assert_eq!(tell(&register, id, "STARTED"), CHANGED);
    assert_eq!(tell(&register, id, "STARTED"), SAME);
    assert_eq!(tell(&register, id, "NEW"), LATE);
    let version = get(&register, id).version;
    assert_eq!(tell(&register, id, "KO"), CHANGED);
    assert_eq!(get(&register, id).version, version + 1);
    assert_eq!(tell(&register, id, "STARTED"), LATE);
    assert_eq!(tell(&register, id, "OK"), LATE);
    assert_eq!(get(&register, id).version, version + 1);
    assert_eq!(get(&register, id).status.as_deref(), Some("KO"));
}

#[test]
fn a_deleted_dossier_still_shows_its_verdict() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    tell(&register, id, "OK");
    assert_eq!(tell(&register, id, "DELETED"), CHANGED);
    assert_eq!(tell(&register, id, "OK"), LATE);
    let dossier = get(&register, id);
    assert_eq!(
        (dossier.status.as_deref(), dossier.verdict.as_deref()),
        (Some("DELETED"), Some("OK"))
    );
    assert!(dossier.may_be_archived());
    assert_eq!(dossier.never_archived(), None);
}

#[test]
fn of_a_canceled_dossier_nothing_is_archived_once_id360_removed_it_either() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    assert_eq!(get(&register, id).never_archived(), None);
    for status in ["CANCELED", "DELETED"] {
        tell(&register, id, status);
        assert_eq!(get(&register, id).never_archived(), Some("CANCELED"));
    }
}

#[test]
fn a_status_nobody_knows_yet_is_kept_as_it_is_and_followed_on() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    tell(&register, id, "EN_REVUE");
    assert_eq!(get(&register, id).shown_status(), "EN_REVUE");
    assert_eq!(register.open_dossiers("sandbox", now()).unwrap().len(), 1);
    assert_eq!(
        register
            .record_status(id, "EN_REVUE", true, &stamp())
            .unwrap(),
        SAME
    );
    assert_eq!(register.open_dossiers("sandbox", now()).unwrap().len(), 0);
}

#[test]
fn only_created_dossiers_that_are_not_final_are_followed() {
    let desk = Desk::new();
    let register = desk.open();
    let open = create(&register, 1);
    let done = create(&register, 2);
    tell(&register, done, "CANCELED");
    create_unknown(&register);
    register.prepare(new_dossier(None), &stamp()).unwrap();
    let followed: Vec<_> = register
        .open_dossiers("sandbox", now())
        .unwrap()
        .iter()
        .map(|d| d.id)
        .collect();
    assert_eq!(followed, [open]);
}

#[test]
fn nothing_is_told_of_a_dossier_that_was_not_created() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create_unknown(&register);
    let refused = register.record_status(id, "OK", true, &stamp());
    assert!(matches!(refused, Err(RegisterError::NotCreated)));
    assert_eq!(get(&register, id).status, None);
}

#[test]
fn the_push_of_each_expected_datum_is_known() {
    let desk = Desk::new();
    let register = desk.open();
    let datum = |name: &str| ExpectedDatum {
        name: name.into(),
        value: "+33639981234".into(),
        locked: true,
        auto: Some(false),
    };
    let mut new = new_dossier(None);
    new.expected = vec![datum("phone_number"), datum("birth_date")];
    let id = register.prepare(new, &stamp()).unwrap();
    register
        .record_expected(
            id,
            "phone_number",
            ExpectedOutcome::OutcomeUnknown,
            &stamp(),
        )
        .unwrap();
    register.add_expected(id, datum("city"), &stamp()).unwrap();
    let absent = register.record_expected(id, "nothing", ExpectedOutcome::Accepted, &stamp());
    assert!(matches!(absent, Err(RegisterError::NoSuchDatum)));
    let expected = get(&register, id).expected;
    let ends: Vec<_> = expected
        .iter()
        .map(|e| (e.datum.name.as_str(), e.outcome))
        .collect();
    assert_eq!(
        ends,
        [
            ("phone_number", Some(ExpectedOutcome::OutcomeUnknown)),
            ("birth_date", None),
            ("city", None)
        ]
    );
    assert_eq!(expected[0].datum, datum("phone_number"));
}

#[test]
fn the_last_snapshot_is_kept_as_it_came() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    register.record_snapshot(id, b"{1", &stamp()).unwrap();
    register
        .record_snapshot(id, b"{2", &Stamp::desk(now() + TimeDelta::hours(1)))
        .unwrap();
    assert_eq!(register.snapshot(id).unwrap().unwrap().raw, b"{2");
    assert_eq!(all(&register).len(), 1);
}
