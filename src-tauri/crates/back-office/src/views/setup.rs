//! What the set-up of a desk shows: the test of an account, and processes that were pasted.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{error::WireError, session::SessionView, settings::DeadlinePolicy};

/// What a test told about one part of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "Proof.ts")]
pub enum Proof {
    Good,
    Doubtful,
    /// The test ended before, or says nothing about it.
    Open,
}

/// What a test of an account found, as far as ID360 lets one know (facts §B.1, §C.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "TestFinding.ts")]
pub enum TestFinding {
    Passed,
    /// No answer from that address.
    HostSilent,
    /// It shows a certificate that this computer does not trust; nothing was sent.
    HostUntrusted,
    /// Something answers, but not as ID360 does.
    HostNotId360,
    /// The id or the secret; ID360 does not say which.
    IdOrSecret,
    /// The code is missing or wrong; without a good one ID360 tells nothing of the password.
    Code,
    /// 403 or 429: the account is blocked, or may not sign in from here; ID360 does not say.
    AccountRefused,
    /// Signed in, and the session that came of it is refused.
    TokenRefused,
    /// ID360 has an incident or asks to wait: nothing that was typed is in doubt.
    NothingLearnt,
}

/// A login, then whoami.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "AccountTest.ts")]
pub struct AccountTest {
    pub finding: TestFinding,
    pub host: Proof,
    pub account: Proof,
    /// What whoami says of the session.
    pub session: Proof,
    /// Why, where something went wrong.
    pub error: Option<WireError>,
    /// The password is in the keychain.
    pub password_kept: bool,
    /// The desk after the test: an account that passed is signed in.
    pub desk: SessionView,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "ProcessRule.ts")]
pub enum ProcessRule {
    /// A quote never closes.
    Quote,
    NoUuid,
    SeveralUuids,
    /// What follows the UUID is no window in whole days, 1 to 3650, or there are more than three.
    Windows,
    NameTooLong,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "ProcessVerdict.ts")]
pub enum ProcessVerdict {
    /// Well formed. Whether ID360 knows it shows when a dossier is created.
    New,
    /// The desk has it already, under that name.
    Known {
        name: String,
    },
    /// The same UUID stands in an earlier line.
    Repeated {
        first: u32,
    },
    /// The column heads of a sheet.
    Heading,
    Invalid {
        rule: ProcessRule,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ProcessLine.ts")]
pub struct ProcessLine {
    /// From 1, empty lines counted.
    pub number: u32,
    /// As it would be added; the desk makes one up where the line has none.
    pub name: String,
    /// Lower case with hyphens; empty where the line has none.
    pub process_uuid: String,
    /// The windows of the line, where it gives any.
    pub deadlines: Option<DeadlinePolicy>,
    pub verdict: ProcessVerdict,
}

/// Pasted processes, judged; nothing is added yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "ProcessLines.ts")]
pub struct ProcessLines {
    /// Those that say something.
    pub lines: Vec<ProcessLine>,
    /// How many would be added.
    pub new: u32,
    pub invalid: u32,
}
