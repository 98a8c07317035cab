//! A person is warned on the days that were promised, once each, and by the true clock.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use dossiers::register::{Creations, Deadlines, Following, Journal, Listing};
use dossiers::{
    Act, ActQuery, DeadlinePolicy, EmbeddedRegister, EvidenceState, Imported, Kept, Lane,
    PolicyTable, Progress, Query, RegisterError, ReportFacts, ReportKind, Stamp, StoredReport,
    Warning,
};

use crate::desk::{Desk, create, create_unknown, get, new_dossier, now, stamp};
use crate::elsewhere::{by, ended, facts, id_of, import, import_ended, keep_report};

/// After the window of a dossier that ended `now` opened, at the earliest reading.
fn after(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::hours(2) + TimeDelta::days(days)
}

fn given(register: &EmbeddedRegister, at: DateTime<Utc>) -> Vec<Warning> {
    while register.mark_warnings(at).unwrap() {}
    let told = register.warnings_to_tell().unwrap();
    register.warnings_told(&told, &stamp()).unwrap();
    told
}

fn warned(register: &EmbeddedRegister, at: DateTime<Utc>) -> Vec<(Lane, u32, u64)> {
    let told = given(register, at);
    told.iter()
        .map(|warning: &Warning| (warning.lane, warning.day, warning.dossiers))
        .collect()
}

fn documents_days(days: u32) -> PolicyTable {
    let mut table = PolicyTable::default();
    let policy = DeadlinePolicy {
        documents_days: days,
        ..DeadlinePolicy::default()
    };
    table
        .processes
        .insert(("sandbox".into(), "opening".into()), policy);
    table
}

fn set(register: &EmbeddedRegister, table: &PolicyTable) -> u64 {
    register
        .set_policies(table, now(), &Progress::unwatched(), &by("a.martin"))
        .unwrap()
}

#[test]
fn warnings_come_on_days_one_three_five_and_six() {
    let desk = Desk::new();
    let register = desk.open();
    import_ended(&register, 1, "OK", now());
    let mut days = Vec::new();
    for hour in 0..24 * 9 {
        let at = now() - TimeDelta::hours(2) + TimeDelta::hours(hour);
        for (_, day, _) in warned(&register, at) {
            assert_eq!(hour, i64::from(day) * 24);
            days.push(day);
        }
    }
    assert_eq!(days, [1, 3, 5, 6]);
}

/// Lane, day and hour of every warning of so many days.
fn told_in(register: &EmbeddedRegister, days: i64) -> Vec<(Lane, u32)> {
    let mut told = Vec::new();
    for hour in 0..=24 * days {
        let at = after(0) + TimeDelta::hours(hour);
        for (lane, day, _) in warned(register, at) {
            assert_eq!(hour, i64::from(day) * 24);
            told.push((lane, day));
        }
    }
    told
}

#[test]
fn a_long_window_is_warned_of_again_when_two_days_and_one_day_are_left() {
    let desk = Desk::new();
    let register = desk.open();
    set(&register, &documents_days(30));
    let id = import_ended(&register, 1, "OK", now());
    keep_report(&register, id, "OK", 1);
    let days = [1, 3, 5, 6, 28, 29].map(|day| (Lane::Documents, day));
    assert_eq!(told_in(&register, 31), days);
}

#[test]
fn the_report_is_warned_of_before_its_own_end_when_the_documents_are_gone() {
    let desk = Desk::new();
    let register = desk.open();
    import_ended(&register, 1, "OK", now());
    let told = told_in(&register, 61);
    let documents = [1, 3, 5, 6].map(|day| (Lane::Documents, day));
    let report = [58, 59].map(|day| (Lane::Report, day));
    assert_eq!(told, [documents.as_slice(), &report].concat());
}

#[test]
fn a_short_window_is_warned_of_on_the_day_before_it_ends_too() {
    let desk = Desk::new();
    let register = desk.open();
    set(&register, &documents_days(5));
    let id = import_ended(&register, 1, "OK", now());
    keep_report(&register, id, "OK", 1);
    let days = [1, 3, 4, 5].map(|day| (Lane::Documents, day));
    assert_eq!(told_in(&register, 6), days);
}

#[test]
fn days_that_were_missed_become_one_warning() {
    let desk = Desk::new();
    let register = desk.open();
    import(
        &register,
        vec![ended(1, "OK", now()), ended(2, "CANCELED", now())],
    );
    let told = [(Lane::Documents, 5, 1), (Lane::NoArchive, 5, 1)];
    assert_eq!(warned(&register, after(5) + TimeDelta::hours(7)), told);
    assert_eq!(warned(&register, after(5) + TimeDelta::hours(8)), []);
    drop(register);
    assert_eq!(warned(&desk.open(), after(5) + TimeDelta::hours(9)), []);
}

/// Of acts of warning.
fn counted(acts: &[(Option<String>, String)]) -> Vec<u64> {
    let count = |(_, detail): &(_, String)| detail.rsplit('=').next().unwrap().parse().unwrap();
    acts.iter().map(count).collect()
}

#[test]
fn after_a_week_off_the_register_is_held_for_a_part_at_a_time_and_what_is_told_is_one_number() {
    let desk = Desk::new();
    let register = desk.open();
    let lines = (1..=2_500)
        .map(|number| ended(number, "OK", now() - TimeDelta::seconds(number)))
        .collect();
    import(&register, lines);
    let mut more = true;
    let mut parts = Vec::new();
    while more {
        more = register.mark_warnings(after(5)).unwrap();
        // A launch at the counter, in between.
        create_unknown(&register);
        parts.push(register.warnings_to_tell().unwrap()[0].dossiers);
    }
    assert_eq!(parts, [1_000, 2_000, 2_500]);
    let told = register.warnings_to_tell().unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].day, told[0].dossiers), (5, 2_500));
    assert_eq!(told[0].closest, after(7) - TimeDelta::seconds(2_500));
    assert_eq!(acts(&register, Act::Warned), [], "nobody was told yet");
    register.warnings_told(&told, &stamp()).unwrap();
    assert_eq!(counted(&acts(&register, Act::Warned)), [2_500]);
    assert_eq!(warned(&register, after(5)), []);
}

#[test]
fn a_launch_has_its_turn_between_two_parts_of_a_long_move() {
    let desk = Desk::new();
    let register = desk.open();
    let lines = (1..=8_000).map(|number| ended(number, "OK", now()));
    import(&register, lines.collect());
    let moved = AtomicBool::new(false);
    let launches = std::thread::scope(|scope| {
        scope.spawn(|| {
            assert_eq!(register.roll(after(8)).unwrap(), 8_000);
            moved.store(true, Ordering::Relaxed);
        });
        let mut launches = 0;
        while !moved.load(Ordering::Relaxed) {
            register.prepare(new_dossier(None), &stamp()).unwrap();
            launches += 1;
        }
        launches
    });
    // The move has eight parts.
    assert!(launches >= 6, "{launches} turns between eight parts");
}

#[test]
fn a_stop_between_two_parts_loses_no_warning_and_gives_none_twice() {
    let desk = Desk::new();
    let register = desk.open();
    let lines = (1..=2_500).map(|number| ended(number, "OK", now()));
    import(&register, lines.collect());
    let all = [(Lane::Documents, 3, 2_500)];
    for stop_after in 1..=3 {
        register.mark_warnings(after(3)).unwrap();
        let killed = desk.crash();
        let register = killed.open();
        assert_eq!(
            warned(&register, after(3)),
            all,
            "stopped after {stop_after}"
        );
        assert_eq!(warned(&register, after(3)), []);
        let counts = counted(&acts(&register, Act::Warned));
        assert_eq!(counts.iter().sum::<u64>(), 2_500);
        // What was told is not told again either.
        drop(register);
        assert_eq!(warned(&killed.open(), after(3)), []);
    }
}

#[test]
fn nobody_is_warned_of_what_is_kept() {
    let desk = Desk::new();
    let register = desk.open();
    let id = import_ended(&register, 1, "OK", now());
    assert_eq!(warned(&register, after(1)).len(), 1);
    keep_report(&register, id, "OK", 1);
    assert_eq!(warned(&register, after(3)).len(), 1);
    register.record_kept(id, Kept::Documents, &stamp()).unwrap();
    assert_eq!(warned(&register, after(6)), []);
}

fn acts(register: &EmbeddedRegister, act: Act) -> Vec<(Option<String>, String)> {
    let query = ActQuery {
        acts: vec![act.as_str().into()],
        ..ActQuery::default()
    };
    let page = register.entries(&query, 0, 50, &Progress::unwatched());
    let entries = page.unwrap().entries.into_iter().rev();
    entries
        .map(|entry| {
            assert_eq!(entry.dossier, None);
            (entry.actor, entry.detail)
        })
        .collect()
}

#[test]
fn a_warning_is_an_act_without_names() {
    let desk = Desk::new();
    let register = desk.open();
    let named = |number| Imported {
        reference: Some("CLI-7".into()),
        last_name: Some("VALMONTEL".into()),
        first_name: Some("Ondine".into()),
        email: Some("ondine.valmontel@courrier.example".into()),
        phone_number: Some("+33 6 39 98 12 34".into()),
        ..ended(number, "OK", now())
    };
    import(&register, vec![named(900_001), named(900_002)]);
    let told = given(&register, after(1));
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].environment_id, "sandbox");
    assert_eq!(told[0].closest, after(7));
    let detail = "sandbox documents day=1 dossiers=2";
    assert_eq!(acts(&register, Act::Warned), [(None, detail.to_owned())]);
    let ids = [900_001, 900_002].map(|number| id_of(&register, number).to_string());
    let data = [
        "CLI-7",
        "VALMONTEL",
        "Ondine",
        "courrier.example",
        "39 98",
        "90000",
    ];
    for word in data.into_iter().chain(ids.iter().map(String::as_str)) {
        assert!(!detail.contains(word), "{word}");
    }
}

#[test]
fn a_change_of_policies_is_an_act_that_says_which_days_count_where() {
    let desk = Desk::new();
    let register = desk.open();
    set(&register, &documents_days(4));
    // The same table is no change.
    set(&register, &documents_days(4));
    let mut table = PolicyTable::default();
    table.default.report_user_days = 90;
    let environment = DeadlinePolicy {
        documents_days: 10,
        report_application_days: 12,
        report_user_days: 30,
    };
    table.environments.insert("production".into(), environment);
    set(&register, &table);
    let by = Some("a.martin".to_owned());
    assert_eq!(
        acts(&register, Act::PolicyChanged),
        [
            (by.clone(), "sandbox/opening 4/7/60".to_owned()),
            (
                by,
                "/ 7/7/90, production/ 10/12/30, sandbox/opening -".to_owned()
            ),
        ]
    );
}

#[test]
fn a_clock_that_was_years_ahead_loses_nothing_for_good() {
    let desk = Desk::new();
    let register = desk.open();
    let id = import_ended(&register, 1, "CANCELED", now());
    assert_eq!(warned(&register, after(1)).len(), 1);
    assert!(register.roll(after(1_000)).unwrap() > 0);
    assert_eq!(get(&register, id).evidence, EvidenceState::Lost);
    register.roll(after(2)).unwrap();
    assert_eq!(get(&register, id).evidence, EvidenceState::Due);
    assert_eq!(
        get(&register, id).deadline,
        Some((Lane::NoArchive, after(7)))
    );
    assert_eq!(warned(&register, after(2)), []);
    assert_eq!(warned(&register, after(3)), [(Lane::NoArchive, 3, 1)]);
}

#[test]
fn warnings_given_by_a_clock_that_was_ahead_come_again_on_their_day() {
    let desk = Desk::new();
    let register = desk.open();
    import_ended(&register, 1, "OK", now());
    assert_eq!(warned(&register, after(6)), [(Lane::Documents, 6, 1)]);
    // The first day came, and was in what was said on the sixth.
    assert_eq!(warned(&register, after(1)), []);
    assert_eq!(warned(&register, after(3)), [(Lane::Documents, 3, 1)]);
}

#[test]
fn a_window_that_turns_out_to_have_opened_later_is_warned_of_from_its_first_day_on() {
    let desk = Desk::new();
    let register = desk.open();
    // Of its end only the verdict is known: the window seems to have opened with its creation.
    let id = create(&register, 1);
    register.record_status(id, "KO", true, &stamp()).unwrap();
    for day in [1_u32, 3, 5, 6] {
        let told = [(Lane::Documents, day, 1)];
        assert_eq!(warned(&register, after(i64::from(day))), told);
    }
    let report = StoredReport {
        kind: ReportKind::Final,
        raw: b"{}".to_vec(),
        read_at: now(),
    };
    let said = ReportFacts {
        finished_time: Some(now() + TimeDelta::days(6)),
        ..facts("KO", Some(2))
    };
    register.record_report(id, report, said, &stamp()).unwrap();
    let told: Vec<_> = (6..14)
        .flat_map(|day| warned(&register, after(day)))
        .collect();
    let days = [1, 3, 5, 6].map(|day| (Lane::Documents, day, 1));
    assert_eq!(told, days);
}

#[test]
fn what_was_told_a_moment_ago_by_a_clock_that_trembles_is_not_told_again() {
    let desk = Desk::new();
    let register = desk.open();
    let id = import_ended(&register, 1, "OK", now());
    assert_eq!(warned(&register, after(1)), [(Lane::Documents, 1, 1)]);
    let before = after(1) - TimeDelta::seconds(30);
    let other = now() - TimeDelta::days(2) - TimeDelta::seconds(30);
    import_ended(&register, 2, "OK", other);
    assert_eq!(warned(&register, before), [(Lane::Documents, 3, 1)]);
    keep_report(&register, id, "OK", 1);
    assert_eq!(warned(&register, after(1)), []);
}

#[test]
fn a_clock_that_trembles_moves_nothing() {
    let desk = Desk::new();
    let register = desk.open();
    import_ended(&register, 1, "CANCELED", now());
    let end = after(7) + TimeDelta::hours(2);
    assert_eq!(register.roll(end).unwrap(), 1);
    assert_eq!(register.roll(end - TimeDelta::seconds(30)).unwrap(), 0);
    assert_eq!(register.roll(end).unwrap(), 0);
}

#[test]
fn a_desk_whose_own_clock_is_years_off_counts_by_the_servers() {
    let ours = now() - TimeDelta::days(3_000);
    let ahead = TimeDelta::days(3_000);
    let stamp = Stamp::desk(ours).with_server_offset(ahead);
    let desk = Desk::new();
    let register = desk.open();
    // ID360 told no time of this one.
    let id = register.prepare(new_dossier(None), &stamp).unwrap();
    register.mark_sent(id, &stamp).unwrap();
    register.mark_unknown(id, b"", &stamp).unwrap();
    register.attach(id, 1, None, &stamp).unwrap();
    let end = now() + TimeDelta::days(7);
    assert_eq!(get(&register, id).documents_until, Some(end));
    register.record_status(id, "KO", true, &stamp).unwrap();
    assert_eq!(get(&register, id).deadline, Some((Lane::Documents, end)));
    let unknown = get(&register, create_unknown(&register));
    assert_eq!(unknown.deadline, None);
}

#[test]
fn another_policy_moves_the_lines_of_its_process_only() {
    let desk = Desk::new();
    let register = desk.open();
    let id = import_ended(&register, 1, "OK", now());
    let nobody = Progress::unwatched();
    let other = crate::elsewhere::batch_of("sandbox", "loan");
    dossiers::register::Imports::import(
        &register,
        other,
        vec![ended(2, "OK", now())],
        &nobody,
        &stamp(),
    )
    .unwrap();
    assert_eq!(set(&register, &documents_days(4)), 1);
    assert_eq!(
        get(&register, id).deadline,
        Some((Lane::Documents, after(4)))
    );
    let other = get(&register, id_of(&register, 2));
    assert_eq!(other.deadline, Some((Lane::Documents, after(7))));
    assert_eq!(set(&register, &documents_days(4)), 0);
    // A dossier that comes later is told by it too.
    let later = import_ended(&register, 3, "OK", now());
    assert_eq!(get(&register, later).documents_until, Some(after(4)));
}

#[test]
fn a_change_of_policies_that_was_stopped_is_finished_the_next_time() {
    let desk = Desk::new();
    let register = desk.open();
    import(
        &register,
        (0..2_500)
            .map(|number| ended(number, "OK", now()))
            .collect(),
    );
    let asked = std::sync::Arc::new(std::sync::Mutex::new(None::<Progress>));
    let held = asked.clone();
    let progress = Progress::told_to(move |done, total| {
        assert_eq!(total, 2_500);
        if done > 0 {
            held.lock().unwrap().as_ref().unwrap().cancel();
        }
    });
    *asked.lock().unwrap() = Some(progress.clone());
    let table = documents_days(4);
    let set_once = register.set_policies(&table, now(), &progress, &stamp());
    assert!(matches!(set_once, Err(RegisterError::Cancelled)));
    // What a kill leaves now has some lines told by the old table and some by the new one.
    let killed = desk.crash();
    let old = due_on(&killed.open(), after(7));
    assert_eq!((old, due_on(&killed.open(), after(4))), (500, 2_000));
    assert_eq!(set(&register, &table), 500);
    assert_eq!(due_on(&register, after(4)), 2_500);
    let register = killed.open();
    register.roll(now()).unwrap();
    assert_eq!(due_on(&register, after(4)), 2_500);
}

fn due_on(register: &EmbeddedRegister, end: DateTime<Utc>) -> usize {
    let page = register
        .list(&Query::default(), 0, 5_000, &Progress::unwatched())
        .unwrap();
    page.rows
        .iter()
        .filter(|line| line.documents_until == Some(end))
        .count()
}
