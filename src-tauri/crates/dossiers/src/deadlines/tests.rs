//! The rules hold for whatever ID360, the settings and the clock say.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::option;
use proptest::prelude::*;

use super::{DeadlinePolicy, NotToBeHad, Outlook, Standing, WARNING_DAYS, next_warning, reached};
use crate::capture::CapturePolicy;
use crate::keeping::{EvidenceState, Lane};

const DAY: i64 = 86_400;

fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_000_000 + seconds, 0).unwrap()
}

fn ended(verdict: &str) -> Standing {
    Standing {
        created: true,
        status: Some(verdict.into()),
        verdict: Some(verdict.into()),
        creation_time: Some(instant(-DAY)),
        finished_time: Some(instant(0)),
        began: instant(-DAY),
        report_kept: false,
        pages: None,
        documents_kept: false,
        idclaim_expected: false,
        idclaim_kept: false,
        ..Standing::default()
    }
}

fn at(standing: &Standing, now: DateTime<Utc>) -> Outlook {
    Outlook::of(standing, DeadlinePolicy::default(), Some(now.timestamp()))
}

fn days(days: i64) -> DateTime<Utc> {
    instant(days * DAY)
}

prop_compose! {
    fn standings()(
        verdict in prop::sample::select(vec!["OK", "KO", "CANCELED", "FAILED", "DISCONTINUED"]),
        is_final in prop::bool::weighted(0.9),
        deleted in prop::bool::weighted(0.1),
        creation in option::of(-90 * DAY..0),
        finish in option::weighted(0.8, 0..90 * DAY),
        report_kept in any::<bool>(),
        pages in option::of(0u32..4),
        documents_kept in any::<bool>(),
        idclaim_expected in any::<bool>(),
        idclaim_kept in any::<bool>(),
        wanted in prop::sample::select(CapturePolicy::ALL.to_vec()),
        gone in any::<(bool, bool, bool)>(),
        some_pages_kept in any::<bool>(),
    ) -> Standing {
        let verdict = is_final.then(|| verdict.to_owned());
        Standing {
            created: true,
            status: if deleted { Some("DELETED".into()) } else { verdict.clone() },
            verdict,
            creation_time: creation.map(instant),
            finished_time: finish.map(instant),
            began: instant(0),
            report_kept,
            pages,
            documents_kept,
            idclaim_expected,
            idclaim_kept,
            wanted,
            wanted_video: false,
            not_to_be_had: NotToBeHad { report: gone.0, documents: gone.1, idclaim: gone.2 },
            some_pages_kept,
        }
    }
}

prop_compose! {
    fn policies()(documents_days in 0u32..100, report_application_days in 0u32..100,
        report_user_days in 0u32..100) -> DeadlinePolicy {
        DeadlinePolicy { documents_days, report_application_days, report_user_days }
    }
}

fn times() -> impl Strategy<Value = i64> {
    (-100 * DAY..300 * DAY).prop_map(|seconds| instant(seconds).timestamp())
}

proptest! {
    #[test]
    fn a_deadline_is_never_later_than_the_shortest_window_in_any_french_reading(
        mut standing in standings(), policy in policies(), summer in 0i64..=2,
    ) {
        standing.report_kept = false;
        standing.pages = Some(1);
        standing.documents_kept = false;
        standing.status = standing.verdict.clone();
        standing.wanted = CapturePolicy::Full;
        standing.not_to_be_had = NotToBeHad::default();
        prop_assume!(standing.verdict.is_some());
        let said = standing.finished_time.or(standing.creation_time);
        let shortest = policy.documents_days.min(policy.report_application_days);
        let shortest = match standing.verdict.as_deref() {
            Some("OK" | "KO") => shortest.min(policy.report_user_days),
            _ => shortest,
        };
        let end = said.unwrap_or(standing.began)
            - TimeDelta::hours(if said.is_some() { summer } else { 0 })
            + TimeDelta::days(shortest.into());
        let (deadline, _) = Outlook::of(&standing, policy, None).deadline.unwrap();
        prop_assert!(deadline <= end.timestamp());
    }

    #[test]
    fn more_days_never_bring_a_deadline_closer(
        standing in standings(), policy in policies(), more in (0u32..9, 0u32..9, 0u32..9),
    ) {
        let longer = DeadlinePolicy {
            documents_days: policy.documents_days + more.0,
            report_application_days: policy.report_application_days + more.1,
            report_user_days: policy.report_user_days + more.2,
        };
        let short = Outlook::of(&standing, policy, None);
        let long = Outlook::of(&standing, longer, None);
        prop_assert_eq!(short.deadline.is_some(), long.deadline.is_some());
        prop_assert!(short.deadline.map(|(at, _)| at) <= long.deadline.map(|(at, _)| at));
        prop_assert!(short.moves_at <= long.moves_at);
    }

    #[test]
    fn time_alone_takes_away_and_never_gives_back(
        standing in standings(), policy in policies(), first in times(), later in 0..200 * DAY,
    ) {
        let before = Outlook::of(&standing, policy, Some(first));
        let after = Outlook::of(&standing, policy, Some(first + later));
        match before.evidence {
            EvidenceState::Due => prop_assert_ne!(after.evidence, EvidenceState::None),
            settled => prop_assert_eq!(after.evidence, settled),
        }
        prop_assert!(before.lost_at <= after.lost_at);
        // Nothing changes before the instant that was told.
        if before.moves_at.is_none_or(|moves| first + later < moves) {
            prop_assert_eq!(before.deadline, after.deadline);
            prop_assert_eq!(before.evidence, after.evidence);
        }
    }

    #[test]
    fn what_is_told_of_a_dossier_fits_together(
        standing in standings(), policy in policies(), now in times(),
    ) {
        let outlook = Outlook::of(&standing, policy, Some(now));
        prop_assert_eq!(outlook.deadline.is_some(), outlook.moves_at.is_some());
        if let (Some((deadline, _)), Some(moves)) = (outlook.deadline, outlook.moves_at) {
            prop_assert_eq!(outlook.evidence, EvidenceState::Due);
            prop_assert!(deadline < moves && now < moves);
        }
        let all = standing.wanted == CapturePolicy::Full;
        let expects_documents = all && standing.pages != Some(0);
        let expects_idclaim =
            all && standing.idclaim_expected && standing.verdict.as_deref() == Some("OK");
        let all_kept = standing.report_kept
            && (!expects_documents || standing.documents_kept)
            && (!expects_idclaim || standing.idclaim_kept);
        if standing.verdict.is_none() || standing.wanted == CapturePolicy::ReferencesOnly {
            prop_assert_eq!(outlook.evidence, EvidenceState::None);
        } else {
            prop_assert_eq!(outlook.evidence == EvidenceState::Kept, all_kept);
        }
        if standing.report_kept || standing.some_pages_kept {
            prop_assert_ne!(outlook.evidence, EvidenceState::Lost);
        }
    }

    #[test]
    fn the_next_warning_is_the_first_day_not_reached(
        start in times(), window in 1..80_i64, after in 0..90 * DAY,
    ) {
        let deadline = start + window * DAY;
        let day = reached(start, Some(deadline), start + after);
        prop_assert!(i64::from(day) <= after / DAY);
        let next = next_warning(start, deadline, day);
        prop_assert!(next.is_none_or(|next| next > start + after));
        let last = i64::from(*WARNING_DAYS.last().unwrap()).max(window - 1);
        prop_assert_eq!(next.is_none(), i64::from(day) == last);
    }
}

#[test]
fn documents_go_after_a_week_and_the_report_of_an_archived_dossier_much_later() {
    let ok = ended("OK");
    let told = |days_gone| at(&ok, days(days_gone));
    let early = |end: i64| (days(end) - TimeDelta::hours(2)).timestamp();
    assert_eq!(told(0).deadline, Some((early(7), Lane::Documents)));
    assert_eq!(told(8).deadline, Some((early(60), Lane::Report)));
    assert_eq!(told(8).evidence, EvidenceState::Due);
    // The archive still has the report, without a known end.
    assert_eq!(told(61).deadline, None);
    assert_eq!(told(61).evidence, EvidenceState::Due);
    assert_eq!(told(61).lost_at, Some(early(7)));
}

#[test]
fn nothing_of_a_canceled_or_failed_dossier_outlives_its_first_week() {
    for verdict in ["CANCELED", "FAILED", "DISCONTINUED"] {
        let told = at(&ended(verdict), days(1));
        let end = (days(7) - TimeDelta::hours(2)).timestamp();
        assert_eq!(told.deadline, Some((end, Lane::NoArchive)), "{verdict}");
        assert_eq!(at(&ended(verdict), days(8)).evidence, EvidenceState::Lost);
    }
}

#[test]
fn a_report_without_pages_leaves_no_documents_to_keep() {
    let told = |pages| {
        let standing = Standing {
            report_kept: true,
            pages,
            ..ended("KO")
        };
        at(&standing, days(1)).evidence
    };
    assert_eq!(told(Some(0)), EvidenceState::Kept);
    assert_eq!(told(Some(1)), EvidenceState::Due);
    assert_eq!(told(None), EvidenceState::Due);
}

#[test]
fn only_a_positive_verdict_is_waited_on_for_its_idclaim() {
    let told = |verdict| {
        let standing = Standing {
            report_kept: true,
            documents_kept: true,
            idclaim_expected: true,
            ..ended(verdict)
        };
        at(&standing, days(1)).evidence
    };
    assert_eq!(told("OK"), EvidenceState::Due);
    assert_eq!(told("KO"), EvidenceState::Kept);
}

#[test]
fn documents_that_went_while_the_report_was_kept_leave_a_part() {
    let standing = Standing {
        report_kept: true,
        pages: Some(2),
        ..ended("OK")
    };
    assert_eq!(at(&standing, days(8)).evidence, EvidenceState::Partial);
    assert_eq!(at(&standing, days(8)).lost_at, None);
}

#[test]
fn what_a_capture_found_to_be_gone_is_waited_for_no_more() {
    let standing = Standing {
        report_kept: true,
        pages: Some(2),
        not_to_be_had: NotToBeHad {
            documents: true,
            ..NotToBeHad::default()
        },
        ..ended("OK")
    };
    let told = at(&standing, days(1));
    assert_eq!(
        (told.evidence, told.deadline),
        (EvidenceState::Partial, None)
    );
    let without_report = |some_pages_kept| {
        let standing = Standing {
            report_kept: false,
            some_pages_kept,
            ..standing.clone()
        };
        let gone = Standing {
            not_to_be_had: NotToBeHad {
                report: true,
                ..standing.not_to_be_had
            },
            ..standing
        };
        at(&gone, days(1)).evidence
    };
    assert_eq!(without_report(false), EvidenceState::Lost);
    assert_eq!(without_report(true), EvidenceState::Partial);
}

#[test]
fn a_window_is_given_up_only_in_the_latest_reading_of_its_time() {
    let canceled = ended("CANCELED");
    let told = |now| at(&canceled, now).evidence;
    assert_eq!(told(days(7) - TimeDelta::seconds(1)), EvidenceState::Due);
    assert_eq!(told(days(7)), EvidenceState::Lost);
}

#[test]
fn a_dossier_that_ended_at_an_unknown_time_is_not_given_up_with_its_creation() {
    let standing = Standing {
        finished_time: None,
        creation_time: Some(days(-30)),
        ..ended("CANCELED")
    };
    let told = at(&standing, days(0));
    assert_eq!(told.evidence, EvidenceState::Due);
    assert!(
        told.deadline
            .is_some_and(|(at, _)| at < days(0).timestamp())
    );
}

#[test]
fn a_deleted_dossier_has_at_most_an_archived_report() {
    let deleted = |verdict: &str| {
        let standing = Standing {
            status: Some("DELETED".into()),
            ..ended(verdict)
        };
        at(&standing, days(1))
    };
    assert_eq!(deleted("OK").evidence, EvidenceState::Due);
    assert_eq!(deleted("OK").deadline, None);
    assert_eq!(deleted("FAILED").evidence, EvidenceState::Lost);
    assert_eq!(deleted("DELETED").evidence, EvidenceState::Lost);
}
