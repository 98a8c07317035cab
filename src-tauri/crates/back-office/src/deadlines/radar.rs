//! What is about to be lost, with the one thing to do about each.

use chrono::TimeDelta;
use dossiers::{Dossier, Lane, Progress, ReportKind};

use crate::{
    desk::Desk,
    errors::DeskError,
    list::{Rows, views},
    present,
    views::{
        deadlines::{HomeView, Lane as LaneView, NextAct, RadarCard, RadarLane, RadarView, Tally},
        error::ErrorCode,
        evidence::CaptureActivity,
        list::{ListFilter, Stretch},
    },
};

/// Cards of one lane.
const CARDS: u32 = 50;

impl Desk {
    /// Of the signed-in environment; of all of them while nobody is signed in.
    pub async fn radar(&self) -> Result<RadarView, DeskError> {
        self.roll().await?;
        let environment = self.signed_in_environment();
        let counted = environment.clone();
        let true_now = self.true_now();
        let radar = self
            .on_register(move |register, _| {
                register.radar(counted.as_deref(), true_now, CARDS, &Progress::unwatched())
            })
            .await?;
        Ok(RadarView {
            lanes: radar
                .lanes
                .into_iter()
                .map(|lane| RadarLane {
                    lane: lane_view(lane.lane),
                    within_a_day: count(lane.within_a_day),
                    within_two_days: count(lane.within_two_days),
                    within_a_week: count(lane.within_a_week),
                    later: count(lane.later),
                    cards: self.cards(lane.cards),
                })
                .collect(),
            filters: within(environment.as_deref(), views::due()),
            lost: tally(
                radar.lost,
                within(environment.as_deref(), ListFilter::Lost { not: false }),
            ),
            clock_offset_minutes: minutes_told(self.clock_offset()),
            capture: self.capture_activity(),
        })
    }

    /// Of the signed-in environment; of all of them while nobody is signed in.
    pub async fn home(&self) -> Result<HomeView, DeskError> {
        self.roll().await?;
        let environment = self.signed_in_environment();
        let counted = environment.clone();
        let true_now = self.true_now();
        let home = self
            .on_register(move |register, _| {
                register.home(counted.as_deref(), true_now, &Progress::unwatched())
            })
            .await?;
        let verification = self.verification_view().await?;
        let shown = Rows::of(self);
        let rows =
            |dossiers: Vec<Dossier>| dossiers.into_iter().map(|one| shown.row(one)).collect();
        let tally = |dossiers, filter| tally(dossiers, within(environment.as_deref(), filter));
        Ok(HomeView {
            to_treat: tally(home.to_treat, views::to_treat()),
            due_soon: tally(home.due_soon, due_soon()),
            troubled: tally(home.troubled, ListFilter::Troubled { not: false }),
            in_progress: tally(home.in_progress, views::in_progress()),
            unknown: tally(home.unknown, views::unknown()),
            nearest: self.cards(home.nearest),
            running: rows(home.running),
            latest: rows(home.latest),
            verification,
            capture: self.capture_activity(),
            chain: self.chain_state(),
            backup_trouble: self.backup_trouble().get(),
        })
    }

    fn captures_by_itself(&self) -> bool {
        matches!(
            self.capture_activity(),
            CaptureActivity::Idle | CaptureActivity::Running { .. }
        )
    }

    fn signed_in_environment(&self) -> Option<String> {
        self.session_or_none()
            .map(|session| session.environment_id().to_owned())
    }

    fn cards(&self, dossiers: Vec<Dossier>) -> Vec<RadarCard> {
        let shown = Rows::of(self);
        let offset = self.clock_offset();
        dossiers
            .into_iter()
            .filter_map(|dossier| {
                let (lane, at) = dossier.deadline?;
                Some(RadarCard {
                    lane: lane_view(lane),
                    at: present::time(at),
                    here: present::time(super::here(at, offset)),
                    next: self.next_act(&dossier, lane),
                    row: shown.row(dossier),
                })
            })
            .collect()
    }

    fn next_act(&self, dossier: &Dossier, lane: Lane) -> NextAct {
        let is_reachable = self
            .session_or_none()
            .is_some_and(|session| session.environment_id() == dossier.environment_id);
        if !is_reachable {
            return NextAct::SignIn {
                environment_id: dossier.environment_id.clone(),
            };
        }
        let kept = dossier.report_kind == Some(ReportKind::Final);
        let as_user = self.user_session(&dossier.environment_id).is_some();
        // Of an end at an unknown time the window may be open still: ID360 is asked, and says.
        let out_of_reach = !kept
            && !as_user
            && dossier.finished_time.is_some()
            && dossier
                .report_application_until
                .is_some_and(|until| until <= self.true_now());
        let trouble = dossier.trouble.as_deref().map(ErrorCode::from_word);
        // The pages to take are those that the report lists.
        let is_capture = lane == Lane::Documents && kept;
        match trouble {
            Some(ErrorCode::ReportNeedsUser) if as_user => NextAct::KeepReport,
            Some(ErrorCode::ReportNeedsUser) => NextAct::SignInAsUser,
            trouble if is_capture => NextAct::Capture {
                by_itself: trouble.is_none() && self.captures_by_itself(),
                trouble,
            },
            Some(trouble) => NextAct::Look { trouble },
            None if out_of_reach => NextAct::SignInAsUser,
            None => NextAct::KeepReport,
        }
    }
}

fn lane_view(lane: Lane) -> LaneView {
    match lane {
        Lane::Documents => LaneView::Documents,
        Lane::Report => LaneView::Report,
        Lane::NoArchive => LaneView::NoArchive,
    }
}

fn due_soon() -> ListFilter {
    ListFilter::Deadline {
        not: false,
        stretch: Stretch::WithinHours { hours: 48 },
    }
}

/// What a count of one environment leaves out, the list leaves out too.
fn within(environment: Option<&str>, filter: ListFilter) -> Vec<ListFilter> {
    let environment = environment.map(|id| ListFilter::Environment {
        not: false,
        ids: vec![id.to_owned()],
    });
    std::iter::once(filter).chain(environment).collect()
}

fn tally(dossiers: u64, filters: Vec<ListFilter>) -> Tally {
    Tally {
        dossiers: count(dossiers),
        filters,
    }
}

/// To the closest minute; less than one is no difference worth a word.
fn minutes_told(offset: TimeDelta) -> Option<i32> {
    let seconds = offset.num_seconds();
    let minutes = (seconds + 30 * seconds.signum()) / 60;
    i32::try_from(minutes).ok().filter(|_| seconds.abs() >= 60)
}

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
