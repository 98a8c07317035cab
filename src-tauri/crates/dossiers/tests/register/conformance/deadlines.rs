//! What ID360 deletes, and what of it is kept in time.

use chrono::{DateTime, TimeDelta, Utc};
use dossiers::{
    CaptureFilter, DossierId, EvidenceState, Kept, Lane, PolicyTable, Progress, Register,
    RegisterError, Warning,
};

use super::Make;
use crate::desk::{create, create_unknown, now, stamp};
use crate::elsewhere::{ended, id_of, import, import_ended, keep_report};

/// After the window of a dossier that ended `now` opened, at the earliest reading.
fn after(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::hours(2) + TimeDelta::days(days)
}

fn told(register: &dyn Register, id: DossierId) -> (EvidenceState, Option<Lane>) {
    let line = register.get(id).unwrap().unwrap();
    (line.evidence, line.deadline.map(|(lane, _)| lane))
}

fn warned(register: &dyn Register, at: DateTime<Utc>) -> Vec<(Lane, u32, u64)> {
    let warnings = marked(register, at);
    register.warnings_told(&warnings, &stamp()).unwrap();
    counted(&warnings)
}

fn marked(register: &dyn Register, at: DateTime<Utc>) -> Vec<Warning> {
    while register.mark_warnings(at).unwrap() {}
    register.warnings_to_tell().unwrap()
}

fn counted(warnings: &[Warning]) -> Vec<(Lane, u32, u64)> {
    let warnings = warnings.iter();
    warnings
        .map(|told| (told.lane, told.day, told.dossiers))
        .collect()
}

pub fn what_passes_moves_to_what_is_lost_next_once(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let lines = vec![ended(1, "OK", now()), ended(2, "CANCELED", now())];
    import(register, lines);
    let [archived, gone] = [1, 2].map(|number| id_of(register, number));
    assert_eq!(register.roll(after(6)).unwrap(), 0);
    assert_eq!(
        told(register, archived),
        (EvidenceState::Due, Some(Lane::Documents))
    );
    assert_eq!(
        told(register, gone),
        (EvidenceState::Due, Some(Lane::NoArchive))
    );
    assert_eq!(register.roll(after(8)).unwrap(), 2);
    assert_eq!(register.roll(after(8)).unwrap(), 0);
    assert_eq!(told(register, archived).1, Some(Lane::Report));
    assert_eq!(told(register, gone), (EvidenceState::Lost, None));
    let radar = register.radar(None, after(8), 5, &Progress::unwatched());
    assert_eq!(radar.unwrap().lost, 2);
}

pub fn the_radar_counts_by_the_time_left_and_shows_the_closest(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let days = |days| now() - TimeDelta::days(days);
    let lines = [(1, 0), (2, 6), (3, 5)].map(|(number, age)| ended(number, "KO", days(age)));
    import(register, lines.into());
    let found = |environment| {
        let nobody = Progress::unwatched();
        let radar = register.radar(environment, now(), 2, &nobody).unwrap();
        let [documents, ..] = radar.lanes;
        let numbers = documents.cards.iter().filter_map(|line| line.enrollment_id);
        (
            [
                documents.within_a_day,
                documents.within_two_days,
                documents.within_a_week,
                documents.later,
            ],
            numbers.collect::<Vec<_>>(),
        )
    };
    assert_eq!(found(None), ([1, 1, 1, 0], vec![2, 3]));
    assert_eq!(found(Some("sandbox")), found(None));
    assert_eq!(found(Some("production")), ([0; 4], vec![]));
}

pub fn what_is_in_safe_hands_is_waited_for_no_more(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = import_ended(register, 1, "KO", now());
    register
        .record_trouble(id, Some("network"), &stamp())
        .unwrap();
    let trouble = || register.get(id).unwrap().unwrap().trouble;
    assert_eq!(trouble().as_deref(), Some("network"));
    keep_report(register, id, "KO", 2);
    assert_eq!(
        told(register, id),
        (EvidenceState::Due, Some(Lane::Documents))
    );
    register.record_kept(id, Kept::Documents, &stamp()).unwrap();
    assert_eq!(told(register, id), (EvidenceState::Kept, None));
    assert_eq!(trouble(), None);
    // Its windows close on the capture alone, once.
    let capture = || {
        let nobody = Progress::unwatched();
        let page = register.captures(None, CaptureFilter::All, 0, 1, &nobody);
        page.unwrap().rows[0].deadline
    };
    assert!(capture().is_some());
    register.roll(after(90)).unwrap();
    assert_eq!(told(register, id), (EvidenceState::Kept, None));
    assert_eq!(capture(), None);
    assert_eq!(register.roll(after(91)).unwrap(), 0);
    let unknown = create_unknown(register);
    let refused = register.record_kept(unknown, Kept::Documents, &stamp());
    assert!(matches!(refused, Err(RegisterError::NotCreated)));
}

pub fn a_promised_idclaim_is_waited_for_with_the_documents(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    // The process of a dossier made here promises one.
    let id = create(register, 1);
    keep_report(register, id, "OK", 1);
    for kept in [Kept::Documents, Kept::IdClaim] {
        assert_eq!(
            told(register, id),
            (EvidenceState::Due, Some(Lane::Documents))
        );
        register.record_kept(id, kept, &stamp()).unwrap();
    }
    assert_eq!(told(register, id), (EvidenceState::Kept, None));
}

pub fn a_warning_is_given_once_on_each_of_its_days(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let lines = vec![ended(1, "OK", now()), ended(2, "OK", now())];
    import(register, lines);
    let days = (0..8)
        .filter(|day| {
            let given = warned(register, after(*day));
            assert_eq!(warned(register, after(*day)), []);
            let day = u32::try_from(*day).unwrap();
            given == [(Lane::Documents, day, 2)]
        })
        .collect::<Vec<_>>();
    assert_eq!(days, [1, 3, 5, 6]);
}

pub fn a_warning_is_to_be_told_until_somebody_was_told(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let lines = vec![ended(1, "OK", now()), ended(2, "OK", now())];
    import(register, lines);
    let waiting = marked(register, after(1));
    assert_eq!(counted(&waiting), [(Lane::Documents, 1, 2)]);
    assert_eq!(marked(register, after(1)), waiting);
    // One more comes due while they are shown.
    import(register, vec![ended(3, "OK", now())]);
    let all = marked(register, after(1));
    assert_eq!(counted(&all), [(Lane::Documents, 1, 3)]);
    register.warnings_told(&waiting, &stamp()).unwrap();
    let left = register.warnings_to_tell().unwrap();
    assert_eq!(counted(&left), [(Lane::Documents, 1, 1)]);
    register.warnings_told(&left, &stamp()).unwrap();
    assert_eq!(register.warnings_to_tell().unwrap(), []);
    assert_eq!(marked(register, after(1)), []);
}

pub fn another_policy_moves_the_lines_it_is_about(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = import_ended(register, 1, "OK", now());
    let nobody = Progress::unwatched();
    let mut table = PolicyTable::default();
    table.default.documents_days = 4;
    let set = || register.set_policies(&table, now(), &nobody, &stamp());
    assert_eq!(set().unwrap(), 1);
    assert_eq!(set().unwrap(), 0);
    let line = register.get(id).unwrap().unwrap();
    assert_eq!(line.deadline, Some((Lane::Documents, after(4))));
}
