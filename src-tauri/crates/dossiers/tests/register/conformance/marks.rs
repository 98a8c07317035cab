//! What persons put on dossiers.

use dossiers::register::{Changed, SavedView};
use dossiers::{DossierId, Progress, Query, Register, RegisterError, Selection};

use super::Make;
use crate::desk::{new_dossier, now, stamp};

fn prepared(register: &dyn Register, count: usize) -> Vec<DossierId> {
    (0..count)
        .map(|_| register.prepare(new_dossier(None), &stamp()).unwrap())
        .collect()
}

fn tag(
    register: &dyn Register,
    ids: &[DossierId],
    add: &[&str],
    remove: &[&str],
) -> Result<Changed, RegisterError> {
    let words =
        |words: &[&str]| -> Vec<String> { words.iter().map(|word| (*word).to_owned()).collect() };
    let selection = Selection::Some(ids.to_vec());
    let nobody = Progress::unwatched();
    register.tag(&selection, &words(add), &words(remove), &nobody, &stamp())
}

fn counted(changed: u64, unchanged: u64) -> Changed {
    Changed { changed, unchanged }
}

pub fn a_tag_is_one_tag_in_every_writing(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let ids = prepared(register, 2);
    let first = tag(register, &ids[..1], &[" À revoir "], &[]).unwrap();
    assert_eq!(first, counted(1, 0));
    assert_eq!(
        tag(register, &ids, &["A REVOIR"], &[]).unwrap(),
        counted(1, 1)
    );
    assert_eq!(register.tags().unwrap(), ["À revoir"]);
    let second = register.get(ids[1]).unwrap().unwrap();
    assert_eq!(second.tags, ["À revoir"]);
    assert_eq!(
        tag(register, &ids, &[], &["a revoir"]).unwrap(),
        counted(2, 0)
    );
    assert_eq!(register.tags().unwrap(), [""; 0]);
    let refused = tag(register, &ids, &["bon", "\t"], &[]);
    assert!(matches!(refused, Err(RegisterError::InvalidTag)));
    assert_eq!(register.tags().unwrap(), [""; 0]);
}

pub fn treated_reaches_all_that_match_but_those_taken_out_and_is_taken_off(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let ids = prepared(register, 3);
    let selection = Selection::Matching {
        query: Query::default(),
        except: vec![ids[0]],
    };
    let treat = |treated| {
        let nobody = Progress::unwatched();
        register
            .treat(&selection, treated, &nobody, &stamp())
            .unwrap()
    };
    let treated_at = || {
        let lines = ids.iter().map(|id| register.get(*id).unwrap().unwrap());
        lines.map(|line| line.treated_at).collect::<Vec<_>>()
    };
    assert_eq!(treat(true), counted(2, 0));
    assert_eq!(treated_at(), [None, Some(now()), Some(now())]);
    assert_eq!(treat(true), counted(0, 2));
    assert_eq!(treat(false), counted(2, 0));
    assert_eq!(treated_at(), [None; 3]);
}

pub fn a_cancelled_mark_changes_nothing(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let ids = prepared(register, 2);
    let progress = Progress::unwatched();
    progress.cancel();
    let selection = Selection::Some(ids.clone());
    let tagged = register.tag(&selection, &["lot".into()], &[], &progress, &stamp());
    assert!(matches!(tagged, Err(RegisterError::Cancelled)));
    let treated = register.treat(&selection, true, &progress, &stamp());
    assert!(matches!(treated, Err(RegisterError::Cancelled)));
    for id in ids {
        let line = register.get(id).unwrap().unwrap();
        assert_eq!((line.tags.len(), line.treated_at), (0, None));
        assert_eq!(register.acts(id).unwrap().len(), 1);
    }
}

pub fn a_view_keeps_its_place_when_it_changes(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let view = |id: &str, name: &str| SavedView {
        id: id.into(),
        name: Some(name.into()),
        content: "{}".into(),
    };
    for id in ["b", "a", "c"] {
        register.save_view(view(id, id), &stamp()).unwrap();
    }
    register.save_view(view("b", "Autre"), &stamp()).unwrap();
    for _ in 0..2 {
        register.remove_view("a", &stamp()).unwrap();
    }
    let kept = [view("b", "Autre"), view("c", "c")];
    assert_eq!(register.saved_views().unwrap(), kept);
}
