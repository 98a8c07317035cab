//! What persons put on dossiers: tags, «treated», and views of the list.

use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use dossiers::register::{Changed, Creations, Evidence, Journal, LONGEST_TAG, Marks, SavedView};
use dossiers::{
    Act, ActEntry, ActQuery, CaptureEnd, CaptureFilter, CapturePolicy, Dossier, DossierId,
    EmbeddedRegister, Filter, MissingPiece, NewDossier, PieceKind, Progress, Query, RegisterError,
    Selection, Stamp,
};

use crate::desk::{Desk, all, at, get, list, new_dossier, now, stamp};
use crate::elsewhere::{by, ended, import, known};

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
    let later = Stamp::new(at(60), "b.durand");
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

/// More than are marked in one transaction.
const VERY_MANY: u64 = 1_500;

fn very_many(register: &EmbeddedRegister) -> Vec<DossierId> {
    import(register, (1..=1_500).map(known).collect());
    all(register).into_iter().map(|line| line.id).collect()
}

/// The dossiers but for their versions: what is taken back is one more change.
fn as_they_are(register: &EmbeddedRegister) -> Vec<Dossier> {
    all(register)
        .into_iter()
        .map(|line| Dossier { version: 0, ..line })
        .collect()
}

/// Does it once in the middle of a mark, when some parts are behind and others to come.
fn in_the_middle(act: impl Fn(&Progress) + Send + Sync + 'static) -> Progress {
    let own = Arc::new(Mutex::new(None::<Progress>));
    let held = Arc::clone(&own);
    let progress = Progress::told_to(move |done, total| {
        if !(10..total).contains(&done) {
            return;
        }
        let own = held.lock().unwrap().take();
        if let Some(own) = own {
            act(&own);
        }
    });
    *own.lock().unwrap() = Some(progress.clone());
    progress
}

fn later() -> Stamp {
    Stamp::new(at(60), "b.durand")
}

#[test]
fn a_creation_has_its_turn_while_very_many_dossiers_are_marked() {
    let desk = Desk::new();
    let shared = Arc::new(desk.open());
    let register = &*shared;
    very_many(register);
    let created = Arc::new(Mutex::new(None));
    let (counter, told) = (Arc::clone(&shared), Arc::clone(&created));
    let progress = in_the_middle(move |_| {
        let register = Arc::clone(&counter);
        let (tells, hears) = mpsc::channel();
        thread::spawn(move || {
            let id = register.prepare(new_dossier(None), &stamp()).unwrap();
            let _ = tells.send(id);
        });
        *told.lock().unwrap() = hears.recv_timeout(Duration::from_secs(20)).ok();
    });
    let everything = everything_but(&[]);
    let tagged = register
        .tag(&everything, &words(&["lot"]), &[], &progress, &later())
        .unwrap();
    assert_eq!((tagged.changed, tagged.unchanged), (VERY_MANY, 0));
    let created = created.lock().unwrap().expect("nobody had a turn");
    // It was not there when the mark began.
    for line in all(register) {
        assert_eq!(line.tags == ["lot"], line.id != created);
    }
    let acts = journal(register, &[Act::Tagged]);
    assert_eq!(acts.len(), 1);
    assert_eq!((acts[0].dossier, acts[0].detail.as_str()), (None, "1500"));
    assert_eq!(acts[0].actor.as_deref(), Some("b.durand"));
}

#[test]
fn a_cancelled_mark_of_very_many_dossiers_leaves_each_as_it_was() {
    let desk = Desk::new();
    let register = desk.open();
    let ids = very_many(&register);
    tag(&register, &ids[..4], &["Lot", "à moi"], &[]);
    tag(&register, &ids[2..6], &["ancien"], &[]);
    treat(&register, &Selection::Some(ids[5..8].to_vec()), true);
    let words_of = [Act::Tagged, Act::Treated, Act::Untreated];
    let told = || {
        let acts = journal(&register, &words_of);
        (as_they_are(&register), register.tags().unwrap(), acts)
    };
    let before = told();
    let everything = everything_but(&[]);
    let (add, remove) = (words(&["lot", "Neuf"]), words(&["ancien"]));
    let cancelled = || in_the_middle(Progress::cancel);
    let marks = [
        register.tag(&everything, &add, &remove, &cancelled(), &later()),
        register.treat(&everything, true, &cancelled(), &later()),
        register.treat(&everything, false, &cancelled(), &later()),
    ];
    for mark in marks {
        assert!(matches!(mark, Err(RegisterError::Cancelled)));
    }
    assert_eq!(told(), before);
    // Nor was that tag ever written.
    tag(&register, &ids[..1], &["neuf"], &[]);
    assert_eq!(get(&register, ids[0]).tags, ["à moi", "Lot", "neuf"]);
}

#[test]
fn a_desk_that_stops_in_the_middle_of_a_mark_opens_as_if_the_mark_had_never_been() {
    let desk = Arc::new(Desk::new());
    let register = desk.open();
    let ids = very_many(&register);
    tag(&register, &ids[..2], &["ancien"], &[]);
    let before = as_they_are(&register);
    let stopped = Arc::new(Mutex::new(None));
    let (running, kept) = (Arc::clone(&desk), Arc::clone(&stopped));
    let progress = in_the_middle(move |_| *kept.lock().unwrap() = Some(running.crash()));
    let everything = everything_but(&[]);
    let (add, remove) = (words(&["lot"]), words(&["ancien"]));
    let tagged = register
        .tag(&everything, &add, &remove, &progress, &later())
        .unwrap();
    assert_eq!(tagged.changed, VERY_MANY);
    assert_eq!(register.tags().unwrap(), ["lot"]);

    let stopped = stopped.lock().unwrap().take().unwrap();
    for _ in 0..2 {
        let register = stopped.open();
        assert_eq!(as_they_are(&register), before);
        assert_eq!(register.tags().unwrap(), ["ancien"]);
        assert_eq!(journal(&register, &[Act::Tagged]).len(), 2);
    }
    let register = stopped.open();
    let again = try_tag(&register, &everything, &["lot"], &["ancien"]);
    assert_eq!(again.unwrap(), (VERY_MANY, 0));
}

#[test]
fn a_mark_that_breaks_off_is_taken_back() {
    let desk = Desk::new();
    let register = desk.open();
    very_many(&register);
    let before = as_they_are(&register);
    let everything = everything_but(&[]);
    let progress = in_the_middle(|_| panic_any("broken off"));
    let marked = catch_unwind(AssertUnwindSafe(|| {
        register.treat(&everything, true, &progress, &later())
    }));
    assert!(marked.is_err());
    assert_eq!(as_they_are(&register), before);
    assert_eq!(treat(&register, &everything, true).changed, VERY_MANY);
}

#[test]
fn what_others_made_of_a_dossier_during_a_mark_is_not_taken_back() {
    let desk = Desk::new();
    let shared = Arc::new(desk.open());
    let register = &*shared;
    let ids = very_many(register);
    tag(register, &ids[2..5], &["ancien"], &[]);
    let everything = everything_but(&[]);
    let (others, theirs) = (Arc::clone(&shared), ids.clone());
    let progress = in_the_middle(move |own| {
        let one = |place: usize, add: &[&str], remove: &[&str]| {
            tag(&others, &theirs[place..=place], add, remove)
        };
        // Who wants what the mark has just done wants it also without the mark.
        assert_eq!(one(0, &["lot"], &[]), (0, 1));
        assert_eq!(one(1, &[], &["lot"]), (1, 0));
        assert_eq!(one(2, &["ancien"], &[]), (1, 0));
        assert_eq!(one(3, &[], &["ancien"]), (0, 1));
        assert_eq!(one(5, &["autre"], &[]), (1, 0));
        own.cancel();
    });
    let (add, remove) = (words(&["lot"]), words(&["ancien"]));
    let marked = register.tag(&everything, &add, &remove, &progress, &later());
    assert!(matches!(marked, Err(RegisterError::Cancelled)));
    let tags: Vec<_> = ids[..7].iter().map(|id| get(register, *id).tags).collect();
    assert_eq!(
        tags,
        [
            vec!["lot"],
            vec![],
            vec!["ancien"],
            vec![],
            vec!["ancien"],
            vec!["autre"],
            vec![],
        ]
    );

    let (others, theirs) = (Arc::clone(&shared), ids.clone());
    let progress = in_the_middle(move |own| {
        let one = |place: usize| Selection::Some(vec![theirs[place]]);
        assert_eq!(treat(&others, &one(0), true).changed, 0);
        assert_eq!(treat(&others, &one(1), false).changed, 1);
        own.cancel();
    });
    let marked = register.treat(&everything, true, &progress, &later());
    assert!(matches!(marked, Err(RegisterError::Cancelled)));
    let treated = |place: usize| get(register, ids[place]).treated_at;
    assert_eq!((treated(0), treated(1)), (Some(at(60)), None));
    let all = all(register);
    assert!(all[1..].iter().all(|line| line.treated_at.is_none()));
}

#[test]
fn two_marks_of_very_many_dossiers_at_once_are_both_made() {
    let desk = Desk::new();
    let register = desk.open();
    very_many(&register);
    thread::scope(|scope| {
        for word in ["autre", "lot"] {
            let register = &register;
            scope.spawn(move || {
                let tagged = try_tag(register, &everything_but(&[]), &[word], &[]);
                assert_eq!(tagged.unwrap(), (VERY_MANY, 0));
            });
        }
    });
    let lines = all(&register);
    assert!(lines.iter().all(|line| line.tags == ["autre", "lot"]));
    let acts = journal(&register, &[Act::Tagged]);
    let told: Vec<_> = acts.iter().map(|entry| entry.detail.as_str()).collect();
    assert_eq!(told, ["1500", "1500"]);
}

#[test]
fn a_cancelled_wish_to_capture_very_many_dossiers_leaves_each_as_it_was() {
    let desk = Desk::new();
    let register = desk.open();
    let lines = (1..=1_500).map(|number| ended(number, "KO", now()));
    import(&register, lines.collect());
    let ids: Vec<_> = all(&register).into_iter().map(|line| line.id).collect();
    let asked_for = [ids[0], ids[1], ids[2], ids[1_499]];
    let end = |id, end| register.end_capture(id, end, &stamp()).unwrap();
    for id in [ids[0], ids[1], ids[1_499]] {
        let missing = [PieceKind::Document, PieceKind::IdClaim].map(|kind| MissingPiece {
            kind,
            document: None,
            reason: "gone".into(),
        });
        let incomplete = CaptureEnd::Incomplete {
            rule: CapturePolicy::Full.into(),
            missing: missing.into(),
        };
        end(id, incomplete);
    }
    let failed = CaptureEnd::Later {
        trouble: "unreachable".into(),
        retry_at: at(3_600),
    };
    end(ids[2], failed);
    let nobody = Progress::unwatched();
    let told = || {
        let page = register
            .captures(Some("sandbox"), CaptureFilter::All, 0, 2_000, &nobody)
            .unwrap();
        let captures: Vec<_> = page
            .rows
            .into_iter()
            .map(|row| {
                let end = (row.deadline, row.retry_at, row.ended_at);
                (row.dossier.id, row.state, row.tries, row.trouble, end)
            })
            .collect();
        let missing = asked_for.map(|id| register.missing(id).unwrap());
        (as_they_are(&register), captures, missing)
    };
    let before = told();
    let everything = everything_but(&[]);
    let cancelled = in_the_middle(Progress::cancel);
    let asked = register.ask_for_capture(&everything, &cancelled, &later());
    assert!(matches!(asked, Err(RegisterError::Cancelled)));
    assert_eq!(told(), before);
    assert_eq!(journal(&register, &[Act::CaptureAsked]), []);

    let asked = register
        .ask_for_capture(&everything, &nobody, &later())
        .unwrap();
    assert_eq!((asked.changed, asked.unchanged), (4, 1_496));
    assert!(told().2.iter().all(Vec::is_empty));
    let acts = journal(&register, &[Act::CaptureAsked]);
    let of: Vec<_> = acts.iter().map(|entry| entry.dossier.unwrap()).collect();
    assert_eq!(of, asked_for);
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
