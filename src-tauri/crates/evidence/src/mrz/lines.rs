//! Where a report writes the zone: `extracted_data.identity[].extra.mrz_line_1`, or `IDMRZLIGNE1` among the flat
//! values of a step (facts §F.3, §F.4). The filler is written `#` or `<`.

use id360_api::{Report, json_path as path};
use serde_json::{Map, Value};

use crate::masking::masked_text;

/// No document has more.
const MOST_ZONES: usize = 20;
const LONGEST_LINE: usize = 60;

pub(super) fn of(report: &Report) -> Vec<(Vec<String>, String)> {
    let mut zones: Vec<(Vec<String>, String)> = Vec::new();
    let mut take = |object: &Map<String, Value>, base: &str| {
        let Some((lines, json_path)) = zone(object, base) else {
            return;
        };
        let is_new = zones.iter().all(|(others, _)| *others != lines);
        if is_new && zones.len() < MOST_ZONES {
            zones.push((lines, json_path));
        }
    };
    let extracted = report
        .value()
        .get("extracted_data")
        .and_then(Value::as_object);
    for (family, entries) in extracted.into_iter().flatten() {
        let base = path::member("$.extracted_data", family);
        for (index, entry) in entries.as_array().into_iter().flatten().enumerate() {
            let base = path::index(&base, index);
            if let Some(object) = entry.as_object() {
                take(object, &base);
            }
            if let Some(extra) = entry.get("extra").and_then(Value::as_object) {
                take(extra, &path::member(&base, "extra"));
            }
        }
    }
    let steps = report.value().get("steps").and_then(Value::as_object);
    for (name, step) in steps.into_iter().flatten() {
        let base = path::member(&path::member("$.steps", name), "results");
        let results = step.get("results").and_then(Value::as_object);
        for (key, answers) in results.into_iter().flatten() {
            let base = path::member(&base, key);
            for (index, answer) in answers.as_array().into_iter().flatten().enumerate() {
                if let Some(object) = answer.as_object() {
                    take(object, &path::index(&base, index));
                }
            }
        }
    }
    zones
}

fn zone(object: &Map<String, Value>, base: &str) -> Option<(Vec<String>, String)> {
    let (key, lines) = ["mrz_line_", "IDMRZLIGNE"].into_iter().find_map(|prefix| {
        let lines: Vec<String> = (1..=3)
            .map_while(|number| line(object.get(&format!("{prefix}{number}"))?))
            .collect();
        (!lines.is_empty()).then(|| (format!("{prefix}1"), lines))
    })?;
    Some((lines, path::member(base, &key)))
}

fn line(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    if text.is_empty() {
        return None;
    }
    let line: String = text
        .chars()
        .take(LONGEST_LINE)
        .filter(|character| !character.is_whitespace())
        .map(|character| if character == '#' { '<' } else { character })
        .collect();
    Some(masked_text(&line))
}
