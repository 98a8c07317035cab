use proptest::prelude::*;

use super::*;
use crate::views::settings::Language;

const UUID: &str = "0b0e6f4e-3f0a-4c5e-9d5c-000000000001";

fn sound(text: &str) -> Read {
    read(text.as_bytes()).unwrap()
}

fn bad(text: &str) -> Vec<String> {
    let refused = read(text.as_bytes()).unwrap_err();
    assert_eq!(refused.trouble, PolicyTrouble::BadValue);
    refused.bad_keys
}

#[test]
fn the_documented_example_is_taken_whole() {
    let example = include_str!("../../../../../../docs/policy.example.json");
    let read = sound(example);
    assert_eq!(read.unknown_keys, Vec::<String>::new());
    let policy = read.policy;
    assert_eq!(policy.lock_minutes, Some(3));
    assert_eq!(policy.mask_names, Some(true));
    assert_eq!(policy.play_videos, Some(false));
    assert_eq!(policy.language, Some(Language::Fr));
    assert!(!policy.other_environments && !policy.other_processes);
    assert_eq!(policy.environments.len(), 2);
    assert_eq!(policy.processes.len(), 2);
}

#[test]
fn an_empty_object_fixes_nothing() {
    let read = sound("\u{feff}{}");
    assert_eq!(read.policy, Policy::default());
}

#[test]
fn every_bad_value_is_named() {
    for (text, keys) in [
        (r#"{"lock_minutes": 0}"#.to_owned(), vec!["lock_minutes"]),
        (r#"{"lock_minutes": 61}"#.into(), vec!["lock_minutes"]),
        (r#"{"lock_minutes": "5"}"#.into(), vec!["lock_minutes"]),
        (r#"{"lock_minutes": 4294967297}"#.into(), vec!["lock_minutes"]),
        (r#"{"mask_names": "true"}"#.into(), vec!["mask_names"]),
        (r#"{"play_videos": 1}"#.into(), vec!["play_videos"]),
        (r#"{"journal_months": 5, "notifications": 1}"#.into(), vec!["journal_months", "notifications"]),
        (r#"{"language": "it"}"#.into(), vec!["language"]),
        (r#"{"allow_other_environments": "false"}"#.into(), vec!["allow_other_environments"]),
        (r#"{"deadlines": {"documents_days": 0}}"#.into(), vec!["deadlines.deadlines"]),
        (r#"{"deadlines": {"documents_days": -1}}"#.into(), vec!["deadlines.documents_days"]),
        (r#"{"deadlines": 7}"#.into(), vec!["deadlines"]),
        (r#"{"capture": {"policy": "all"}}"#.into(), vec!["capture.policy"]),
        (r#"{"environments": {}}"#.into(), vec!["environments"]),
        (r#"{"environments": [{"id": "production", "return_page": "http://x.example"}]}"#.into(), vec!["environments[0].return_page"]),
        (r#"{"environments": [{"id": "sandbox"}]}"#.into(), vec!["environments[0].id"]),
        (r#"{"environments": [{"id": "custom-1"}]}"#.into(), vec!["environments[0].id"]),
        (r#"{"environments": [{"id": "../x"}]}"#.into(), vec!["environments[0].id"]),
        (r#"{"environments": [{"id": "relais", "name": "Relais", "base_url": "http://relais.example"}]}"#.into(), vec!["environments[0].base_url"]),
        (r#"{"environments": [{"id": "relais", "base_url": "https://relais.example"}]}"#.into(), vec!["environments[0].name"]),
        (format!(r#"{{"processes": [{{"environment_id": "nowhere", "name": "A", "process_uuid": "{UUID}"}}]}}"#), vec!["processes[0].environment_id"]),
        (r#"{"processes": [{"environment_id": "production", "name": "A", "process_uuid": "x"}]}"#.into(), vec!["processes[0].process_uuid"]),
        (format!(r#"{{"processes": [{{"environment_id": "production", "name": 1, "process_uuid": "{UUID}"}}]}}"#), vec!["processes[0].name"]),
    ] {
        assert_eq!(bad(&text), keys, "{text}");
    }
}

#[test]
fn a_process_given_twice_and_a_header_without_its_value_are_named() {
    let one =
        format!(r#"{{"environment_id": "production", "name": "A", "process_uuid": "{UUID}"}}"#);
    assert_eq!(
        bad(&format!(r#"{{"processes": [{one}, {one}]}}"#)),
        ["processes[1].process_uuid"]
    );
    let headed = format!(
        r#"{{"processes": [{{"environment_id": "production", "name": "A", "process_uuid": "{UUID}",
        "callback_endpoints": [{{"url": "https://x.example", "on": [], "headers": ["X-Key"]}}]}}]}}"#
    );
    assert_eq!(bad(&headed), ["processes[0].callback_endpoints"]);
}

#[test]
fn keys_that_mean_nothing_are_listed_and_change_nothing() {
    let read = sound(
        r#"{"lock_minute": 3, "deadlines": {"videos_days": 1},
        "environments": [{"id": "production", "base_url": "https://evil.example", "colour": "red"}]}"#,
    );
    assert_eq!(
        read.unknown_keys,
        [
            "deadlines.videos_days",
            "environments[0].base_url",
            "environments[0].colour",
            "lock_minute"
        ]
    );
    assert_eq!(
        read.policy.environments[0].base_url,
        "https://id360docaposte.com"
    );
    assert_eq!(read.policy.lock_minutes, None);
}

#[test]
fn what_is_no_object_is_no_policy() {
    for text in [
        "",
        "[]",
        "null",
        "{",
        "{\"lock_minutes\": 5",
        "\u{0}\u{0}",
        "lock_minutes: 5",
    ] {
        assert_eq!(
            read(text.as_bytes()).unwrap_err().trouble,
            PolicyTrouble::NotJson,
            "{text}"
        );
    }
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(
        read(format!("{{\"x\": {deep}}}").as_bytes())
            .unwrap_err()
            .trouble,
        PolicyTrouble::NotJson
    );
    assert_eq!(
        read(b"{\"language\": \"\xff\"}").unwrap_err().trouble,
        PolicyTrouble::NotJson
    );
}

#[test]
fn lists_and_names_have_an_end() {
    let many = vec![r#"{"id": "production"}"#; MOST_ENVIRONMENTS + 1].join(",");
    assert_eq!(
        bad(&format!(r#"{{"environments": [{many}]}}"#)),
        ["environments"]
    );
    let keys: Vec<_> = (0..1_000)
        .map(|n| format!("\"k{n}{}\": 1", "x".repeat(500)))
        .collect();
    let read = sound(&format!("{{{}}}", keys.join(",")));
    assert_eq!(read.unknown_keys.len(), MOST_KEYS);
    assert!(
        read.unknown_keys
            .iter()
            .all(|key| key.chars().count() <= 120)
    );
}

proptest! {
    #[test]
    fn whatever_the_file_holds_is_taken_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }

    #[test]
    fn a_value_of_any_kind_is_taken_or_named(key in prop::sample::select(vec![
        "lock_minutes", "journal_months", "notifications", "language", "deadlines", "capture", "environments",
        "processes", "allow_other_environments", "allow_other_processes", "mask_names", "play_videos",
    ]), value in prop::sample::select(vec!["1", "-1", "\"x\"", "true", "null", "[]", "{}", "[1]", "[{}]", "1e400", "{\"a\":{}}"])) {
        if let Err(refused) = read(format!("{{\"{key}\": {value}}}").as_bytes())
            && refused.trouble == PolicyTrouble::BadValue
        {
            prop_assert!(refused.bad_keys.iter().all(|bad| bad.starts_with(key)), "{:?}", refused.bad_keys);
        }
    }
}
