//! P-18: reading reports into the desk's model against types derived for what reports hold, and the explanation.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, NaiveDateTime, Utc};
use evidence::Reading;
use id360_api::Report;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use tokio::runtime::Handle;

use super::at_least;
use super::served::{Kind, Served};
use crate::figures::{Times, median_ratio, ms, say, timed};

const REPORTS: usize = 500;
const ROUNDS: usize = 15;

/// What somebody who knows that every report is as published would derive: the parts that the desk's model has, times
/// as times, and nothing else. It loses what is unknown, refuses what is of another type, and keeps no place of
/// anything.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Derived {
    version: Option<u32>,
    id: Option<i64>,
    status: String,
    identity_status: Option<String>,
    reason: Option<String>,
    level: Option<String>,
    environment: Option<String>,
    id_verification_service: Option<String>,
    #[serde(deserialize_with = "time")]
    creation_time: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "time")]
    starting_time: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "time")]
    finished_time: Option<DateTime<Utc>>,
    process_id: Option<i64>,
    process_uuid: Option<String>,
    process_name: Option<String>,
    client_reference: Option<String>,
    archive_reference: Option<String>,
    enrollment: Option<Enrollment>,
    unsigned: Option<Unsigned>,
    identity: Option<Map<String, Value>>,
    documents: BTreeMap<String, Vec<Document>>,
    steps: BTreeMap<String, Step>,
    all_status_codes: Vec<Located>,
    status_codes: Vec<Code>,
    finalizer_reports: Option<Reports>,
    previous_reports: Option<Reports>,
    external_methods: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Enrollment {
    client_reference: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Unsigned {
    archive_reference: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Document {
    name: String,
    status: Option<String>,
    files: Vec<File>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    url: String,
    hash: Option<String>,
    hash_algorithm: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Step {
    status: Option<String>,
    #[serde(deserialize_with = "time")]
    creation_time: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "time")]
    starting_time: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "time")]
    finished_time: Option<DateTime<Utc>>,
    status_codes: Vec<Code>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Code {
    code: String,
    message: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Located {
    status_code: Option<Code>,
    r#where: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reports {
    validator_report: Option<Validator>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Validator {
    is_valid: Option<bool>,
    identity: Option<Map<String, Value>>,
    validations: Vec<Check>,
    comparisons: Vec<Check>,
    customs: Vec<Check>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Check {
    id: Option<i64>,
    r#ref: Option<String>,
    description: Option<String>,
    message: Option<String>,
    is_valid: Option<bool>,
    is_equivalent: Option<bool>,
    fields: Vec<Field>,
    field1: Option<Field>,
    field2: Option<Field>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Field {
    document_type: Option<String>,
    name: Option<String>,
    value: Option<Value>,
}

/// With `Z` or without zone, as the facts have it.
fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let Some(text) = Option::<Cow<'de, str>>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let time = if text.ends_with('Z') {
        text.parse::<DateTime<Utc>>()
    } else {
        text.parse::<NaiveDateTime>().map(|time| time.and_utc())
    };
    time.map(Some).map_err(D::Error::custom)
}

pub fn measure(served: &Served) -> Result<()> {
    let reports = Handle::current().block_on(reports(served))?;
    let bytes: usize = reports.iter().map(Vec::len).sum();
    say(&format!(
        "\nReading {} reports, {} KB each, {ROUNDS} rounds",
        reports.len(),
        bytes / reports.len().max(1) / 1_000
    ));
    let (mut derived, mut tree, mut explained) = (Vec::new(), Vec::new(), Vec::new());
    let today = Utc::now().date_naive();
    for _ in 0..ROUNDS {
        let (ours, read) = timed(|| {
            let mut read = 0;
            for report in &reports {
                read += usize::from(black_box(Report::read(report)).is_ok());
            }
            read
        });
        ensure!(read == reports.len(), "a report cannot be read");
        derived.push((parsed::<Derived>(&reports)?, ours));
        tree.push((parsed::<Value>(&reports)?, ours));
        let (whole, ()) = timed(|| {
            for report in &reports {
                if let Ok(report) = Report::read(report) {
                    black_box(Reading::of(&report, &[], today));
                }
            }
        });
        explained.push(whole);
    }
    let rate = |times: Vec<Duration>| bytes as f64 / 1e6 / Times::of(times).median().as_secs_f64();
    let explained = Times::of(explained).median();
    say(&format!(
        "  desk {:.0} MB/s, serde_json into derived types {:.0} MB/s, into Value {:.0} MB/s; read and explained {} each",
        rate(derived.iter().map(|(_, ours)| *ours).collect()),
        rate(derived.iter().map(|(theirs, _)| *theirs).collect()),
        rate(tree.iter().map(|(theirs, _)| *theirs).collect()),
        ms(explained / reports.len().max(1) as u32),
    ));
    at_least(
        "P-18",
        "rate against derived types",
        median_ratio(&derived),
        "×",
        (0.8, 0.95),
    );
    Ok(())
}

fn parsed<T: DeserializeOwned>(reports: &[Vec<u8>]) -> Result<Duration> {
    let (took, read) = timed(|| {
        for report in reports {
            black_box(serde_json::from_slice::<T>(report)?);
        }
        Ok::<_, serde_json::Error>(())
    });
    read.context("a report as derived types")?;
    Ok(took)
}

async fn reports(served: &Served) -> Result<Vec<Vec<u8>>> {
    let reader = served.sandbox.reader().await?;
    let mut reports = Vec::new();
    for original in &served.originals {
        if original.kind == Kind::Report && reports.len() < REPORTS {
            reports.push(reader.served(&original.path).await?);
        }
    }
    Ok(reports)
}
