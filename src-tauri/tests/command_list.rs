//! The four places that name the commands say the same: `build.rs`, the permissions, the handler, the
//! window's only door. And the window has no other right.

#![allow(clippy::unwrap_used, reason = "test code")]

use std::{collections::BTreeSet, fs, path::Path};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What stands between `from` and the next `to`.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap() + from.len();
    &text[start..start + text[start..].find(to).unwrap()]
}

fn quoted(text: &str) -> BTreeSet<String> {
    text.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn listed() -> BTreeSet<String> {
    quoted(between(
        &read("build.rs"),
        "const COMMANDS: &[&str] = &[",
        "];",
    ))
}

#[test]
fn every_command_has_its_permission_and_no_permission_is_left_over() {
    let permissions = read("permissions/main-window.toml");
    let granted = quoted(between(&permissions, "permissions = [", "]"));
    let expected = listed()
        .iter()
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .collect();
    assert_eq!(granted, expected);
}

#[test]
fn every_command_has_its_handler_in_the_same_order() {
    let handler = read("src/commands/mod.rs");
    let names: Vec<String> = between(&handler, "generate_handler![", "]")
        .split(',')
        .filter_map(|path| {
            path.trim()
                .rsplit("::")
                .next()
                .filter(|name| !name.is_empty())
        })
        .map(str::to_owned)
        .collect();
    let build = read("build.rs");
    let listed: Vec<&str> = between(&build, "const COMMANDS: &[&str] = &[", "];")
        .split('"')
        .skip(1)
        .step_by(2)
        .collect();
    assert_eq!(names, listed);
}

#[test]
fn the_window_s_door_calls_every_command_and_nothing_else() {
    let door = read("../ui/src/backend/tauri.ts");
    let called: BTreeSet<String> = listed_calls(&door);
    assert_eq!(called, listed());
}

fn listed_calls(door: &str) -> BTreeSet<String> {
    door.split("call(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_window_has_three_rights_and_none_of_a_plugin() {
    let capability: serde_json::Value =
        serde_json::from_str(&read("capabilities/main.json")).unwrap();
    assert_eq!(
        capability["permissions"],
        serde_json::json!([
            "core:event:allow-listen",
            "core:event:allow-unlisten",
            "main-window"
        ])
    );
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert!(capability.get("remote").is_none());
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities")).unwrap();
    assert_eq!(files.count(), 1);
}

#[test]
fn the_content_policy_allows_nothing_unsafe_and_no_remote_host() {
    let config: serde_json::Value = serde_json::from_str(&read("tauri.conf.json")).unwrap();
    let policy = &config["app"]["security"]["csp"];
    assert_eq!(policy["default-src"], "'none'");
    for (directive, sources) in policy.as_object().unwrap() {
        for source in sources.as_str().unwrap().split_whitespace() {
            let known = [
                "'self'",
                "'none'",
                "ipc:",
                "document:",
                "http://ipc.localhost",
                "http://document.localhost",
            ];
            // A video that the page was given over IPC.
            let is_film = (directive.as_str(), source) == ("media-src", "blob:");
            assert!(is_film || known.contains(&source), "{directive} {source}");
        }
    }
    assert_eq!(config["app"]["withGlobalTauri"], false);
}
