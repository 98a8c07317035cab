//! Processes as an administrator has them: copied from the console or a sheet, one a line.
//!
//! «name;uuid», a UUID alone, columns parted by tabs, semicolons, commas or spaces; after the UUID come its windows in
//! days, if any: documents, reports to an application, reports to a user. ID360 documents no call that reads a process
//! (facts §C.2), so a line is judged by its form alone.

use std::collections::HashMap;

use uuid::Uuid;

use crate::{
    desk::Desk,
    errors::DeskError,
    import::splitting::{Delimiter, fields},
    preferences::Preferences,
    settings::WINDOW_DAYS,
    views::{
        settings::{DeadlinePolicy, Language, ProcessSettings, SettingsView},
        setup::{ProcessLine, ProcessLines, ProcessRule, ProcessVerdict},
    },
};

const MOST_BYTES: usize = 64 << 10;
const MOST_LINES: usize = 500;
const LONGEST_NAME: usize = 120;

impl Desk {
    /// Judges what was pasted; changes nothing.
    pub fn judge_processes(
        &self,
        environment_id: &str,
        text: &str,
    ) -> Result<ProcessLines, DeskError> {
        judged(&self.preferences(), environment_id, text)
    }

    /// Adds the lines that are new and well formed, and leaves the others aside.
    pub async fn add_processes(
        &self,
        environment_id: &str,
        text: &str,
    ) -> Result<SettingsView, DeskError> {
        let judged = self.judge_processes(environment_id, text)?;
        for line in judged.lines {
            if line.verdict != ProcessVerdict::New {
                continue;
            }
            let process = ProcessSettings {
                environment_id: environment_id.to_owned(),
                name: line.name,
                process_uuid: line.process_uuid,
                deadlines: line.deadlines,
                ..ProcessSettings::default()
            };
            self.save_process(process, Vec::new()).await?;
        }
        Ok(self.settings())
    }
}

fn judged(
    preferences: &Preferences,
    environment_id: &str,
    text: &str,
) -> Result<ProcessLines, DeskError> {
    let windows = preferences
        .environment(environment_id)
        .map(|environment| environment.deadlines)
        .ok_or_else(|| DeskError::invalid_field("environment_id", "required"))?;
    if text.len() > MOST_BYTES {
        return Err(DeskError::invalid_field("processes", "too_large"));
    }
    let known: HashMap<Uuid, &str> = preferences
        .processes
        .iter()
        .filter(|process| process.environment_id == environment_id)
        .filter_map(|process| Some((process.process_uuid.parse().ok()?, process.name.as_str())))
        .collect();
    let mut first_seen: HashMap<Uuid, u32> = HashMap::new();
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_matches(['\u{feff}', ' ', '\r']);
        if line.trim().is_empty() {
            continue;
        }
        if lines.len() == MOST_LINES {
            return Err(
                DeskError::invalid_field("processes", "too_many_lines").with("most", MOST_LINES)
            );
        }
        let mut judged = read(number, line, windows, preferences.language);
        if judged.verdict == ProcessVerdict::New
            && let Ok(uuid) = judged.process_uuid.parse::<Uuid>()
        {
            if let Some(first) = first_seen.get(&uuid) {
                judged.verdict = ProcessVerdict::Repeated { first: *first };
            } else if let Some(name) = known.get(&uuid) {
                judged.verdict = ProcessVerdict::Known {
                    name: (*name).to_owned(),
                };
            }
            first_seen.entry(uuid).or_insert(number);
        }
        let no_uuid = ProcessVerdict::Invalid {
            rule: ProcessRule::NoUuid,
        };
        if lines.is_empty() && judged.verdict == no_uuid && line.to_lowercase().contains("uuid") {
            judged.verdict = ProcessVerdict::Heading;
        }
        lines.push(judged);
    }
    let count = |wanted: fn(&ProcessVerdict) -> bool| {
        let found = lines.iter().filter(|line| wanted(&line.verdict)).count();
        u32::try_from(found).unwrap_or(u32::MAX)
    };
    Ok(ProcessLines {
        new: count(|verdict| matches!(verdict, ProcessVerdict::New)),
        invalid: count(|verdict| matches!(verdict, ProcessVerdict::Invalid { .. })),
        lines,
    })
}

/// One line by itself.
fn read(number: u32, line: &str, usual: DeadlinePolicy, language: Language) -> ProcessLine {
    let mut read = ProcessLine {
        number,
        name: String::new(),
        process_uuid: String::new(),
        deadlines: None,
        verdict: ProcessVerdict::New,
    };
    let invalid = |rule| ProcessVerdict::Invalid { rule };
    let Some(cells) = fields(line, Delimiter::of(&[line])) else {
        read.verdict = invalid(ProcessRule::Quote);
        return read;
    };
    let cells: Vec<&str> = cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    let uuids: Vec<(usize, Uuid)> = cells
        .iter()
        .enumerate()
        .filter_map(|(place, cell)| Some((place, cell.parse().ok()?)))
        .collect();
    let (place, uuid) = match uuids.as_slice() {
        [one] => *one,
        [] => {
            read.name = cells.join(" ").chars().take(LONGEST_NAME).collect();
            read.verdict = invalid(ProcessRule::NoUuid);
            return read;
        }
        _ => {
            read.verdict = invalid(ProcessRule::SeveralUuids);
            return read;
        }
    };
    read.process_uuid = uuid.to_string();
    let (before, after) = (&cells[..place], &cells[place + 1..]);
    // Without a name before it, the words behind the UUID are the name, and the numbers at their end its windows.
    let words = if before.is_empty() {
        after
            .iter()
            .rposition(|cell| days(cell).is_none())
            .map_or(0, |last| last + 1)
    } else {
        0
    };
    let (name, windows) = after.split_at(words);
    let name = if before.is_empty() { name } else { before };
    read.name = match name.join(" ") {
        none if none.is_empty() => {
            let word = match language {
                Language::Fr => "Parcours",
                Language::En => "Process",
            };
            format!("{word} {}", &read.process_uuid[..8])
        }
        name => name,
    };
    let given: Option<Vec<u16>> = windows.iter().map(|cell| days(cell)).collect();
    match given.as_deref() {
        Some([]) => {}
        Some(given @ ([_] | [_, _] | [_, _, _])) => {
            let at = |place: usize, usual| given.get(place).copied().unwrap_or(usual);
            read.deadlines = Some(DeadlinePolicy {
                documents_days: at(0, usual.documents_days),
                report_application_days: at(1, usual.report_application_days),
                report_user_days: at(2, usual.report_user_days),
            });
        }
        _ => read.verdict = invalid(ProcessRule::Windows),
    }
    if read.name.chars().count() > LONGEST_NAME {
        read.name = read.name.chars().take(LONGEST_NAME).collect();
        read.verdict = invalid(ProcessRule::NameTooLong);
    }
    read
}

/// «7», «7 j», «7 days».
fn days(cell: &str) -> Option<u16> {
    let digits = cell.trim_end_matches(|letter: char| letter.is_alphabetic() || letter == ' ');
    let unit = cell[digits.len()..].trim();
    let known = ["", "j", "jour", "jours", "d", "day", "days"].contains(&unit);
    let days = digits.parse().ok()?;
    (known && WINDOW_DAYS.contains(&days)).then_some(days)
}

#[cfg(test)]
mod tests;
