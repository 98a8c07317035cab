//! Whatever happens in whatever order, the life cycle keeps its promises.

use dossiers::CreationState;
use dossiers::life_cycle::{
    CreationEvent, FINAL_STATUSES, Followed, StatusMove, follow, is_final, next,
};
use proptest::prelude::*;

fn events() -> impl Strategy<Value = Vec<CreationEvent>> {
    proptest::collection::vec(proptest::sample::select(&CreationEvent::ALL[..]), 0..40)
}

fn statuses() -> impl Strategy<Value = Vec<(String, bool)>> {
    let word = prop_oneof![
        4 => proptest::sample::select(&FINAL_STATUSES[..]).prop_map(str::to_owned),
        4 => proptest::sample::select(&["NEW", "STARTED"][..]).prop_map(str::to_owned),
        1 => "[A-Z_]{1,12}",
    ];
    proptest::collection::vec((word, proptest::bool::weighted(0.1)), 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_creation_is_sent_again_only_after_it_surely_was_not_processed(events in events()) {
        let mut state = CreationState::Ready;
        let mut may_exist = false;
        for event in events {
            let Ok(after) = next(state, event) else { continue };
            if event == CreationEvent::Send {
                prop_assert!(!may_exist, "sent while a dossier may exist");
                may_exist = true;
            }
            if event == CreationEvent::ReturnToReady {
                prop_assert_eq!(state, CreationState::Sent);
                may_exist = false;
            }
            let ended = [CreationState::Created, CreationState::Refused, CreationState::Closed];
            prop_assert!(!ended.contains(&state), "{:?} left {:?}", event, state);
            state = after;
        }
    }

    #[test]
    fn a_final_status_never_goes_back(statuses in statuses()) {
        let mut known = Followed::default();
        for (status, caller_says_final) in statuses {
            let before = known.clone();
            if let StatusMove::Taken(after) = follow(&known, &status, caller_says_final) {
                known = after;
            }
            if let Some(verdict) = &before.verdict {
                prop_assert_eq!(known.verdict.as_ref(), Some(verdict));
                let allowed = [before.status.as_deref(), Some("DELETED")];
                prop_assert!(allowed.contains(&known.status.as_deref()));
            }
            let goes_on = ["NEW", "STARTED"].contains(&status.as_str());
            if is_final(&status) || (caller_says_final && !goes_on) {
                prop_assert!(known.verdict.is_some());
            }
            if before.status.is_some() && status == "NEW" {
                prop_assert_eq!(&known.status, &before.status);
            }
        }
    }
}
