//! What persons decide.

use dossiers::{Choice, RegisterError};

use super::Make;
use crate::desk::{create_unknown, now};
use crate::elsewhere::{by, import_ended};

pub fn decisions_are_added_beside_the_verdict_and_their_notes_stay_out_of_the_journal(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = import_ended(register, 1, "KO", now());
    let note = "Vue au guichet, même personne";
    for (choice, note) in [(Choice::MoreWanted, ""), (Choice::Accepted, note)] {
        register
            .decide(id, choice, note, &by("agence-lille"))
            .unwrap();
    }
    let decided: Vec<_> = register
        .decisions(id)
        .unwrap()
        .into_iter()
        .map(|decision| (decision.choice, decision.note, decision.by))
        .collect();
    let who = Some("agence-lille".into());
    let expected = [
        (Choice::MoreWanted, String::new(), who.clone()),
        (Choice::Accepted, note.to_owned(), who),
    ];
    assert_eq!(decided, expected);
    let line = register.get(id).unwrap().unwrap();
    assert_eq!(line.verdict.as_deref(), Some("KO"));
    let acts = register.acts(id).unwrap();
    let told: Vec<_> = acts
        .iter()
        .filter(|entry| entry.act == "decided")
        .map(|entry| entry.detail.as_str())
        .collect();
    assert_eq!(told, ["more_wanted", "accepted"]);
    let other = create_unknown(register);
    assert_eq!(register.decisions(other).unwrap(), []);
    let nobody = dossiers::DossierId(uuid::Uuid::nil());
    let refused = register.decide(nobody, Choice::Refused, "", &by("agence-lille"));
    assert!(matches!(refused, Err(RegisterError::NotFound)));
}
