//! What opening the register found, as far as a person is to know of it.

use std::sync::Mutex;

use dossiers::Opening;

use crate::{
    desk::{Desk, locked},
    list::views,
    views::session::{OpeningNotice, SessionView},
};

/// What the last opening found, until somebody has read it or left the desk.
#[derive(Debug, Default)]
pub(crate) struct FoundAtOpening(Mutex<Found>);

#[derive(Debug, Clone, Copy, Default)]
struct Found {
    opening: Opening,
    /// A person chose to go on from a copy of before.
    from_copy: bool,
    /// Creations whose kept answer told their outcome right after the opening.
    settled: u64,
}

impl FoundAtOpening {
    pub(crate) fn note(&self, opening: Opening, from_copy: bool) {
        *locked(&self.0) = Found {
            opening,
            from_copy,
            settled: 0,
        };
    }

    pub(crate) fn settled(&self, creations: u64) {
        locked(&self.0).settled += creations;
    }

    pub(crate) fn forget(&self) {
        *locked(&self.0) = Found::default();
    }

    pub(crate) fn notices(&self) -> Vec<OpeningNotice> {
        let found = *locked(&self.0);
        found.notices()
    }
}

impl Found {
    /// The gravest first. A register that was begun, and an append that never ended, take nothing from anybody.
    fn notices(self) -> Vec<OpeningNotice> {
        let Opening {
            created,
            restored,
            unknown,
            journal_torn: _,
            journal_damaged,
            journal_missing,
        } = self.opening;
        let mut told = Vec::new();
        if created && restored > 0 {
            let steps = count(restored);
            told.push(OpeningNotice::RegisterRebuilt { steps });
        }
        if journal_damaged {
            // Whatever the database of before knew was not read from there.
            let lacking = created || restored > 0 || self.from_copy;
            told.push(OpeningNotice::JournalDamaged { lacking });
        }
        if journal_missing {
            let lacking = self.from_copy;
            told.push(OpeningNotice::JournalMissing { lacking });
        }
        let unknown = unknown.saturating_sub(self.settled);
        if unknown > 0 {
            told.push(OpeningNotice::OutcomesUnknown {
                dossiers: count(unknown),
                filters: vec![views::unknown()],
            });
        }
        if !created && restored > 0 {
            let steps = count(restored);
            told.push(OpeningNotice::StepsRestored { steps });
        }
        told
    }
}

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Desk {
    /// The person has read what the opening found, and is not told again.
    pub fn dismiss_opening(&self) -> SessionView {
        self.at_opening().forget();
        self.session_view()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::list::ListFilter;

    fn told(opening: Opening) -> Vec<OpeningNotice> {
        let found = FoundAtOpening::default();
        found.note(opening, false);
        found.notices()
    }

    fn after_restoring(opening: Opening) -> Vec<OpeningNotice> {
        let found = FoundAtOpening::default();
        found.note(opening, true);
        found.notices()
    }

    fn unknown(dossiers: u32) -> OpeningNotice {
        let filters = vec![ListFilter::Status {
            not: false,
            words: vec!["OUTCOME_UNKNOWN".to_owned()],
        }];
        OpeningNotice::OutcomesUnknown { dossiers, filters }
    }

    #[test]
    fn nobody_is_told_of_a_register_that_was_closed_in_order_or_has_just_begun() {
        let nothing = Opening::default();
        assert_eq!(told(nothing), []);
        let created = true;
        assert_eq!(told(Opening { created, ..nothing }), []);
        assert_eq!(after_restoring(nothing), []);
    }

    #[test]
    fn an_append_that_never_ended_worries_nobody_since_nothing_acknowledged_is_missing() {
        let torn = Opening {
            journal_torn: true,
            ..Opening::default()
        };
        assert_eq!(told(torn), []);
        assert_eq!(told(Opening { unknown: 1, ..torn }), [unknown(1)]);
    }

    #[test]
    fn creations_that_were_under_way_are_counted_with_the_list_that_shows_them() {
        let opening = Opening {
            unknown: 2,
            ..Opening::default()
        };
        assert_eq!(told(opening), [unknown(2)]);
    }

    #[test]
    fn a_creation_whose_kept_answer_told_its_outcome_is_not_called_unknown() {
        let found = FoundAtOpening::default();
        let opening = Opening {
            restored: 1,
            unknown: 2,
            ..Opening::default()
        };
        found.note(opening, false);
        found.settled(1);
        let restored = OpeningNotice::StepsRestored { steps: 1 };
        assert_eq!(found.notices(), [unknown(1), restored.clone()]);
        found.settled(1);
        assert_eq!(found.notices(), [restored]);
    }

    #[test]
    fn steps_that_came_back_into_a_register_are_told_apart_from_a_register_made_of_them_alone() {
        let opening = Opening {
            restored: 12,
            ..Opening::default()
        };
        assert_eq!(told(opening), [OpeningNotice::StepsRestored { steps: 12 }]);
        let created = true;
        assert_eq!(
            told(Opening { created, ..opening }),
            [OpeningNotice::RegisterRebuilt { steps: 12 }]
        );
    }

    #[test]
    fn a_damaged_journal_may_lack_creations_only_where_the_register_had_need_of_it() {
        let damaged = |lacking| OpeningNotice::JournalDamaged { lacking };
        let opening = Opening {
            journal_damaged: true,
            ..Opening::default()
        };
        assert_eq!(told(opening), [damaged(false)]);
        assert_eq!(after_restoring(opening), [damaged(true)]);
        let created = true;
        assert_eq!(told(Opening { created, ..opening }), [damaged(true)]);
        let restored = 3;
        assert_eq!(
            told(Opening {
                restored,
                ..opening
            }),
            [damaged(true), OpeningNotice::StepsRestored { steps: 3 }]
        );
    }

    #[test]
    fn a_journal_that_is_gone_lacks_creations_only_beside_a_copy_of_before() {
        let missing = |lacking| OpeningNotice::JournalMissing { lacking };
        let opening = Opening {
            journal_missing: true,
            ..Opening::default()
        };
        assert_eq!(told(opening), [missing(false)]);
        assert_eq!(after_restoring(opening), [missing(true)]);
    }

    #[test]
    fn the_gravest_comes_first() {
        let opening = Opening {
            created: true,
            restored: 40,
            unknown: 1,
            journal_torn: false,
            journal_damaged: true,
            journal_missing: false,
        };
        assert_eq!(
            told(opening),
            [
                OpeningNotice::RegisterRebuilt { steps: 40 },
                OpeningNotice::JournalDamaged { lacking: true },
                unknown(1),
            ]
        );
    }
}
