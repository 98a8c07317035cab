//! What persons put on dossiers: tags, «treated», and views of the list.

use std::sync::{Arc, Mutex};

use dossiers::register::{Changed, Creations, Journal, LONGEST_TAG, Marks, SavedView};
use dossiers::{
    Act, ActEntry, ActQuery, DossierId, EmbeddedRegister, Filter, NewDossier, Progress, Query,
    RegisterError, Selection, Stamp,
};

use crate::desk::{Desk, all, get, list, new_dossier, now, stamp};
use crate::elsewhere::by;

fn prepared(register: &EmbeddedRegister, count: usize) -> Vec<DossierId> {
    (0..count)
        .map(|_| register.prepare(new_dossier(None), &stamp()).unwrap())
        .collect()
}

fn everything_but(except: &[DossierId]) -> Selection {
    Selection::Matching {
        query: Query::default(),
        except: except.to_vec(),
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn try_tag(
    register: &EmbeddedRegister,
    selection: &Selection,
    add: &[&str],
    remove: &[&str],
) -> Result<(u64, u64), RegisterError> {
    let (add, remove) = (words(add), words(remove));
    register
        .tag(
            selection,
            &add,
            &remove,
            &Progress::unwatched(),
            &by("a.martin"),
        )
        .map(|done| (done.changed, done.unchanged))
}

fn tag(
    register: &EmbeddedRegister,
    ids: &[DossierId],
    add: &[&str],
    remove: &[&str],
) -> (u64, u64) {
    try_tag(register, &Selection::Some(ids.to_vec()), add, remove).unwrap()
}

fn treat(register: &EmbeddedRegister, selection: &Selection, treated: bool) -> Changed {
    let nobody = Progress::unwatched();
    register
        .treat(selection, treated, &nobody, &by("a.martin"))
        .unwrap()
}

/// What the journal holds of some acts, oldest first.
fn journal(register: &EmbeddedRegister, acts: &[Act]) -> Vec<ActEntry> {
    let query = ActQuery {
        acts: acts.iter().map(|act| act.as_str().to_owned()).collect(),
        ..ActQuery::default()
    };
    let page = register
        .entries(&query, 0, 1_000, &Progress::unwatched())
        .unwrap();
    page.entries.into_iter().rev().collect()
}

#[test]
fn a_tag_is_kept_trimmed_as_it_was_first_written() {
    let desk = Desk::new();
    let register = desk.open();
    let ids = prepared(&register, 2);
    assert_eq!(tag(&register, &ids[..1], &["  À revoir "], &[]), (1, 0));
    assert_eq!(get(&register, ids[0]).tags, ["À revoir"]);
    // The same tag, in another writing, on both.
    assert_eq!(tag(&register, &ids, &["a REVOIR"], &[]), (1, 1));
    assert_eq!(get(&register, ids[1]).tags, ["À revoir"]);
    assert_eq!(register.tags().unwrap(), ["À revoir"]);
    assert_eq!(tag(&register, &ids, &["avoir", "Zoé"], &[]), (2, 0));
    assert_eq!(register.tags().unwrap(), ["À revoir", "avoir", "Zoé"]);
}

#[test]
fn a_tag_is_found_and_removed_in_any_writing_and_forgotten_when_nobody_has_it() {
    let desk = Desk::new();
    let register = desk.open();
    let ids = prepared(&register, 3);
    tag(&register, &ids[..2], &["Réclamation"], &[]);
    let found = || -> Vec<_> {
        let filter = Filter::Tag {
            not: false,
            tags: words(&["RECLAMATION"]),
        };
        let query = Query {
            filters: vec![filter],
            ..Query::default()
        };
        let page = list(&register, &query);
        page.rows.into_iter().map(|line| line.id).collect()
    };
    assert_eq!(found(), [ids[1], ids[0]]);
    assert_eq!(tag(&register, &ids[1..], &[], &["reclamation "]), (1, 1));
    assert_eq!(found(), [ids[0]]);
    assert_eq!(tag(&register, &ids, &[], &["RÉCLAMATION"]), (1, 2));
    assert_eq!(found(), []);
    assert_eq!(register.tags().unwrap(), [""; 0]);
    assert!(get(&register, ids[0]).tags.is_empty());
}

#[test]
fn what_is_no_tag_is_refused_and_the_others_with_it() {
    let desk = Desk::new();
    let register = desk.open();
    let ids = prepared(&register, 1);
    let selection = Selection::Some(ids.clone());
    let longest = "é".repeat(LONGEST_TAG);
    let too_long = "é".repeat(LONGEST_TAG + 1);
    for refused in [" ", too_long.as_str(), "deux\nlignes"] {
        let tagged = try_tag(&register, &selection, &["bon", refused], &[]);
        assert!(matches!(tagged, Err(RegisterError::InvalidTag)));
        let removed = try_tag(&register, &selection, &["bon"], &[refused]);
        assert!(matches!(removed, Err(RegisterError::InvalidTag)));
    }
    assert!(get(&register, ids[0]).tags.is_empty());
    assert_eq!(tag(&register, &ids, &[&longest], &[]), (1, 0));
    assert_eq!(get(&register, ids[0]).tags, [longest]);
}

#[test]
fn a_tag_that_is_added_and_removed_at_once_is_added() {
    let desk = Desk::new();
    let register = desk.open();
    let ids = prepared(&register, 1);
    assert_eq!(tag(&register, &ids, &["vu", "ancien"], &[]), (1, 0));
    assert_eq!(tag(&register, &ids, &["Vu"], &["vu", "ancien"]), (1, 0));
    assert_eq!(get(&register, ids[0]).tags, ["vu"]);
}

#[test]
fn treated_is_put_and_taken_off_and_keeps_its_first_time() {
    let desk = Desk::new();
    let register = desk.open();
    let ids = prepared(&register, 2);
    let one = Selection::Some(vec![ids[0]]);
    let nobody = Progress::unwatched();
    let changed = |changed, unchanged| Changed { changed, unchanged };
    assert_eq!(treat(&register, &one, true), changed(1, 0));
    let before = get(&register, ids[0]);
    assert_eq!(before.treated_at, Some(now()));
    let later = Stamp::new(crate::desk::at(60), "b.durand");
    let both = Selection::Some(ids.clone());
    let again = register.treat(&both, true, &nobody, &later).unwrap();
    assert_eq!(again, changed(1, 1));
    assert_eq!(get(&register, ids[0]), before);
    assert_eq!(get(&register, ids[1]).treated_at, Some(later.at));
    assert_eq!(treat(&register, &one, false), changed(1, 0));
    assert_eq!(get(&register, ids[0]).treated_at, None);
    assert_eq!(treat(&register, &one, false), changed(0, 1));
}

#[test]
fn a_mark_reaches_all_that_match_but_those_taken_out() {
    let desk = Desk::new();
    let register = desk.open();
    let mut ids = prepared(&register, 4);
    let elsewhere = NewDossier {
        environment_id: "production".into(),
        ..new_dossier(None)
    };
    register.prepare(elsewhere, &stamp()).unwrap();
    let query = Query {
        filters: vec![Filter::Environment {
            not: false,
            ids: words(&["sandbox"]),
        }],
        ..Query::default()
    };
    let except = ids.remove(2);
    let selection = Selection::Matching {
        query,
        except: vec![except],
    };
    assert_eq!(
        try_tag(&register, &selection, &["lot"], &[]).unwrap(),
        (3, 0)
    );
    assert_eq!(treat(&register, &selection, true).changed, 3);
    for line in all(&register) {
        let meant = ids.contains(&line.id);
        assert_eq!(line.tags == ["lot"], meant);
        assert_eq!(line.treated_at.is_some(), meant);
    }
}

#[test]
fn one_dossier_that_is_not_there_leaves_the_others_unmarked() {
    let desk = Desk::new();
    let register = desk.open();
    let mut ids = prepared(&register, 2);
    ids.push(DossierId(uuid::Uuid::nil()));
    let selection = Selection::Some(ids);
    let tagged = try_tag(&register, &selection, &["lot"], &[]);
    assert!(matches!(tagged, Err(RegisterError::NotFound)));
    assert!(all(&register).iter().all(|line| line.tags.is_empty()));
    assert_eq!(journal(&register, &[Act::Tagged]), []);
}

#[test]
fn a_cancelled_mark_changes_nothing() {
    let desk = Desk::new();
    let register = desk.open();
    prepared(&register, 600);
    let before = all(&register);
    let asked = Arc::new(Mutex::new(None::<Progress>));
    let held = asked.clone();
    let progress = Progress::told_to(move |done, total| {
        assert!(total == 0 || total == 600);
        if done > 300 {
            held.lock().unwrap().as_ref().unwrap().cancel();
        }
    });
    *asked.lock().unwrap() = Some(progress.clone());
    let selection = everything_but(&[]);
    let tagged = register.tag(&selection, &words(&["lot"]), &[], &progress, &stamp());
    assert!(matches!(tagged, Err(RegisterError::Cancelled)));
    let treated = register.treat(&selection, true, &progress, &stamp());
    assert!(matches!(treated, Err(RegisterError::Cancelled)));
    assert_eq!(all(&register), before);
    assert_eq!(register.tags().unwrap(), [""; 0]);
    assert_eq!(journal(&register, &[Act::Tagged, Act::Treated]), []);
}

#[test]
fn up_to_a_hundred_dossiers_each_have_an_act_of_their_own() {
    let desk = Desk::new();
    let register = desk.open();
    let ids = prepared(&register, 100);
    assert_eq!(tag(&register, &ids, &["Valmontel"], &[]), (100, 0));
    assert_eq!(tag(&register, &ids, &["valmontel"], &[]), (0, 100));
    let acts = journal(&register, &[Act::Tagged]);
    let of: Vec<_> = acts.iter().map(|entry| entry.dossier.unwrap()).collect();
    assert_eq!(of, ids);
    // A tag is what a person writes: it may name one.
    assert!(acts.iter().all(|entry| entry.detail.is_empty()));
    assert!(
        acts.iter()
            .all(|entry| entry.actor.as_deref() == Some("a.martin"))
    );
}

#[test]
fn over_a_hundred_dossiers_have_one_act_that_counts_those_that_changed() {
    let desk = Desk::new();
    let register = desk.open();
    let ids = prepared(&register, 103);
    treat(&register, &Selection::Some(ids[..2].to_vec()), true);
    let done = treat(&register, &everything_but(&[]), true);
    assert_eq!((done.changed, done.unchanged), (101, 2));
    treat(&register, &everything_but(&[]), false);
    let told: Vec<_> = journal(&register, &[Act::Treated, Act::Untreated])
        .into_iter()
        .map(|entry| (entry.act, entry.dossier, entry.detail))
        .collect();
    let entry = |act: Act, dossier, detail: &str| (act.as_str().to_owned(), dossier, detail.into());
    assert_eq!(
        told,
        [
            entry(Act::Treated, Some(ids[0]), ""),
            entry(Act::Treated, Some(ids[1]), ""),
            entry(Act::Treated, None, "101"),
            entry(Act::Untreated, None, "103"),
        ]
    );
}

fn view(id: &str, name: &str) -> SavedView {
    SavedView {
        id: id.into(),
        name: Some(name.into()),
        content: r#"{"search":"valmontel"}"#.into(),
    }
}

#[test]
fn views_stay_in_the_order_they_were_first_saved() {
    let desk = Desk::new();
    let register = desk.open();
    for id in ["view-c", "view-a", "view-b"] {
        register.save_view(view(id, id), &stamp()).unwrap();
    }
    register
        .save_view(view("view-c", "Autre nom"), &stamp())
        .unwrap();
    let built_in = SavedView {
        name: None,
        ..view("all", "")
    };
    register.save_view(built_in.clone(), &stamp()).unwrap();
    register.remove_view("view-a", &stamp()).unwrap();
    drop(register);
    let kept = [
        view("view-c", "Autre nom"),
        view("view-b", "view-b"),
        built_in,
    ];
    assert_eq!(desk.open().saved_views().unwrap(), kept);
}

#[test]
fn the_journal_holds_which_view_was_saved_and_nothing_of_what_it_says() {
    let desk = Desk::new();
    let register = desk.open();
    register
        .save_view(view("view-1", "Famille Valmontel"), &by("a.martin"))
        .unwrap();
    register.remove_view("view-1", &by("b.durand")).unwrap();
    // It is removed already.
    register.remove_view("view-1", &by("b.durand")).unwrap();
    let told: Vec<_> = journal(&register, &[Act::ViewSaved, Act::ViewRemoved])
        .into_iter()
        .map(|entry| (entry.act, entry.actor, entry.dossier, entry.detail))
        .collect();
    let entry = |act: Act, by: &str| {
        let act = act.as_str().to_owned();
        (act, Some(by.to_owned()), None, "view-1".to_owned())
    };
    assert_eq!(
        told,
        [
            entry(Act::ViewSaved, "a.martin"),
            entry(Act::ViewRemoved, "b.durand"),
        ]
    );
}
