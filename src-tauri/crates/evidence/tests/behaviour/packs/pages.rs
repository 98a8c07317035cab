use evidence::packs::{EnvironmentKind, Language, PackDossier};
use evidence::{Finding, findings};
use id360_api::Report;

use super::support::*;
use crate::reading::corpus::{PUBLISHED, corpus};

/// What the reports of the corpus are KO for.
fn causes_of_the_corpus() -> Vec<Finding> {
    corpus()
        .iter()
        .filter(|(name, _, _)| !name.starts_with("hostile"))
        .flat_map(|(_, raw, _)| findings(&Report::read(raw).unwrap()))
        .collect()
}

/// The page of a KO, or of another verdict, with these causes.
fn page_of(causes: Vec<Finding>, status: &str, language: Language) -> String {
    let mut dossier = dossier("REF-1042");
    dossier.status = Some(status.into());
    dossier.causes = causes;
    html(dossier, language)
}

/// The causes of one report of the corpus.
fn causes_of(report: &str) -> Vec<Finding> {
    let (_, raw, _) = corpus()
        .into_iter()
        .find(|(name, _, _)| name == report)
        .unwrap();
    findings(&Report::read(&raw).unwrap())
}

fn html(dossier: PackDossier, language: Language) -> String {
    let word = match language {
        Language::French => "a-lire",
        Language::English => "to-read",
    };
    let reference = evidence::names::reference(dossier.reference.as_deref(), 4711);
    let (pack, _) = make(&frame(language), vec![dossier]);
    text(&pack, &format!("{reference}/{reference}_{word}.html"))
}

fn pdf(dossier: PackDossier, language: Language) -> Vec<u8> {
    let word = match language {
        Language::French => "a-lire",
        Language::English => "to-read",
    };
    let reference = evidence::names::reference(dossier.reference.as_deref(), 4711);
    let (pack, _) = make(&frame(language), vec![dossier]);
    file(&pack, &format!("{reference}/{reference}_{word}.pdf"))
}

/// Where each of `words` stands, all of them being there.
fn places(page: &str, words: &[&str]) -> Vec<usize> {
    words
        .iter()
        .map(|word| {
            page.find(word)
                .unwrap_or_else(|| panic!("{word} is not on the page"))
        })
        .collect()
}

#[test]
fn the_page_tells_verdict_level_and_method_before_anything_else() {
    let page = html(dossier("REF-1042"), Language::French);
    let places = places(
        &page,
        &[
            "Non conforme (KO)",
            "Faible (LOW)",
            "Parcours en ligne (SVID_ID360)",
            "1. La pièce d’identité est périmée.",
            "DUPRÉ-LEFÈVRE",
            "GET /document/881/file_contents/?page_number=0",
            "NO_CERTIFICATE_CHAIN_FOUND",
            "Pièce périmée depuis février.",
            "Préparé",
            "27/11/2026 09:00:00",
            "Empreinte de la clé",
        ],
    );
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn the_page_speaks_english_when_asked() {
    let page = html(dossier("REF-1042"), Language::English);
    assert!(page.contains("<html lang=\"en\">"));
    for words in [
        "Not passed (KO)",
        "The ID document has expired.",
        "23 Nov 2026 03:31:18",
        "Key fingerprint",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn the_page_says_that_it_is_a_summary_and_not_id360_s_own_report() {
    for (language, words) in [
        (
            Language::French,
            "Elle n’a pas la valeur du rapport d’ID360",
        ),
        (
            Language::English,
            "It does not carry the weight of ID360’s report",
        ),
    ] {
        let page = html(dossier("REF-1042"), language);
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn a_ko_without_a_readable_cause_says_that() {
    let mut dossier = dossier("REF-1042");
    dossier.causes.clear();
    assert!(html(dossier, Language::English).contains("ID360 says KO with no readable reason"));
}

#[test]
fn no_published_code_is_called_undocumented_and_no_place_that_has_a_name_is_shown_raw() {
    // The one code that says of itself that nothing is known.
    let said = || PUBLISHED.iter().filter(|code| **code != "UNKNOWN_ERROR");
    let mut causes = causes_of_the_corpus();
    causes.retain(|cause| said().any(|code| *code == cause.code));
    for (language, undocumented, at_the_screen) in [
        (
            Language::French,
            "non documentée",
            "sous le seuil\u{202F}: Kbis.",
        ),
        (
            Language::English,
            "Undocumented",
            "under its threshold: Company register extract.",
        ),
    ] {
        let page = page_of(causes.clone(), "KO", language);
        for code in said() {
            assert!(page.contains(code), "{code}");
        }
        assert!(!page.contains(undocumented));
        assert!(page.contains(at_the_screen));
    }
}

#[test]
fn a_cause_reads_on_the_page_as_it_does_in_the_window() {
    for (report, sentence) in [
        ("code_vld_syntax_error", "A process rule is badly written."),
        ("reason_in_free_words", "ID360 gives this reason only: “"),
        (
            "validation_expired_before_rules_had_names",
            "The ID document has expired.",
        ),
        (
            "code_mdl_challenge_phone_detection",
            "The document seems to be a photograph of a screen.",
        ),
        (
            "steps_without_codes",
            "The step “Photo of a screen” failed.",
        ),
        (
            "method_ko",
            "The identification means “digital identity” did not succeed.",
        ),
    ] {
        let page = page_of(causes_of(report), "KO", Language::English);
        assert!(page.contains(sentence), "{report}");
    }
}

#[test]
fn differences_that_the_process_admits_are_said_to_be_admitted() {
    let in_spite = "in spite of these differences: the process allows them";
    let causes = causes_of("passed_in_spite_of_differences");
    assert!(page_of(causes.clone(), "OK", Language::English).contains(in_spite));
    assert!(!page_of(causes, "KO", Language::English).contains(in_spite));
    assert!(!page_of(Vec::new(), "OK", Language::English).contains(in_spite));
}

#[test]
fn a_secret_in_the_name_of_a_step_is_not_on_the_page() {
    let page = page_of(causes_of("secrets_everywhere"), "KO", Language::English);
    assert!(!page.contains("CANARI"));
}

#[test]
fn an_undocumented_cause_is_shown_by_all_that_is_known_of_it() {
    let mut dossier = dossier("REF-1042");
    dossier.causes = vec![cause("XYZ_NEW_CODE")];
    dossier.causes[0].source = evidence::FindingSource::StatusCode;
    assert!(html(dossier, Language::English).contains(
        "Undocumented cause: XYZ_NEW_CODE, 1 validations failed: IDENTITY_DOCUMENT.expired, "
    ));
}

#[test]
fn an_impossible_date_is_marked() {
    assert!(
        html(dossier("REF-1042"), Language::English)
            .contains("2063-01-02 (check: impossible value)")
    );
}

#[test]
fn pages_of_tests_and_simulations_say_so_and_pages_of_production_do_not() {
    for (environment, words) in [
        (EnvironmentKind::Sandbox, "SIMULATION"),
        (EnvironmentKind::PreProduction, "TEST: pre-production"),
    ] {
        let mut dossier = dossier("REF-1042");
        dossier.environment = environment;
        assert!(html(dossier, Language::English).contains(words));
    }
    let production = html(dossier("REF-1042"), Language::English);
    assert!(!production.contains("SIMULATION") && !production.contains("TEST:"));
}

#[test]
fn the_page_runs_nothing_and_asks_for_nothing() {
    let mut dossier = dossier("<script>alert(1)</script>");
    dossier.process = "\"><img src=https://evil.test/x onerror=alert(1)>".into();
    dossier.identity[0].value = "javascript:alert('x')&<b>".into();
    dossier.journal[0].detail = "</td><iframe src=//evil.test>".into();
    let page = html(dossier, Language::French);
    for forbidden in [
        "<script", "<img", "<iframe", "<b>", "src=\"", "url(", "@import",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(page.contains("default-src 'none'"));
    assert!(!page.contains("http://") && !page.contains("href=\"http"));
}

#[test]
fn characters_that_hide_or_reorder_text_are_spelt_out() {
    let mut dossier = dossier("REF-1042");
    dossier.identity[0].value = "DU\u{202E}PRÉ\u{200B}\nX".into();
    let page = html(dossier, Language::French);
    assert!(page.contains("DU[U+202E]PRÉ[U+200B] X"));
}

#[test]
fn a_megabyte_in_the_place_of_a_name_does_not_fill_the_page() {
    let mut dossier = dossier("REF-1042");
    dossier.identity[0].value = "x".repeat(1 << 20);
    assert!(html(dossier, Language::French).len() < 64 * 1024);
}

#[test]
fn the_pdf_is_a_tagged_archival_document_in_its_language() {
    let pdf = pdf(dossier("REF-1042"), Language::French);
    let text = String::from_utf8_lossy(&pdf);
    assert!(pdf.starts_with(b"%PDF-1."));
    for mark in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "/MarkInfo",
        "/StructTreeRoot",
        "/Lang(fr)",
        "/OutputIntent",
    ] {
        assert!(
            text.replace(' ', "").contains(&mark.replace(' ', "")),
            "{mark}"
        );
    }
    assert!(!text.contains("/JavaScript") && !text.contains("/URI"));
}

#[test]
fn the_pdf_draws_any_name_whatever_its_script() {
    for name in [
        "Нурсултан",
        "Ελένη",
        "王小明",
        "محمد",
        "e\u{301}e\u{327}",
        "🙂",
        "\u{FFFF}\u{0}",
    ] {
        let mut dossier = dossier("REF-1042");
        dossier.identity[0].value = name.into();
        dossier.reference = Some(name.into());
        let (pack, _) = make(&frame(Language::French), vec![dossier]);
        assert!(
            files(&pack)
                .iter()
                .any(|(path, bytes)| path.ends_with(".pdf") && bytes.starts_with(b"%PDF"))
        );
    }
}

#[test]
fn a_long_journal_is_cut_on_the_page_and_whole_beside_it() {
    let mut dossier = dossier("REF-1042");
    let line = dossier.journal[0].clone();
    dossier.journal = (1..=900)
        .map(|position| evidence::packs::JournalLine {
            position,
            ..line.clone()
        })
        .collect();
    let (pack, _) = make(&frame(Language::English), vec![dossier]);
    let page = text(&pack, "REF-1042/REF-1042_to-read.html");
    assert!(page.contains("Last 200 of 900 lines; all of them are in journal.jsonl."));
    assert_eq!(text(&pack, "REF-1042/journal.jsonl").lines().count(), 900);
}
