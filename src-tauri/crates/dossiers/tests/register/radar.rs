//! What is about to be lost is seen in time, and each thing to do at its place.

use chrono::{DateTime, TimeDelta, Utc};
use dossiers::register::{Deadlines, Following, Imports, Journal, Listing, Marks};
use dossiers::{
    Act, Dossier, EmbeddedRegister, EvidenceState, Filter, Home, Kept, LOST_DAYS, Lane, Progress,
    Query, Radar, RegisterError, Selection,
};

use crate::desk::{Desk, all, create, create_unknown, get, now, stamp};
use crate::elsewhere::{
    batch_of, ended, id_of, import, import_ended, keep_report, known, with_key,
};

fn days(days: i64) -> DateTime<Utc> {
    now() + TimeDelta::days(days)
}

/// The earliest reading of a time that ID360 says.
fn early(said: DateTime<Utc>) -> DateTime<Utc> {
    said - TimeDelta::hours(2)
}

fn radar(register: &EmbeddedRegister, environment: Option<&str>, at: DateTime<Utc>) -> Radar {
    register
        .radar(environment, at, 50, &Progress::unwatched())
        .unwrap()
}

fn home(register: &EmbeddedRegister, environment: Option<&str>) -> Home {
    register
        .home(environment, now(), &Progress::unwatched())
        .unwrap()
}

fn numbers(dossiers: &[Dossier]) -> Vec<i64> {
    dossiers
        .iter()
        .filter_map(|dossier| dossier.enrollment_id)
        .collect()
}

#[test]
fn a_finished_dossier_is_due_until_its_report_and_documents_are_kept() {
    let desk = Desk::new();
    let register = desk.open();
    let id = import_ended(&register, 1, "KO", now());
    let told = || {
        let dossier = get(&register, id);
        (dossier.evidence, dossier.deadline)
    };
    let end = early(days(7));
    assert_eq!(told(), (EvidenceState::Due, Some((Lane::Documents, end))));
    keep_report(&register, id, "KO", 2);
    assert_eq!(told(), (EvidenceState::Due, Some((Lane::Documents, end))));
    register.record_kept(id, Kept::Documents, &stamp()).unwrap();
    assert_eq!(told(), (EvidenceState::Kept, None));
    let acts = register.acts(id).unwrap();
    assert_eq!(acts.last().unwrap().act, Act::DocumentsKept.as_str());
}

#[test]
fn a_report_read_before_the_end_is_not_the_evidence_of_the_end() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    keep_report(&register, id, "STARTED", 0);
    assert_eq!(get(&register, id).evidence, EvidenceState::None);
    register.record_status(id, "KO", true, &stamp()).unwrap();
    assert_eq!(get(&register, id).evidence, EvidenceState::Due);
    keep_report(&register, id, "KO", 0);
    assert_eq!(get(&register, id).evidence, EvidenceState::Kept);
}

#[test]
fn an_open_dossier_has_windows_and_nothing_to_keep_yet() {
    let desk = Desk::new();
    let register = desk.open();
    let dossier = get(&register, create(&register, 1));
    assert_eq!(dossier.evidence, EvidenceState::None);
    assert_eq!(dossier.deadline, None);
    assert_eq!(dossier.documents_until, Some(early(days(7))));
    assert_eq!(dossier.report_user_until, Some(early(days(60))));
    let unknown = get(&register, create_unknown(&register));
    assert_eq!(unknown.documents_until, None);
}

#[test]
fn the_radar_shows_each_lane_by_the_time_left_closest_first() {
    let desk = Desk::new();
    let register = desk.open();
    // The windows end in 0.5, 1.5, 3 and 9 days; the last has its documents behind it.
    let lines = vec![
        ended(1, "OK", days(-4) + TimeDelta::hours(2)),
        ended(2, "OK", now() - TimeDelta::hours(5 * 24 + 10)),
        ended(3, "KO", now() - TimeDelta::hours(6 * 24 + 10)),
        ended(4, "CANCELED", days(-6)),
        ended(5, "FAILED", days(-5)),
        ended(6, "OK", days(-51)),
        known(7),
    ];
    import(&register, lines);
    register.roll(now()).unwrap();
    let found = radar(&register, None, now());
    let counts = found.lanes.each_ref().map(|lane| {
        let within = (lane.within_a_day, lane.within_two_days);
        (lane.lane, within, lane.within_a_week, lane.later)
    });
    assert_eq!(
        counts,
        [
            (Lane::Documents, (1, 1), 1, 0),
            (Lane::Report, (0, 0), 0, 1),
            (Lane::NoArchive, (1, 1), 0, 0),
        ]
    );
    let cards = found.lanes.each_ref().map(|lane| numbers(&lane.cards));
    assert_eq!(cards, [vec![3, 2, 1], vec![6], vec![4, 5]]);
}

#[test]
fn the_radar_of_one_environment_shows_no_other() {
    let desk = Desk::new();
    let register = desk.open();
    import(&register, vec![ended(1, "OK", now())]);
    let elsewhere = vec![ended(2, "OK", now())];
    let nobody = Progress::unwatched();
    register
        .import(batch_of("production", "loan"), elsewhere, &nobody, &stamp())
        .unwrap();
    let of = |environment| {
        let found = radar(&register, environment, now());
        numbers(&found.lanes[0].cards)
    };
    assert_eq!(of(Some("production")), [2]);
    assert_eq!(of(Some("nowhere")), [0; 0]);
    assert_eq!(of(None).len(), 2);
    assert_eq!(numbers(&home(&register, Some("production")).nearest), [2]);
    assert_eq!(numbers(&home(&register, Some("production")).latest), [2]);
    assert_eq!(home(&register, Some("sandbox")).latest.len(), 1);
}

#[test]
fn what_was_lost_is_spoken_of_for_thirty_days() {
    let desk = Desk::new();
    let register = desk.open();
    let id = import_ended(&register, 1, "CANCELED", now());
    let lost = |day| {
        register.roll(days(day)).unwrap();
        radar(&register, None, days(day)).lost
    };
    assert_eq!([lost(6), lost(8), lost(36), lost(38)], [0, 1, 1, 0]);
    assert_eq!(get(&register, id).evidence, EvidenceState::Lost);
}

#[test]
fn home_counts_what_is_to_be_done() {
    let desk = Desk::new();
    let register = desk.open();
    let running = create(&register, 1);
    create(&register, 2);
    create_unknown(&register);
    let lines = vec![
        ended(3, "KO", days(-6)),
        ended(4, "KO", days(-1)),
        ended(5, "OK", now()),
    ];
    import(&register, lines);
    register
        .record_trouble(id_of(&register, 5), Some("network"), &stamp())
        .unwrap();
    register
        .record_status(running, "STARTED", false, &later())
        .unwrap();
    let found = home(&register, None);
    assert_eq!((found.to_treat, found.due_soon, found.troubled), (2, 1, 1));
    assert_eq!((found.in_progress, found.unknown), (2, 1));
    assert_eq!(numbers(&found.nearest), [3, 4, 5]);
    assert_eq!(numbers(&found.running), [1, 2]);
    assert_eq!(numbers(&found.latest)[..3], [5, 4, 3]);
}

/// The lines that pass one filter.
fn listed(register: &EmbeddedRegister, filter: Filter) -> Vec<i64> {
    let query = Query {
        filters: vec![filter],
        ..Query::default()
    };
    let page = register.list(&query, 0, 50, &Progress::unwatched());
    numbers(&page.unwrap().rows)
}

#[test]
fn the_list_finds_what_is_counted_as_to_treat_even_when_id360_deleted_it_since() {
    let desk = Desk::new();
    let register = desk.open();
    let lines = [1, 2, 3].map(|number| ended(number, "KO", days(-1)));
    import(&register, lines.into());
    let deleted = id_of(&register, 1);
    register
        .record_status(deleted, "DELETED", true, &later())
        .unwrap();
    let treated = Selection::Some(vec![id_of(&register, 3)]);
    register
        .treat(&treated, true, &Progress::unwatched(), &stamp())
        .unwrap();
    assert_eq!(home(&register, None).to_treat, 2);
    assert_eq!(listed(&register, Filter::ToTreat { not: false }), [2, 1]);
    assert_eq!(listed(&register, Filter::ToTreat { not: true }), [3]);
}

#[test]
fn the_list_finds_what_is_counted_as_lost_and_nothing_that_was_lost_before() {
    let desk = Desk::new();
    let register = desk.open();
    let lines = vec![
        ended(1, "CANCELED", days(-60)),
        ended(2, "CANCELED", days(-10)),
        // Its report is still in ID360's archive.
        ended(3, "OK", days(-61)),
        ended(4, "OK", now()),
    ];
    import(&register, lines);
    register.roll(now()).unwrap();
    assert_eq!(radar(&register, None, now()).lost, 1);
    let lost = |not| Filter::Lost {
        not,
        after: days(-LOST_DAYS),
    };
    assert_eq!(listed(&register, lost(false)), [2]);
    assert_eq!(listed(&register, lost(true)), [4, 3, 1]);
}

fn later() -> dossiers::Stamp {
    dossiers::Stamp::desk(now() + TimeDelta::minutes(1))
}

#[test]
fn trouble_is_shown_until_the_next_success() {
    let desk = Desk::new();
    let register = desk.open();
    let id = import_ended(&register, 1, "OK", now());
    let trouble = |word| {
        register.record_trouble(id, word, &stamp()).unwrap();
        get(&register, id).trouble
    };
    assert_eq!(trouble(Some("network")).as_deref(), Some("network"));
    assert_eq!(trouble(None), None);
    trouble(Some("forbidden"));
    register.record_kept(id, Kept::Documents, &stamp()).unwrap();
    assert_eq!(get(&register, id).trouble, None);
    trouble(Some("forbidden"));
    keep_report(&register, id, "OK", 1);
    assert_eq!(get(&register, id).trouble, None);
}

#[test]
fn nothing_is_kept_of_a_dossier_that_was_not_created() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create_unknown(&register);
    let kept = register.record_kept(id, Kept::Documents, &stamp());
    assert!(matches!(kept, Err(RegisterError::NotCreated)));
}

#[test]
fn the_report_states_level_and_pages() {
    let desk = Desk::new();
    let register = desk.open();
    import(&register, vec![with_key(1)]);
    let id = all(&register)[0].id;
    keep_report(&register, id, "OK", 3);
    let dossier = get(&register, id);
    assert_eq!(dossier.level.as_deref(), Some("eIDAS substantial"));
    assert_eq!(dossier.pages, Some(3));
}
