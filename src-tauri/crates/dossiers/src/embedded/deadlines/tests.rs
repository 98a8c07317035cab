//! What lines tell is what the rules say of them, whatever happened in whichever order.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::option;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::dossier::{ReportFacts, ReportKind, StoredReport};
use crate::key::RegisterKey;
use crate::register::{Evidence, Following, Imports};
use crate::store::policies;
use crate::{
    CaptureEnd, CapturePolicies, CapturePolicy, CaptureRule, DeadlinePolicy, DocumentRef,
    ImportBatch, Imported, Integrity, Md5Agreement, MissingPiece, NewPiece, PieceId, PieceKind,
    Selection,
};

const DOSSIERS: i64 = 3;

fn day(day: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_000_000, 0).unwrap() + TimeDelta::days(day)
}

#[derive(Clone, Debug)]
enum Event {
    Status(i64, &'static str),
    Report(i64, &'static str, Option<u32>, Option<i64>, ReportKind),
    Kept(i64, Kept),
    Trouble(i64),
    Piece(i64, PieceKind, u32),
    Ended(i64, CapturePolicy, Option<PieceKind>),
    Failed(i64),
    Looked(usize, Integrity),
    Asked(i64),
    Rules(CapturePolicy),
    Policies(u32, u32),
    Cancelled(u32),
    Roll(i64),
    Warn(i64),
}

fn events() -> impl Strategy<Value = Event> {
    let which = 0..DOSSIERS;
    let words = prop::sample::select(vec!["STARTED", "OK", "KO", "CANCELED", "DELETED"]);
    let kinds = prop::sample::select(vec![
        ReportKind::Draft,
        ReportKind::Archived,
        ReportKind::Final,
    ]);
    let pieces = prop::sample::select(PieceKind::ALL.to_vec());
    let rules = prop::sample::select(CapturePolicy::ALL.to_vec());
    prop_oneof![
        (which.clone(), words.clone()).prop_map(|(which, word)| Event::Status(which, word)),
        (
            which.clone(),
            words,
            option::of(0u32..3),
            option::of(0i64..40),
            kinds
        )
            .prop_map(|(which, word, pages, end, kind)| Event::Report(
                which, word, pages, end, kind
            )),
        (which.clone(), prop::bool::ANY).prop_map(|(which, documents)| {
            let kept = if documents {
                Kept::Documents
            } else {
                Kept::IdClaim
            };
            Event::Kept(which, kept)
        }),
        which.clone().prop_map(Event::Trouble),
        (which.clone(), pieces.clone(), 0u32..2)
            .prop_map(|(which, kind, page)| Event::Piece(which, kind, page)),
        (which.clone(), rules.clone(), option::of(pieces))
            .prop_map(|(which, policy, missing)| Event::Ended(which, policy, missing)),
        which.clone().prop_map(Event::Failed),
        (0usize..4, prop::bool::ANY).prop_map(|(which, whole)| {
            let found = if whole {
                Integrity::Whole
            } else {
                Integrity::Missing
            };
            Event::Looked(which, found)
        }),
        which.prop_map(Event::Asked),
        rules.prop_map(Event::Rules),
        (1u32..20, 1u32..90).prop_map(|(short, long)| Event::Policies(short, long)),
        (1u32..20).prop_map(Event::Cancelled),
        (0i64..120).prop_map(Event::Roll),
        (0i64..120).prop_map(Event::Warn),
    ]
}

fn table(documents_days: u32, report_user_days: u32) -> PolicyTable {
    let mut table = PolicyTable::default();
    let policy = DeadlinePolicy {
        documents_days,
        report_user_days,
        ..DeadlinePolicy::default()
    };
    table.environments.insert("sandbox".into(), policy);
    table
}

fn play(register: &EmbeddedRegister, ids: &[DossierId], event: &Event) {
    let stamp = Stamp::desk(day(0));
    let id = |which: &i64| ids[usize::try_from(*which).unwrap()];
    match event {
        Event::Status(which, word) => {
            register
                .record_status(id(which), word, false, &stamp)
                .unwrap();
        }
        Event::Report(which, word, pages, end, kind) => {
            let report = StoredReport {
                kind: *kind,
                raw: b"{}".to_vec(),
                read_at: day(0),
            };
            let facts = ReportFacts {
                status: (*word).into(),
                is_final: false,
                creation_time: Some(day(0)),
                starting_time: None,
                finished_time: end.map(day),
                last_name: None,
                first_name: None,
                level: None,
                pages: *pages,
            };
            register
                .record_report(id(which), report, facts, &stamp)
                .unwrap();
        }
        Event::Kept(which, kept) => register.record_kept(id(which), *kept, &stamp).unwrap(),
        Event::Trouble(which) => register
            .record_trouble(id(which), Some("network"), &stamp)
            .unwrap(),
        Event::Policies(short, long) => {
            // As after a kill: the table is taken, the lines have not followed.
            register
                .take_policies(&table(*short, *long), &stamp)
                .unwrap();
        }
        Event::Cancelled(short) => {
            let cancelled = Progress::unwatched();
            cancelled.cancel();
            let set = register.set_policies(&table(*short, 60), day(0), &cancelled, &stamp);
            assert!(matches!(set, Err(RegisterError::Cancelled)));
        }
        Event::Piece(which, kind, page) => {
            let piece = piece(*kind, *page);
            register.record_piece(id(which), piece, &stamp).unwrap();
        }
        Event::Ended(which, policy, missing) => {
            let rule = CaptureRule::from(*policy);
            let end = match missing {
                None => CaptureEnd::Complete { rule },
                Some(kind) => CaptureEnd::Incomplete {
                    rule,
                    missing: vec![MissingPiece {
                        kind: *kind,
                        document: None,
                        reason: "gone".into(),
                    }],
                },
            };
            end_capture(register, id(which), end, &stamp);
        }
        Event::Failed(which) => {
            let end = CaptureEnd::Later {
                trouble: "network".into(),
                retry_at: day(1),
            };
            end_capture(register, id(which), end, &stamp);
        }
        Event::Looked(which, found) => {
            let files = register.vault_files(None, 4).unwrap();
            if let Some(file) = files.get(*which) {
                register
                    .record_integrity(file.recorded.id, *found, &stamp)
                    .unwrap();
            }
        }
        Event::Asked(which) => {
            let one = Selection::Some(vec![id(which)]);
            register
                .ask_for_capture(&one, &Progress::unwatched(), &stamp)
                .unwrap();
        }
        Event::Rules(policy) => {
            let mut table = CapturePolicies::default();
            table.default.policy = *policy;
            register
                .set_capture_policies(&table, day(0), &Progress::unwatched(), &stamp)
                .unwrap();
        }
        Event::Roll(to) => {
            register.roll(day(*to)).unwrap();
        }
        Event::Warn(to) => {
            while register.mark_warnings(day(*to)).unwrap() {}
            let told = register.warnings_to_tell().unwrap();
            register.warnings_told(&told, &stamp).unwrap();
        }
    }
}

fn end_capture(register: &EmbeddedRegister, id: DossierId, end: CaptureEnd, stamp: &Stamp) {
    let ended = register.end_capture(id, end, stamp);
    assert!(
        matches!(ended, Ok(()) | Err(RegisterError::NotFinished)),
        "{ended:?}"
    );
}

fn piece(kind: PieceKind, page_number: u32) -> NewPiece {
    let document = DocumentRef {
        document_id: "1f0c".into(),
        name: "id_document_image".into(),
        page_number,
    };
    NewPiece {
        id: PieceId(Uuid::now_v7()),
        kind,
        document: (kind == PieceKind::Document).then_some(document),
        media_type: "image/jpeg".into(),
        size: 1,
        sha256: [1; 32],
        md5: [1; 16],
        md5_agreement: Md5Agreement::NotStated,
        call: "GET /".into(),
        fetched_at: day(0),
    }
}

fn tell_all_from_scratch(register: &EmbeddedRegister) -> u64 {
    register
        .change(|transaction| {
            for (environment, process) in policies::in_use(transaction)? {
                policies::demand(transaction, &environment, &process, false)?;
            }
            Ok(())
        })
        .unwrap();
    register.tell_anew(None, &Progress::unwatched()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn columns_say_what_a_reckoning_from_scratch_says(
        events in prop::collection::vec(events(), 1..25),
    ) {
        let home = tempfile::tempdir().unwrap();
        let key = RegisterKey::generate();
        let register = EmbeddedRegister::open(home.path(), &key, day(0)).unwrap();
        let batch = ImportBatch {
            environment_id: "sandbox".into(),
            process_id: "opening".into(),
            process_uuid: Uuid::nil(),
            process_name: String::new(),
            idclaim_expected: true,
            operator: "agence-lille".into(),
        };
        let made = (0..DOSSIERS)
            .map(|number| Imported { enrollment_id: number, ..Imported::default() })
            .collect();
        let nobody = Progress::unwatched();
        register.import(batch, made, &nobody, &Stamp::desk(day(0))).unwrap();
        let ids: Vec<DossierId> = register
            .look(|db| {
                let mut statement = db.prepare("SELECT id FROM dossiers ORDER BY line")?;
                let ids = statement.query_map([], |row| lines::read_id(row, "id"))?;
                Ok(ids.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap();
        for event in &events {
            play(&register, &ids, event);
        }
        // What an interrupted change of policies left is finished first.
        register.tell_anew(None, &nobody).unwrap();
        prop_assert_eq!(tell_all_from_scratch(&register), 0);
    }
}
