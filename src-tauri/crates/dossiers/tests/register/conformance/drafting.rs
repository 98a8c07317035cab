//! The form that somebody types.

use dossiers::{ActQuery, Draft, Progress};

use super::Make;
use crate::desk::{new_dossier, now, stamp};

pub fn one_draft_is_kept_and_forgotten_and_is_no_act(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let acts = || {
        let page = register.entries(&ActQuery::default(), 0, 1, &Progress::unwatched());
        page.unwrap().total
    };
    let before = acts();
    assert_eq!(register.draft().unwrap(), None);
    for content in ["D’Éon", "D’Éon-Ñuñez"] {
        let draft = Draft {
            environment_id: "sandbox".to_owned(),
            content: content.to_owned(),
            saved_at: now(),
        };
        register.save_draft(&draft).unwrap();
        assert_eq!(register.draft().unwrap(), Some(draft));
    }
    register.drop_draft().unwrap();
    register.drop_draft().unwrap();
    assert_eq!(register.draft().unwrap(), None);
    assert_eq!(acts(), before);
}

pub fn a_draft_goes_in_the_step_that_writes_down_what_is_sent_and_no_sooner(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let draft = Draft {
        environment_id: "sandbox".to_owned(),
        content: "D’Éon".to_owned(),
        saved_at: now(),
    };
    register.save_draft(&draft).unwrap();
    register.prepare(new_dossier(None), &stamp()).unwrap();
    assert_eq!(register.draft().unwrap(), Some(draft));
    register.prepare_sent(new_dossier(None), &stamp()).unwrap();
    assert_eq!(register.draft().unwrap(), None);
}
