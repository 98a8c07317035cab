//! What can be chosen before the start, and the switches that can be turned while it runs.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is chosen once, before the start.
#[derive(Debug, Clone, Default)]
pub struct SandboxOptions {
    /// Loopback port; 0 lets the system choose.
    pub port: u16,
    /// With a seed, ids, tokens, keys, credentials and process UUIDs are the same at every start.
    pub seed: Option<u64>,
    /// How many dossiers of varied ages and outcomes exist from the start.
    pub dossiers: usize,
    /// A folder where the state survives a restart. What is found there wins over `seed` and
    /// `dossiers`.
    pub data: Option<PathBuf>,
    /// A second port behind TLS, with a certificate made at the start.
    pub tls: bool,
    /// The switches at the start (with `data`, they are not kept across restarts).
    pub switches: Switches,
}

/// How links inside answers are written (facts §J.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkForm {
    /// `{base_url}/api/1.0.0/…`
    Own,
    /// `{base_url}/private/api/1.0.0/…`
    Private,
    /// `http://preprod.id360docaposte.com/private/api/1.0.0/…`, as real answers say.
    Http,
    /// `https://www.id360docaposte.com/api/1.0.0/…`, as the guide says.
    Www,
    /// `https://sandbox-stranger.invalid/api/1.0.0/…`: nobody may ever call it.
    Foreign,
}

/// The key of identity documents in the report (facts §J.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityFamily {
    Identity,
    IdentityDocument,
}

/// The shape of the report's `identity` (facts §J.13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityShape {
    Object,
    Array,
    Absent,
}

/// What a plain report call says of a CANCELED dossier: no source tells (facts §D.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CanceledReport {
    /// 200 with a report that says CANCELED.
    Report,
    /// 202, as for a dossier that is not finished; the draft flag gives it.
    NotReady,
}

/// The media type of a document download (facts §J.25).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentType {
    /// `application/octet-stream`.
    OctetStream,
    /// What the bytes are.
    Sniffed,
    /// No header at all.
    None,
}

/// What the letters of `callback_endpoints[].on` mean (facts §J.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letters {
    /// E = OK or KO, F = FAILED, C = CANCELED, `[]` = everything.
    Verdict,
    /// F = final, E = every step, C = CANCELED, `[]` = everything.
    Final,
}

/// Switches for what the public documentation leaves open (facts §J), and for the pace of things.
///
/// `PUT /sandbox/options` takes any subset as a JSON object and leaves the others as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switches {
    /// 1 or 2 (§J.12).
    pub report_version: u8,
    /// §J.5.
    pub links: LinkForm,
    /// §J.11.
    pub identity_family: IdentityFamily,
    /// §J.13.
    pub identity_shape: IdentityShape,
    /// Writes `all_status_code` instead of `all_status_codes` (§J.15).
    pub singular_status_code_key: bool,
    /// The value of the report's `environment`; an empty text leaves it out.
    pub environment: String,
    /// Characters of a session token (§J.1); those already given keep theirs.
    pub token_length: usize,
    /// Characters of an `api_key` (§J.2).
    pub api_key_length: usize,
    /// Writes the `id` of a created dossier as a text (§J.3).
    pub id_as_text: bool,
    /// The stray `;` of the guide after `finished_time` (§C.3): the create answer is not JSON.
    pub stray_semicolon: bool,
    /// 301 to the other form for paths without a trailing slash (§J.4).
    pub append_slash: bool,
    /// Status of refused credentials or code: 400, 401 or 403 (§B.1).
    pub login_refusal_status: u16,
    /// A one-time code is taken once; the next one is in `GET /sandbox/credentials`.
    pub otp_single_use: bool,
    /// After so many refused logins in a row the account answers 403.
    pub block_after_refusals: Option<u32>,
    /// More logins than this in 15 minutes answer 429 with `Retry-After` (§J.30).
    pub logins_per_quarter_hour: Option<u32>,
    /// 400 when a create has neither `callback_endpoints` nor `callback_url` (§J.8).
    pub strict_callbacks: bool,
    /// §J.9.
    pub letters: Letters,
    /// A callback when a dossier is discontinued (§J.10).
    pub discontinued_callback: bool,
    /// Status of a discontinue on a finished dossier: 204 or 409 (§J.23).
    pub discontinue_on_final: u16,
    /// §D.3.
    pub canceled_report: CanceledReport,
    /// Status when an application asks for a report older than its window: 404 or 403 (§C.7).
    pub application_old_report_status: u16,
    /// `auto=true` delays the SMS until the page is opened; false inverts the reading (§J.21).
    pub auto_true_delays_sms: bool,
    /// Serves the paths that are guesses: archive, proof slip, status (§J.27).
    pub guessed_paths: bool,
    /// §J.25.
    pub document_type: DocumentType,
    /// A selfie also appears as `selfie_image`, as processed (§F.5).
    pub processed_selfie: bool,
    /// Sandbox seconds between the end of the input and the verdict; 202 in between.
    pub processing_seconds: u32,
    /// Real milliseconds before each answer of the API: a network between.
    pub answer_delay_milliseconds: u64,
    /// Delay «not started» (§D.2), in minutes.
    pub not_started_minutes: u32,
    /// Delay «started» (§D.2), in minutes.
    pub started_minutes: u32,
    /// Delay «end of processing» (§D.2), in minutes.
    pub processing_minutes: u32,
    /// Days documents stay readable (§D.3).
    pub documents_days: u32,
    /// Days an application may read a report (§D.3).
    pub application_days: u32,
    /// Days until the daily job makes a dossier DELETED (§D.2).
    pub retention_days: u32,
    /// Days an archived report stays readable by users.
    pub archive_days: u32,
    /// Tries per callback (§J.29).
    pub callback_tries: u32,
    /// Real milliseconds between tries.
    pub callback_retry_milliseconds: u64,
    /// Real milliseconds before the first try.
    pub callback_delay_milliseconds: u64,
    /// Every callback is delivered twice.
    pub callback_twice: bool,
    /// The final callback leaves before the intermediate ones.
    pub callback_reordered: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            report_version: 2,
            links: LinkForm::Own,
            identity_family: IdentityFamily::Identity,
            identity_shape: IdentityShape::Object,
            singular_status_code_key: false,
            environment: "PREPROD".to_owned(),
            token_length: 50,
            api_key_length: 128,
            id_as_text: false,
            stray_semicolon: false,
            append_slash: false,
            login_refusal_status: 401,
            otp_single_use: false,
            block_after_refusals: None,
            logins_per_quarter_hour: None,
            strict_callbacks: false,
            letters: Letters::Verdict,
            discontinued_callback: false,
            discontinue_on_final: 409,
            canceled_report: CanceledReport::Report,
            application_old_report_status: 404,
            auto_true_delays_sms: true,
            guessed_paths: true,
            document_type: DocumentType::OctetStream,
            processed_selfie: true,
            processing_seconds: 0,
            answer_delay_milliseconds: 0,
            not_started_minutes: 7 * 24 * 60,
            started_minutes: 24 * 60,
            processing_minutes: 60,
            documents_days: 7,
            application_days: 7,
            retention_days: 60,
            archive_days: 5 * 365,
            callback_tries: 3,
            callback_retry_milliseconds: 1_000,
            callback_delay_milliseconds: 0,
            callback_twice: false,
            callback_reordered: false,
        }
    }
}

impl Switches {
    /// These switches with the members of `changes` laid over them.
    pub fn with(&self, changes: &Value) -> Result<Self, String> {
        let Value::Object(changes) = changes else {
            return Err("a JSON object is wanted".to_owned());
        };
        let mut all = match serde_json::to_value(self) {
            Ok(Value::Object(all)) => all,
            _ => return Err("the switches could not be written".to_owned()),
        };
        for (name, value) in changes {
            all.insert(name.clone(), value.clone());
        }
        serde_json::from_value(Value::Object(all)).map_err(|error| error.to_string())
    }
}
