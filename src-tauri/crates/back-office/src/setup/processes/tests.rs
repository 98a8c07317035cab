use proptest::prelude::*;

use super::*;
use crate::preferences::PRE_PRODUCTION;

const ONE: &str = "0b0e6f4e-3f0a-4c5e-9d5c-000000000001";
const TWO: &str = "0b0e6f4e-3f0a-4c5e-9d5c-000000000002";

fn lines(text: &str) -> Vec<ProcessLine> {
    judged(&Preferences::default(), PRE_PRODUCTION, text)
        .unwrap()
        .lines
}

fn one(line: &str) -> ProcessLine {
    lines(line).pop().unwrap()
}

fn invalid(rule: ProcessRule) -> ProcessVerdict {
    ProcessVerdict::Invalid { rule }
}

#[test]
fn a_line_is_read_whatever_parts_its_columns() {
    for line in [
        format!("Ouverture de compte;{ONE}"),
        format!("Ouverture de compte\t{ONE}"),
        format!("\"Ouverture de compte\",{ONE}"),
        format!("Ouverture de compte {ONE}"),
        format!("{ONE};Ouverture de compte"),
        format!("  {} ; Ouverture de compte ; ", ONE.to_uppercase()),
        format!("\u{feff}Ouverture de compte;{{{ONE}}}\r"),
    ] {
        let read = one(&line);
        assert_eq!(read.verdict, ProcessVerdict::New, "{line}");
        assert_eq!(
            (read.name.as_str(), read.process_uuid.as_str()),
            ("Ouverture de compte", ONE),
            "{line}"
        );
        assert_eq!(read.deadlines, None, "{line}");
    }
}

#[test]
fn a_bare_uuid_gets_a_name_that_tells_it_from_others() {
    assert_eq!(one(ONE).name, "Parcours 0b0e6f4e");
}

#[test]
fn windows_behind_the_uuid_are_those_of_the_process_and_the_rest_is_the_environment_s() {
    let read = one(&format!("Agence;{ONE};5;6 j;30 jours"));
    let windows = read.deadlines.unwrap();
    assert_eq!(
        (
            windows.documents_days,
            windows.report_application_days,
            windows.report_user_days
        ),
        (5, 6, 30)
    );
    let windows = one(&format!("{ONE}\tAgence 12\t5")).deadlines.unwrap();
    assert_eq!(
        (
            windows.documents_days,
            windows.report_application_days,
            windows.report_user_days
        ),
        (5, 7, 60)
    );
    assert_eq!(one(&format!("Parcours 2 {ONE}")).name, "Parcours 2");
    for wrong in ["0", "3651", "7 semaines", "5;6;7;8", "-7", "x"] {
        assert_eq!(
            one(&format!("Agence;{ONE};{wrong}")).verdict,
            invalid(ProcessRule::Windows),
            "{wrong}"
        );
    }
}

#[test]
fn what_is_wrong_with_a_line_is_told_beside_it() {
    assert_eq!(one("Agence;1234").verdict, invalid(ProcessRule::NoUuid));
    assert_eq!(
        one(&format!("{ONE};{TWO}")).verdict,
        invalid(ProcessRule::SeveralUuids)
    );
    assert_eq!(
        one(&format!("Agence;\"{ONE}")).verdict,
        invalid(ProcessRule::Quote)
    );
    assert_eq!(
        one(&format!("{};{ONE}", "n".repeat(121))).verdict,
        invalid(ProcessRule::NameTooLong)
    );
    // One character too few.
    assert_eq!(one(&ONE[..35]).verdict, invalid(ProcessRule::NoUuid));
}

#[test]
fn the_heads_of_a_sheet_are_no_fault_and_a_second_line_like_them_is() {
    let read = lines(&format!("Nom;UUID;Documents\n\nAgence;{ONE}\nautre uuid"));
    let verdicts: Vec<_> = read
        .iter()
        .map(|line| (line.number, line.verdict.clone()))
        .collect();
    assert_eq!(
        verdicts,
        [
            (1, ProcessVerdict::Heading),
            (3, ProcessVerdict::New),
            (4, invalid(ProcessRule::NoUuid))
        ]
    );
}

#[test]
fn a_process_is_added_once() {
    let read = lines(&format!("{ONE}\n{TWO}\nEncore;{}", ONE.to_uppercase()));
    assert_eq!(read[2].verdict, ProcessVerdict::Repeated { first: 1 });
}

#[test]
fn a_source_without_end_is_refused() {
    let preferences = Preferences::default();
    let judged = |text: &str| {
        judged(&preferences, PRE_PRODUCTION, text).map_err(|error| error.params["rule"].clone())
    };
    assert_eq!(
        judged(&"x".repeat(MOST_BYTES + 1)).unwrap_err(),
        "too_large"
    );
    assert_eq!(
        judged(&"x\n".repeat(MOST_LINES + 1)).unwrap_err(),
        "too_many_lines"
    );
    assert_eq!(
        judged(&"x\n".repeat(MOST_LINES)).unwrap().lines.len(),
        MOST_LINES
    );
}

proptest! {
    #[test]
    fn whatever_is_pasted_is_judged_line_by_line(text in "[\\PC\n\t;,\" 0-9a-f-]{0,400}") {
        let read = judged(&Preferences::default(), PRE_PRODUCTION, &text).unwrap();
        prop_assert!(read.lines.len() <= text.lines().count());
        for line in read.lines {
            if line.verdict == ProcessVerdict::New {
                prop_assert!(line.process_uuid.parse::<Uuid>().is_ok());
                prop_assert!(!line.name.trim().is_empty());
            }
        }
    }
}
