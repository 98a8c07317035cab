//! Pages that are not what the report states.

use dossiers::{
    CaptureEnd, CapturePolicy, DossierId, Md5Agreement, NewPiece, Progress, Selection, Shelved,
};

use super::Make;
use crate::captured::{capture, page};
use crate::desk::{now, stamp};
use crate::elsewhere::{import_ended, keep_report};

fn with(agreement: Md5Agreement) -> NewPiece {
    NewPiece {
        md5_agreement: agreement,
        ..page(0)
    }
}

pub fn a_page_that_differs_gives_way_to_one_that_agrees_and_to_no_other(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = import_ended(register, 1, "KO", now());
    let record = |piece| register.record_piece(id, piece, &stamp()).unwrap();
    let first = with(Md5Agreement::Differs);
    assert_eq!(record(first.clone()), Shelved::Kept);
    for agreement in [Md5Agreement::Differs, Md5Agreement::NotStated] {
        assert_eq!(record(with(agreement)), Shelved::AlreadyThere(first.id));
    }
    let good = with(Md5Agreement::Agrees);
    assert_eq!(record(good.clone()), Shelved::Replaced(first.id));
    assert_eq!(
        record(with(Md5Agreement::Agrees)),
        Shelved::AlreadyThere(good.id)
    );
    assert_eq!(record(first), Shelved::AlreadyThere(good.id));
    let kept = register.pieces(id).unwrap();
    assert_eq!((kept.len(), &kept[0].recorded), (1, &good));
}

pub fn what_is_complete_is_captured_again_on_a_word_while_a_page_differs(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let sound = import_ended(register, 1, "KO", now());
    keep_report(register, sound, "KO", 1);
    capture(register, sound, 1);
    let suspect = import_ended(register, 2, "KO", now());
    keep_report(register, suspect, "KO", 1);
    let record = |piece| register.record_piece(suspect, piece, &stamp()).unwrap();
    let complete = || {
        let rule = CapturePolicy::Full.into();
        let end = CaptureEnd::Complete { rule };
        register.end_capture(suspect, end, &stamp()).unwrap();
    };
    record(with(Md5Agreement::Differs));
    complete();
    let waiting = || -> Vec<DossierId> {
        let due = register.due_for_capture("sandbox", now(), 9).unwrap();
        due.into_iter().map(|task| task.dossier).collect()
    };
    assert_eq!(waiting(), []);
    let ask = || {
        let selection = Selection::Some(vec![sound, suspect]);
        register
            .ask_for_capture(&selection, &Progress::unwatched(), &stamp())
            .unwrap()
            .changed
    };
    assert_eq!((ask(), waiting()), (1, vec![suspect]));
    record(with(Md5Agreement::Agrees));
    complete();
    assert_eq!((ask(), waiting()), (0, vec![]));
}
