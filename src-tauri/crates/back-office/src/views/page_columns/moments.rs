//! A column of moments: neighbours are close to each other, so each is told by what lies between.

use chrono::DateTime;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// `None`: the row has no such moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moments {
    pub steps: Vec<Option<Step>>,
    /// The last moment that a step was told for: milliseconds since 1970.
    before: i64,
}

impl Serialize for Moments {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.steps.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Moments {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let steps = Vec::deserialize(deserializer)?;
        Ok(Self { steps, before: 0 })
    }
}

/// One moment, RFC 3339 in UTC to the millisecond.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "Step.ts")]
#[serde(untagged)]
pub enum Step {
    /// Milliseconds after the nearest such step above, after 1970 where there is none.
    After(#[ts(type = "number")] i64),
    /// What is written in any other way stands as it is written.
    Text(String),
}

impl Moments {
    pub(super) fn push(&mut self, moment: Option<String>) {
        let step = moment.map(|text| match millis(&text) {
            Some(at) => {
                let step = Step::After(at - self.before);
                self.before = at;
                step
            }
            None => Step::Text(text),
        });
        self.steps.push(step);
    }
}

/// Of `2026-11-20T08:07:31.250Z`, and of nothing that is not written just so: it must come out as it went in.
fn millis(text: &str) -> Option<i64> {
    const SHAPE: &[u8] = b"0000-00-00T00:00:00.000Z";
    let is_shaped = text.len() == SHAPE.len()
        && text
            .bytes()
            .zip(SHAPE)
            .all(|(byte, shape)| match shape {
                b'0' => byte.is_ascii_digit(),
                mark => byte == *mark,
            })
        // A leap second is no other moment to a browser.
        && text.get(17..19) != Some("60");
    let moment = is_shaped.then(|| DateTime::parse_from_rfc3339(text).ok())?;
    moment.map(|moment| moment.timestamp_millis())
}
