//! What is tried again while ID360 is unwell is tried again before it is deleted.

use chrono::{DateTime, TimeDelta, Utc};
use dossiers::register::Evidence;
use dossiers::{CaptureEnd, CaptureRule, CaptureTask, DossierId, EvidenceState};
use uuid::Uuid;

use crate::captured::capture;
use crate::desk::{Desk, get, now, stamp};
use crate::elsewhere::{import_ended, keep_report};

fn pause(tries: u32, left: Option<TimeDelta>) -> TimeDelta {
    let task = CaptureTask {
        dossier: DossierId(Uuid::nil()),
        rule: CaptureRule::default(),
        report_is_here: true,
        deadline: left.map(|left| now() + left),
        tries,
        trouble: None,
        retry_at: None,
    };
    task.again_at(now()) - now()
}

#[test]
fn pauses_grow_from_seconds_to_hours_where_nothing_presses() {
    let (seconds, minutes, hours) = (TimeDelta::seconds, TimeDelta::minutes, TimeDelta::hours);
    let grown = [
        seconds(5),
        minutes(1),
        minutes(5),
        minutes(30),
        hours(2),
        hours(6),
        hours(6),
    ];
    for (tries, wanted) in (0..).zip(grown) {
        assert_eq!(pause(tries, None), wanted);
        assert_eq!(pause(tries, Some(TimeDelta::days(6))), wanted);
    }
}

#[test]
fn no_pause_is_longer_than_a_quarter_of_what_is_left_nor_shorter_than_five_seconds() {
    for tries in 0..9 {
        let mut left = TimeDelta::days(7);
        while left > TimeDelta::zero() {
            let pause = pause(tries, Some(left));
            assert!(pause <= (left / 4).max(TimeDelta::seconds(5)), "{left}");
            assert!(pause >= TimeDelta::seconds(5), "{left}");
            left -= left / 3 + TimeDelta::seconds(1);
        }
    }
}

#[test]
fn behind_its_earliest_end_what_may_still_be_there_is_asked_for_every_few_minutes() {
    for late in [0, 3_600] {
        let left = Some(-TimeDelta::seconds(late));
        assert_eq!(pause(0, left), TimeDelta::seconds(5));
        assert_eq!(pause(9, left), TimeDelta::minutes(10));
    }
}

#[test]
fn what_id360_gives_again_hours_before_it_is_deleted_is_captured() {
    let desk = Desk::new();
    let register = desk.open();
    let deadline = now() + TimeDelta::hours(8);
    // ID360's time of the end has no zone: it is read two hours early.
    let ended = deadline + TimeDelta::hours(2) - TimeDelta::days(7);
    let id = import_ended(&register, 1, "KO", ended);
    keep_report(&register, id, "KO", 2);
    let well_again = now() + TimeDelta::minutes(165);
    let captured = captured_after(&register, id, well_again);
    assert!(captured <= well_again + (deadline - well_again) / 3);
    assert_eq!(get(&register, id).evidence, EvidenceState::Kept);
}

/// Every try before `well_again` fails. When the first one behind it comes.
fn captured_after(
    register: &dossiers::EmbeddedRegister,
    id: DossierId,
    well_again: DateTime<Utc>,
) -> DateTime<Utc> {
    let mut at = now();
    loop {
        let due = register.due_for_capture("sandbox", at, 1).unwrap();
        match due.first() {
            Some(_) if at >= well_again => {
                capture(register, id, 2);
                return at;
            }
            Some(task) => {
                let end = CaptureEnd::Later {
                    trouble: "provider_incident".into(),
                    retry_at: task.again_at(at),
                };
                register.end_capture(id, end, &stamp()).unwrap();
            }
            None => at = register.next_retry("sandbox").unwrap().unwrap(),
        }
    }
}
