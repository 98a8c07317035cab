//! What was declared beside what was read, and the machine-readable zone, on the wire.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::explanation::mirrored;

mirrored! {
    Agreement of Agreement in "Agreement.ts" { Same, Writing, Differs, NotRead }
}
mirrored! {
    ColumnKind of ColumnKind in "ColumnKind.ts" { Same, Writing, Differs }
}
mirrored! {
    WritingDifference of WritingDifference in "WritingDifference.ts" {
        Accents, Case, Spaces, Hyphens, Apostrophes, Signs,
    }
}
mirrored! {
    MrzFormat of MrzFormat in "MrzFormat.ts" { Td1, Td2, Td3, FrenchCard }
}
mirrored! {
    MrzKey of MrzKey in "MrzKey.ts" {
        DocumentType, IssuingCountry, Name, FirstNames, DocumentNumber, Nationality, BirthDate, Sex,
        ExpirationDate, IssuedIn, Optional,
    }
}
mirrored! {
    MrzCheckSubject of MrzCheckSubject in "MrzCheckSubject.ts" {
        DocumentNumber, BirthDate, ExpirationDate, Optional, Composite,
    }
}

/// A letter over a letter; either may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "LetterColumn.ts")]
pub struct LetterColumn {
    pub declared: String,
    pub read: String,
    pub kind: ColumnKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ComparisonView.ts")]
pub struct ComparisonView {
    /// `name`, `birth_date`, …, or the rule of a comparison that ID360 made.
    pub key: String,
    pub declared: String,
    /// Empty where nothing was read.
    pub read: String,
    pub json_path: Option<String>,
    /// Sent to ID360 to be compared with, not only typed.
    pub is_expected: bool,
    /// Two documents were compared: the types of the one above and of the one below, empty where the report does not
    /// say. `None` where something was declared.
    pub documents: Option<[String; 2]>,
    pub agreement: Agreement,
    pub writing: Vec<WritingDifference>,
    /// Empty for equal values and for very long ones.
    pub columns: Vec<LetterColumn>,
    /// The result of a comparison that ID360 made.
    pub passed: Option<bool>,
}

impl From<evidence::Comparison> for ComparisonView {
    fn from(comparison: evidence::Comparison) -> Self {
        Self {
            key: comparison.key,
            declared: comparison.declared,
            read: comparison.read,
            json_path: comparison.json_path,
            is_expected: comparison.is_expected,
            documents: comparison.documents,
            agreement: comparison.agreement.into(),
            writing: comparison.writing.into_iter().map(Into::into).collect(),
            columns: comparison
                .columns
                .into_iter()
                .map(|column| LetterColumn {
                    declared: column.declared,
                    read: column.read,
                    kind: column.kind.into(),
                })
                .collect(),
            passed: comparison.passed,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "MrzFieldView.ts")]
pub struct MrzFieldView {
    pub key: MrzKey,
    pub value: String,
    pub doubtful: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "MrzCheckView.ts")]
pub struct MrzCheckView {
    pub subject: MrzCheckSubject,
    pub is_right: bool,
}

/// A zone; right check digits say that it was read well, never that the document is genuine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "MrzView.ts")]
pub struct MrzView {
    pub lines: Vec<String>,
    /// `None`: the lines are shown and nothing is said of them.
    pub format: Option<MrzFormat>,
    pub fields: Vec<MrzFieldView>,
    pub checks: Vec<MrzCheckView>,
    pub json_path: String,
}

impl From<evidence::Mrz> for MrzView {
    fn from(mrz: evidence::Mrz) -> Self {
        Self {
            lines: mrz.lines,
            format: mrz.format.map(Into::into),
            fields: mrz
                .fields
                .into_iter()
                .map(|field| MrzFieldView {
                    key: field.key.into(),
                    value: field.value,
                    doubtful: field.doubtful,
                })
                .collect(),
            checks: mrz
                .checks
                .into_iter()
                .map(|check| MrzCheckView {
                    subject: check.subject.into(),
                    is_right: check.is_right,
                })
                .collect(),
            json_path: mrz.json_path,
        }
    }
}
