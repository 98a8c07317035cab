//! Containers of other projects, each with the outcome that its manifest states.

use std::path::{Path, PathBuf};

use asice::{
    FileState, Finding, Indication, Policy, Report, SignatureReport, State, Trust, verify,
};

use crate::support::{findings, now};

/// Beside a checkout, or where `ASICE_PUBLIC` says. They are under other licences and not ours to carry.
pub fn folder() -> Option<PathBuf> {
    let told = std::env::var_os("ASICE_PUBLIC").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared/asice-public"));
    told.into_iter()
        .chain(beside)
        .find(|folder| folder.join("manifest.csv").is_file())
}

/// Name, stated outcome without anchors, our report.
fn judged(folder: &Path) -> Vec<(String, String, Report)> {
    let mut manifest = csv::Reader::from_path(folder.join("manifest.csv")).unwrap();
    let records = manifest.records().map(|record| {
        let record = record.unwrap();
        let bytes = std::fs::read(folder.join(&record[0])).unwrap();
        let report = verify(&bytes, &Trust::default(), &Policy::at(now()));
        (record[0].to_owned(), record[8].to_owned(), report)
    });
    records.collect()
}

pub fn xades_reports(folder: &Path) -> Vec<(String, Report)> {
    judged(folder)
        .into_iter()
        .filter(|(name, _, _)| !name.starts_with("dss-c-"))
        .map(|(name, _, report)| (name, report))
        .collect()
}

fn word(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap();
    value.as_str().unwrap_or_default().to_owned()
}

pub fn is_refused(report: &Report) -> bool {
    let found = findings(report);
    found
        .iter()
        .any(|finding| matches!(finding, Finding::Refused(_)))
}

/// Stated as INDETERMINATE for want of a chain; INDETERMINATE here for a reason found before that: references to
/// parts of the signature file itself, or a transform on a file, are not evaluated.
const STRICTER: [&str; 2] = [
    "dss-x-container-with-counter-signature.asice",
    "dss-x-detached-counter-signature.asice",
];

/// Whether one signature came out as one of the outcomes that the text names.
fn fits(signature: &SignatureReport, stated: &str) -> bool {
    let sub = signature.sub_indication.map(word).unwrap_or_default();
    let indication = word(signature.indication);
    let mut alternatives = stated.split(" or ");
    let bare = alternatives.any(|one| one.contains(&indication) && !one.contains('_'));
    bare || stated.contains(&indication) && stated.contains(&sub)
}

/// What is wrong with the report, by the stated outcome.
fn objection(stated: &str, report: &Report) -> Option<&'static str> {
    if report.indication == Indication::TotalPassed {
        return Some("passed without any trusted certificate");
    }
    let may_refuse = ["refuse", "cannot open"]
        .iter()
        .any(|word| stated.contains(word));
    if is_refused(report) {
        return (!may_refuse).then_some("refused");
    }
    if may_refuse && stated.contains("warn") {
        return (report.container.state != State::Warning).then_some("neither refused nor warned");
    }
    if may_refuse && !stated.contains("bounded") {
        return Some("opened");
    }
    if stated.contains("not signed") {
        return (!report.signatures.is_empty()).then_some("signed");
    }
    if stated.contains("no proven time") {
        let proven = |signature: &SignatureReport| signature.proven_time.is_some();
        let stamped = report
            .signatures
            .iter()
            .all(|one| !one.time_stamps.is_empty());
        let passed = report
            .signatures
            .iter()
            .flat_map(|one| &one.time_stamps)
            .any(|stamp| stamp.indication == Indication::TotalPassed);
        let wrong = report.signatures.iter().any(proven) || !stamped || passed;
        return wrong.then_some("a time-stamp that proves something");
    }
    if stated.contains("signature unaffected") {
        let unaffected = |one: &SignatureReport| one.integrity.state == State::Good;
        let signed = report
            .files
            .iter()
            .any(|file| file.state == FileState::Signed);
        if !signed || !report.signatures.iter().all(unaffected) {
            return Some("the signature is affected");
        }
    }
    if stated.contains("unsigned") {
        let bare = |file: &asice::FileReport| file.state == FileState::NotSigned;
        if !report.files.iter().any(bare) {
            return Some("no file without signature");
        }
    }
    let counter = |finding: &Finding| match finding {
        Finding::CounterSignaturesNotEvaluated { count } => *count,
        _ => 0,
    };
    let counted: usize = findings(report).iter().map(counter).sum();
    if stated.starts_with("2x") && report.signatures.len() + counted != 2 {
        return Some("not two signatures");
    }
    let names_outcome = stated.contains("INDETERMINATE") || stated.contains("TOTAL-FAILED");
    let all_fit = report.signatures.iter().all(|one| fits(one, stated));
    (names_outcome && (!all_fit || report.signatures.is_empty())).then_some("another outcome")
}

#[test]
fn every_public_container_comes_out_as_its_manifest_states() {
    let Some(folder) = folder() else {
        eprintln!("SKIPPED: the public containers are not on this machine");
        return;
    };
    let judged = judged(&folder);
    assert!(judged.len() >= 48, "{}", judged.len());
    let mut objections = Vec::new();
    for (name, stated, report) in &judged {
        if std::env::var_os("ASICE_SHOW").is_some() {
            show(name, report);
        }
        let stated = if STRICTER.contains(&name.as_str()) {
            &stated.replace("/NO_CERTIFICATE_CHAIN_FOUND", "")
        } else {
            stated
        };
        if let Some(objection) = objection(stated, report) {
            let outcomes: Vec<_> = report
                .signatures
                .iter()
                .map(|one| (one.indication, one.sub_indication))
                .collect();
            objections.push(format!("{name}: {objection} ({stated}): {outcomes:?}"));
        }
    }
    assert!(objections.is_empty(), "{objections:#?}");
}

fn show(name: &str, report: &Report) {
    println!(
        "{name} {:?} {:?} {:?}",
        report.indication, report.sub_indication, report.coverage
    );
    println!("  container {:?}", report.container.findings);
    for file in &report.files {
        println!("  file {} {:?} {:?}", file.name, file.state, file.signed_by);
    }
    for one in &report.signatures {
        println!(
            "  {} {:?} {:?} {:?} {:?}",
            one.file, one.format, one.level, one.indication, one.sub_indication
        );
        println!(
            "    {:?} {:?} {:?}",
            one.integrity.findings, one.signature.findings, one.trust.findings
        );
        for stamp in &one.time_stamps {
            println!(
                "    stamp {:?} {:?} {:?}",
                stamp.indication, stamp.time, stamp.findings
            );
        }
    }
}
