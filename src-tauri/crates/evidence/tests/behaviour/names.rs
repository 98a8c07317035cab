use std::collections::BTreeSet;

use evidence::names::{self, component};
use evidence::{MediaType, PageSide};
use proptest::prelude::*;

/// Everything quality.md E-10 asks of a name.
fn complaint(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap().trim_end();
    let reserved = [
        "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
        "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8",
        "lpt9", "conin$", "conout$", "clock$",
    ];
    let is_hidden_mark = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{061C}');
    [
        (name.is_empty(), "empty"),
        (name.len() > 120, "too long"),
        (
            name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']),
            "separator or wildcard",
        ),
        (name.starts_with('.'), "leading dot"),
        (name.starts_with('-'), "leading dash"),
        (name.starts_with(' '), "leading space"),
        (name.ends_with(['.', ' ']), "trailing dot or space"),
        (name.contains(".."), "parent folder"),
        (name.chars().any(char::is_control), "control character"),
        (name.chars().any(is_hidden_mark), "direction mark"),
        (
            reserved.contains(&stem.to_lowercase().as_str()),
            "device name",
        ),
        (
            std::path::Path::new(name).components().count() != 1,
            "not one component",
        ),
        (component(name) != name, "not idempotent"),
    ]
    .into_iter()
    .find_map(|(is_so, what)| is_so.then_some(what))
}

fn hostile_names() -> BTreeSet<String> {
    let long = "x".repeat(300);
    let accents = "é".repeat(150);
    let bases = [
        "",
        "recto.jpg",
        "liveness_video$0",
        "CON",
        "con.txt",
        "Aux .jpg",
        "nul",
        "COM1",
        "COM¹.png",
        "lpt9.tar.gz",
        "CLOCK$",
        "CONIN$",
        "a:b",
        "file.jpg::$DATA",
        "desktop.ini",
        "~",
        "-rf",
        "%APPDATA%",
        "$(id)",
        "`id`",
        "名前.png",
        "Ondine VALMONTEL.jpg",
        "e\u{301}.jpg",
        "photo\u{202E}gpj.exe",
        "\u{200B}",
        "a\0b.jpg",
        "a\r\nb",
        "tab\tname",
        "..",
        "...",
        ". .",
        " ",
        "a. .jpg",
        "a .verylongextension",
        "\u{2215}etc\u{2215}passwd",
        "ＣＯＮ．txt",
        "．．／etc",
        "\u{FEFF}bom",
        "🂡.jpg",
        "a\u{AD}b",
        &long,
        &accents,
        "x.part",
        ".hidden",
        "\u{E000}",
        "\u{1F468}\u{200D}\u{1F469}.png",
    ];
    let around: [(&str, &str); 26] = [
        ("", ""),
        ("../", ""),
        ("..\\", ""),
        ("/", ""),
        ("\\\\server\\share\\", ""),
        ("C:", ""),
        ("C:\\", ""),
        ("./", ""),
        ("", "/"),
        ("", "."),
        ("", " "),
        ("", "\u{202E}"),
        ("\u{202E}", ""),
        ("", "\0"),
        ("\0", ""),
        ("", ":stream"),
        (" ", ""),
        (".", ""),
        ("-", ""),
        ("\\\\?\\", ""),
        ("file:///", ""),
        ("", ".jpg"),
        ("", "..."),
        ("%2e%2e%2f", ""),
        ("", ".jpg.exe"),
        ("\u{200F}", "\u{200F}"),
    ];
    bases
        .iter()
        .flat_map(|base| around.map(|(before, after)| format!("{before}{base}{after}")))
        .collect()
}

#[test]
fn a_thousand_hostile_names_become_harmless() {
    let names = hostile_names();
    assert!(names.len() >= 1000, "only {} names", names.len());
    for name in names {
        let safe = component(&name);
        assert_eq!(complaint(&safe), None, "{name:?} became {safe:?}");
    }
}

/// Bytes, since a name may come as any: what fuzzing begins with, and what it found.
#[test]
fn every_name_of_the_corpus_becomes_harmless() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = std::fs::read(&path).unwrap();
        let safe = component(&String::from_utf8_lossy(&name));
        assert_eq!(complaint(&safe), None, "{path:?} became {safe:?}");
        count += 1;
    }
    assert!(count >= 20, "{count}");
}

#[test]
fn the_check_of_names_would_notice_a_bad_one() {
    for bad in [
        "",
        "..",
        "a/b",
        "CON.txt",
        ".hidden",
        "a.",
        "photo\u{202E}gpj.exe",
        "a\0b",
    ] {
        assert!(complaint(bad).is_some(), "{bad:?} passed");
    }
}

#[test]
fn a_name_that_a_person_chose_stays_as_it_is() {
    for name in [
        "Dossier Valmontel - pièce d'identité (2).jpg",
        "名前.png",
        "REF-1042_recto.jpg",
    ] {
        assert_eq!(component(name), name);
    }
}

#[test]
fn a_long_name_keeps_its_extension() {
    let name = component(&format!("{}.asice", "é".repeat(200)));
    assert!(name.ends_with("é.asice") && name.len() <= 120);
}

#[test]
fn file_names_speak_of_the_document_and_not_of_the_server() {
    let named = |document, side, page, media| {
        names::document_file_name("REF-1042", document, side, page, media)
    };
    use MediaType::{Heic, Jpeg, Mp4, Pdf, Png, Unknown};
    use PageSide::{Other, Recto, Verso};
    assert_eq!(
        named("id_document_image", Recto, 0, Jpeg),
        "REF-1042_recto.jpg"
    );
    assert_eq!(named("ar24_in_back", Verso, 0, Png), "REF-1042_verso.png");
    assert_eq!(
        named("selfie_image", Other, 0, Heic),
        "REF-1042_selfie.heic"
    );
    assert_eq!(
        named("proof_of_address_image", Other, 0, Pdf),
        "REF-1042_justificatif-domicile_1.pdf"
    );
    assert_eq!(
        named("liveness_video$1", Other, 0, Mp4),
        "REF-1042_video-vivacite-2.mp4"
    );
    assert_eq!(
        named("../../evil.exe", Other, 2, Unknown),
        "REF-1042_evil-exe_3.bin"
    );
    assert_eq!(
        names::idclaim_file_name("REF-1042"),
        "REF-1042_idclaim.asice"
    );
    assert_eq!(names::report_file_name("REF-1042"), "REF-1042_rapport.json");
    assert_eq!(
        names::draft_report_file_name("REF-1042"),
        "REF-1042_rapport_provisoire.json"
    );
    assert_eq!(
        names::masked_report_file_name("REF-1042"),
        "REF-1042_rapport_masque.json"
    );
    assert_eq!(names::pdf_file_name("REF-1042"), "REF-1042_rapport.pdf");
}

#[test]
fn a_dossier_without_a_usable_reference_goes_by_its_number() {
    assert_eq!(
        names::reference(Some("Société Générique / 12"), 900_042),
        "Societe-Generique-12"
    );
    assert_eq!(names::reference(Some("AG_12__7_"), 900_042), "AG_12_7");
    assert_eq!(names::reference(Some("  ../ "), 900_042), "900042");
    assert_eq!(names::reference(None, 900_042), "900042");
}

#[test]
fn a_second_copy_is_numbered_before_its_extension() {
    assert_eq!(
        names::alternative("REF-1042_recto.jpg", 2),
        "REF-1042_recto (2).jpg"
    );
    let long = component(&format!("{}.jpg", "a".repeat(300)));
    let copy = names::alternative(&long, 999);
    assert!(copy.ends_with(" (999).jpg") && copy.len() <= 120);
}

proptest! {
    #[test]
    fn any_text_becomes_one_safe_component(text in any::<String>()) {
        prop_assert_eq!(complaint(&component(&text)), None);
    }

    #[test]
    fn any_mix_of_dangerous_pieces_becomes_one_safe_component(
        pieces in prop::collection::vec(prop::sample::select(vec![
            ".", "..", " ", "/", "\\", ":", "CON", "aux", "COM1", "¹", "-", "_", "jpg", "é", "\u{202E}", "\u{200B}",
            "\0", "$", "\u{FF0E}", "\u{2026}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "\u{3000}",
        ]), 0..12)
    ) {
        prop_assert_eq!(complaint(&component(&pieces.concat())), None);
    }

    #[test]
    fn any_words_of_the_server_give_a_safe_file_name(
        reference in any::<String>(), document in any::<String>(), page in any::<u32>()
    ) {
        let name = names::document_file_name(&reference, &document, PageSide::Other, page, MediaType::Pdf);
        prop_assert_eq!(complaint(&name), None);
        prop_assert!(name.is_ascii() && name.ends_with(".pdf"));
    }
}
