//! What ID360 tells about dossiers.

use chrono::TimeDelta;
use dossiers::{
    Act, DossierId, ExpectedDatum, ExpectedOutcome, Imported, Recorded, Register, RegisterError,
    ReportKind, ReportReach, Stamp, StoredReport,
};

use super::Make;
use crate::desk::{at, create, create_unknown, new_dossier, now, stamp};
use crate::elsewhere::{facts, id_of, import, import_ended, known};

fn keep(register: &dyn Register, id: DossierId, kind: ReportKind, status: &str) -> Recorded {
    let report = StoredReport {
        kind,
        raw: format!("\u{feff}{{{status}}}\r\n").into_bytes(),
        read_at: now(),
    };
    let mut said = facts(status, None);
    said.is_final = kind == ReportKind::Final;
    register.record_report(id, report, said, &stamp()).unwrap()
}

pub fn a_verdict_stays_and_its_report_is_kept_byte_for_byte(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = create(register, 1);
    assert!(keep(register, id, ReportKind::Draft, "STARTED").status_changed);
    assert!(keep(register, id, ReportKind::Final, "OK").status_changed);
    for late in [
        keep(register, id, ReportKind::Draft, "STARTED"),
        register.record_status(id, "NEW", false, &stamp()).unwrap(),
    ] {
        assert_eq!((late.status_changed, late.ignored_late), (false, true));
    }
    keep(register, id, ReportKind::Final, "KO");
    let kept = register.report(id).unwrap().unwrap();
    assert_eq!(
        (kept.kind, kept.raw.as_slice()),
        (ReportKind::Final, "\u{feff}{OK}\r\n".as_bytes())
    );
    assert_eq!(register.get(id).unwrap().unwrap().shown_status(), "OK");
}

pub fn a_dossier_is_followed_from_its_creation_to_its_verdict(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let followed = || -> Vec<_> {
        let open = register
            .open_dossiers("sandbox", now())
            .unwrap()
            .into_iter();
        open.map(|dossier| dossier.id).collect()
    };
    let unknown = create_unknown(register);
    let (first, second) = (create(register, 1), create(register, 2));
    assert_eq!(followed(), [first, second]);
    assert!(
        register
            .open_dossiers("production", now())
            .unwrap()
            .is_empty()
    );
    register.record_status(first, "KO", true, &stamp()).unwrap();
    assert_eq!(followed(), [second]);
    let refused = register.record_status(unknown, "OK", true, &stamp());
    assert!(matches!(refused, Err(RegisterError::NotCreated)));
    register.record_snapshot(second, b"{1", &stamp()).unwrap();
    register.record_snapshot(second, b"{2", &stamp()).unwrap();
    assert_eq!(register.snapshot(second).unwrap().unwrap().raw, b"{2");
}

pub fn a_dossier_is_followed_until_its_last_window_has_passed(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let here = create(register, 1);
    let begun = |number, creation_time| Imported {
        status: Some("STARTED".into()),
        creation_time,
        ..known(number)
    };
    let old = Some(now() - TimeDelta::days(30));
    import(register, vec![begun(2, old), begun(3, None)]);
    let [old, unknown] = [2, 3].map(|number| id_of(register, number));
    let followed = |days| -> Vec<_> {
        let at = now() + TimeDelta::days(days);
        let open = register.open_dossiers("sandbox", at).unwrap().into_iter();
        open.map(|dossier| dossier.id).collect()
    };
    assert_eq!(followed(29), [here, old, unknown]);
    assert_eq!(followed(31), [here, unknown]);
    assert_eq!(followed(61), []);
    // A customer may be at work.
    let opened = Stamp::desk(now() + TimeDelta::days(61));
    register.record_opened(old, &opened).unwrap();
    assert_eq!(followed(61), [old]);
    assert_eq!(followed(69), []);
}

pub fn an_opened_link_is_an_act_and_counts_as_a_beginning(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = create(register, 1);
    let opened = Stamp::new(at(3_600), "a.martin");
    let since = || register.open_dossiers("sandbox", now()).unwrap()[0].since;
    assert_eq!(since(), Some(now()));
    register.record_opened(id, &opened).unwrap();
    assert_eq!(since(), Some(opened.at));
    let acts = register.acts(id).unwrap();
    let last = acts.last().unwrap();
    assert_eq!(last.act, Act::Opened.as_str());
    assert_eq!(last.actor.as_deref(), Some("a.martin"));
}

pub fn a_report_that_is_not_kept_is_asked_for_while_the_account_reaches_it(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = import_ended(register, 1, "OK", now());
    let wanted = |reach, days| {
        let at = now() + TimeDelta::days(days);
        register.reports_to_keep("sandbox", reach, at, 9).unwrap()
    };
    assert_eq!(wanted(ReportReach::Application, 6), [id]);
    assert_eq!(wanted(ReportReach::Application, 8), []);
    assert_eq!(wanted(ReportReach::User, 8), [id]);
    assert_eq!(wanted(ReportReach::User, 61), []);
    keep(register, id, ReportKind::Final, "OK");
    assert_eq!(wanted(ReportReach::User, 6), []);
}

pub fn a_report_of_an_end_at_an_unknown_time_is_asked_for_up_to_the_last_window(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = create(register, 1);
    let sure = import_ended(register, 2, "KO", now() + TimeDelta::days(10));
    let ended = Stamp::desk(now() + TimeDelta::days(10));
    register
        .record_status(id, "DISCONTINUED", true, &ended)
        .unwrap();
    let wanted = |reach, days| {
        let at = now() + TimeDelta::days(days);
        register.reports_to_keep("sandbox", reach, at, 9).unwrap()
    };
    for reach in [ReportReach::Application, ReportReach::User] {
        assert!(wanted(reach, 59).contains(&id), "{reach:?}");
        assert!(!wanted(reach, 61).contains(&id), "{reach:?}");
    }
    // What ends surely and sooner goes first, and what failed last.
    assert_eq!(wanted(ReportReach::Application, 11), [sure, id]);
    register
        .record_trouble(sure, Some("forbidden"), &stamp())
        .unwrap();
    assert_eq!(wanted(ReportReach::Application, 11), [id, sure]);
}

pub fn the_push_of_an_expected_datum_is_known_by_its_name(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = prepare_with(register, "birth_date");
    let accepted = ExpectedOutcome::Accepted;
    register
        .record_expected(id, "birth_date", accepted, &stamp())
        .unwrap();
    let expected = register.get(id).unwrap().unwrap().expected;
    assert_eq!((expected.len(), expected[0].outcome), (1, Some(accepted)));
    let refused = register.record_expected(id, "city", accepted, &stamp());
    assert!(matches!(refused, Err(RegisterError::NoSuchDatum)));
    register.add_expected(id, datum("city"), &stamp()).unwrap();
    register
        .add_expected(id, datum("birth_date"), &stamp())
        .unwrap();
    let ends = register.get(id).unwrap().unwrap().expected.into_iter();
    let mut ends: Vec<_> = ends.map(|one| (one.datum.name, one.outcome)).collect();
    ends.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    // Another value of the same name is yet to be pushed.
    let told = ["birth_date", "city"].map(|name| (name.to_owned(), None));
    assert_eq!(ends, told);
}

fn prepare_with(register: &dyn Register, name: &str) -> DossierId {
    let mut new = new_dossier(None);
    new.expected = vec![datum(name)];
    register.prepare(new, &stamp()).unwrap()
}

fn datum(name: &str) -> ExpectedDatum {
    ExpectedDatum {
        name: name.into(),
        value: "1990-01-01".into(),
        locked: false,
        auto: None,
    }
}
