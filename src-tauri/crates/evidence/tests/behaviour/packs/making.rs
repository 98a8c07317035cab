use std::io;
use std::ops::ControlFlow;

use evidence::packs::{
    Content, EnvironmentKind, Language, PackError, PackState, PieceKind, Trouble, write_pack,
};
use serde_json::Value;

use super::support::*;

fn manifest(pack: &[u8]) -> Value {
    serde_json::from_slice(&file(pack, "manifest.json")).unwrap()
}

#[test]
fn originals_come_out_byte_for_byte() {
    let pack = pack();
    assert_eq!(
        file(&pack, "REF-1042/originaux/REF-1042_recto.jpg"),
        b"recto, as ID360 served it"
    );
}

#[test]
fn the_same_dossier_at_the_same_time_gives_the_same_bytes() {
    let make = || make(&frame(Language::French), vec![dossier("REF-1042")]).0;
    assert_eq!(make(), make());
}

#[test]
fn the_manifest_tells_hash_size_source_time_and_md5_agreement_of_each_original() {
    let manifest = manifest(&pack());
    let recto = &manifest["dossiers"][0]["files"][0];
    assert_eq!(recto["path"], "REF-1042/originaux/REF-1042_recto.jpg");
    assert_eq!(recto["size"], 25);
    assert_eq!(
        recto["sha256"],
        "f443c9b2a0b15aab3c74581035b52b41201dd4b3426b5d21b43c03583f25b307"
    );
    assert_eq!(
        recto["call"],
        "GET /document/881/file_contents/?page_number=0"
    );
    assert_eq!(recto["fetched_at"], "2026-11-20T09:16:00.000Z");
    assert_eq!(recto["md5_agreement"], "agrees");
    assert_eq!(manifest["complete"], true);
}

#[test]
fn a_missing_piece_leaves_a_pack_marked_incomplete_with_the_reason() {
    let mut dossier = dossier("REF-1042");
    dossier.missing.push(missing("REF-1042_idclaim.asice"));
    let (pack, summary) = make(&frame(Language::English), vec![dossier]);
    assert_eq!(summary.missing, 1);
    let manifest = manifest(&pack);
    assert_eq!(manifest["complete"], false);
    let missing = &manifest["dossiers"][0]["missing"][0];
    assert_eq!(missing["name"], "REF-1042_idclaim.asice");
    assert_eq!(missing["reason"], "gone");
    let page = text(&pack, "REF-1042/REF-1042_to-read.html");
    assert!(page.contains("INCOMPLETE: 1 piece(s) missing"));
    assert!(page.contains("ID360 no longer has it."));
    assert!(text(&pack, "README.txt").contains("INCOMPLETE: 1 piece(s) missing"));
    assert!(text(&pack, "LISEZMOI.txt").contains("INCOMPLET : 1 pièce(s) manquante(s)"));
}

#[test]
fn a_piece_that_is_no_longer_what_was_captured_is_left_out_and_named() {
    let mut dossier = dossier("REF-1042");
    dossier.pieces.push(piece_from(
        PieceKind::IdClaim,
        "REF-1042_idclaim.asice",
        b"what was captured",
        Box::new(b"what is there now".to_vec()),
    ));
    let (pack, summary) = make(&frame(Language::French), vec![dossier]);
    assert_eq!((summary.pieces, summary.missing), (3, 1));
    let manifest = manifest(&pack);
    assert_eq!(manifest["dossiers"][0]["missing"][0]["reason"], "altered");
    assert!(
        !files(&pack)
            .iter()
            .any(|(_, bytes)| bytes == b"what is there now")
    );
}

struct Failing(io::ErrorKind);

impl Content for Failing {
    fn copy_to(&mut self, _: &mut dyn io::Write) -> io::Result<()> {
        Err(self.0.into())
    }
}

#[test]
fn a_piece_that_cannot_be_read_is_left_out_with_what_the_disk_said() {
    for (kind, reason) in [
        (io::ErrorKind::NotFound, "lost"),
        (io::ErrorKind::InvalidData, "altered"),
        (io::ErrorKind::UnexpectedEof, "altered"),
        (io::ErrorKind::Other, "unreadable"),
    ] {
        let mut dossier = dossier("REF-1042");
        let content = Box::new(Failing(kind));
        dossier.pieces = vec![piece_from(PieceKind::Report, "r.json", b"{}", content)];
        let (pack, _) = make(&frame(Language::French), vec![dossier]);
        assert_eq!(
            manifest(&pack)["dossiers"][0]["missing"][0]["reason"],
            reason
        );
    }
}

/// Right the first time, wrong the second.
struct Changing(bool);

impl Content for Changing {
    fn copy_to(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        let bytes: &[u8] = if self.0 { b"after " } else { b"before" };
        self.0 = true;
        out.write_all(bytes)
    }
}

#[test]
fn a_piece_that_changes_while_it_is_packed_stops_the_pack() {
    let mut dossier = dossier("REF-1042");
    let content = Box::new(Changing(false));
    dossier.pieces = vec![piece_from(PieceKind::Report, "r.json", b"before", content)];
    let made = try_make(&frame(Language::French), vec![dossier], &mut |_| {
        ControlFlow::Continue(())
    });
    assert!(matches!(made, Err(PackError::Changed)));
}

#[test]
fn names_that_differ_in_case_only_do_not_fall_on_each_other() {
    let mut dossier = dossier("REF-1042");
    dossier.pieces = vec![
        piece(PieceKind::Document, "a.jpg", b"1"),
        piece(PieceKind::Document, "A.JPG", b"2"),
        piece(PieceKind::Document, "a.jpg", b"3"),
    ];
    let (pack, _) = make(&frame(Language::French), vec![dossier]);
    let originals: Vec<String> = files(&pack)
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| name.contains("/originaux/"))
        .collect();
    assert_eq!(
        originals,
        [
            "REF-1042/originaux/a.jpg",
            "REF-1042/originaux/A (2).JPG",
            "REF-1042/originaux/a (3).jpg"
        ]
    );
    assert_eq!(verdict(&pack).state, PackState::Whole);
}

#[test]
fn hostile_names_and_references_stay_inside_the_pack() {
    for name in [
        "../../etc/passwd",
        "C:\\x\\con.jpg",
        "a\nb.jpg",
        "\u{202E}gpj.exe",
        "",
        "-rf",
        "CON",
        "com1",
    ] {
        let mut dossier = dossier(name);
        dossier.pieces = vec![piece(PieceKind::Document, name, b"bytes")];
        let (pack, _) = make(&frame(Language::French), vec![dossier]);
        for (path, _) in files(&pack) {
            assert!(
                path.split('/')
                    .all(|part| evidence::names::component(part) == part),
                "{name:?} gave {path:?}"
            );
        }
        assert_eq!(verdict(&pack).state, PackState::Whole, "{name:?}");
    }
}

#[test]
fn the_folder_of_a_dossier_takes_the_name_of_no_file_of_the_pack() {
    for reference in ["SHA256SUMS", "sha256sums"] {
        let (pack, _) = make(&frame(Language::French), vec![dossier(reference)]);
        assert_eq!(verdict(&pack).state, PackState::Whole, "{reference}");
        let paths: Vec<String> = files(&pack).into_iter().map(|(path, _)| path).collect();
        assert!(paths.iter().any(|path| path == "SHA256SUMS"), "{paths:?}");
        let folder = format!("{reference} (2)/");
        let inside = paths.iter().filter(|path| path.starts_with(&folder));
        let of_dossier = paths.iter().filter(|path| path.contains('/'));
        assert_eq!(inside.count(), of_dossier.count(), "{paths:?}");
    }
}

#[test]
fn a_selection_has_a_folder_for_each_dossier_and_a_table_of_contents() {
    let mut frame = frame(Language::French);
    frame.is_selection = true;
    let mut second = dossier("REF-1042");
    second.missing.push(missing("x.asice"));
    let (pack, summary) = make(&frame, vec![dossier("REF-1042"), second]);
    assert_eq!((summary.dossiers, summary.missing), (2, 1));
    let contents = text(&pack, "sommaire.html");
    assert!(contents.contains("href=\"REF-1042/REF-1042_a-lire.html\""));
    assert!(contents.contains("href=\"REF-1042 (2)/REF-1042_a-lire.html\""));
    assert!(contents.contains("INCOMPLET"));
    assert_eq!(verdict(&pack).state, PackState::Incomplete);
}

#[test]
fn a_selection_of_many_is_whole() {
    let mut frame = frame(Language::English);
    frame.is_selection = true;
    let dossiers = (0..40)
        .map(|number| dossier(&format!("REF-{number}")))
        .collect();
    let (pack, summary) = make(&frame, dossiers);
    assert_eq!(summary.dossiers, 40);
    assert_eq!(verdict(&pack).state, PackState::Whole);
}

#[test]
fn stopping_is_obeyed_between_two_files() {
    let mut asked = 0;
    let made = try_make(
        &frame(Language::French),
        vec![dossier("REF-1042")],
        &mut |_| {
            asked += 1;
            if asked == 3 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    assert!(matches!(made, Err(PackError::Cancelled)));
    assert_eq!(asked, 3);
}

#[test]
fn progress_counts_whole_dossiers() {
    let mut frame = frame(Language::French);
    frame.is_selection = true;
    let mut last = 0;
    try_make(&frame, vec![dossier("A"), dossier("B")], &mut |at| {
        assert!(at.dossiers >= last);
        last = at.dossiers;
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(last, 2);
}

/// Takes so many bytes, then has no more room.
struct Full(usize);

impl io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.0 -= bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told_as_such_wherever_it_fills_up() {
    let whole = pack().len();
    for room in (0..whole).step_by(whole / 40) {
        let made = write_pack(
            &frame(Language::French),
            &mut std::iter::once(Ok(dossier("REF-1042"))),
            &mut Full(room),
            &desk(),
            &mut |_| ControlFlow::Continue(()),
        );
        let told = matches!(&made, Err(PackError::Io(error)) if error.kind() == io::ErrorKind::StorageFull);
        assert!(told, "with room for {room}: {made:?}");
    }
}

#[test]
fn what_the_source_of_dossiers_says_ends_the_pack() {
    let made = write_pack(
        &frame(Language::French),
        &mut std::iter::once(Err("the register is closed".into())),
        &mut Vec::new(),
        &desk(),
        &mut |_| ControlFlow::Continue(()),
    );
    assert!(matches!(made, Err(PackError::Source(_))));
}

#[test]
fn a_sandbox_pack_says_so_in_every_explanation() {
    let mut dossier = dossier("REF-1042");
    dossier.environment = EnvironmentKind::Sandbox;
    let (pack, _) = make(&frame(Language::French), vec![dossier]);
    assert!(text(&pack, "LISEZMOI.txt").contains("SIMULATION : bac à sable"));
    assert!(text(&pack, "README.txt").contains("SIMULATION: sandbox"));
    assert_eq!(manifest(&pack)["dossiers"][0]["environment"], "sandbox");
}

#[test]
fn a_dossier_that_was_never_created_can_be_packed() {
    let mut dossier = dossier("");
    dossier.reference = None;
    dossier.enrollment_id = None;
    dossier.status = None;
    let (pack, _) = make(&frame(Language::French), vec![dossier]);
    let verdict = verdict(&pack);
    assert_eq!(verdict.troubles, Vec::<Trouble>::new());
    assert_eq!(
        verdict.about.unwrap().dossiers[0].folder,
        "019a0000-0000-7000-8000-000000000001"
    );
}
