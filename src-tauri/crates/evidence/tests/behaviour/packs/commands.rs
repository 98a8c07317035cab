//! The very commands that the explanations give, run on a pack.

use std::path::Path;
use std::process::Command;

use evidence::packs::{PackSigner as _, fingerprint};

use super::support::*;
use crate::tools::skipped_without;

fn unpacked(pack: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files(pack) {
        let at = folder.path().join(path);
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        std::fs::write(at, bytes).unwrap();
    }
    folder
}

/// The lines that begin with four spaces.
fn commands(folder: &Path, explanation: &str) -> Vec<String> {
    std::fs::read_to_string(folder.join(explanation))
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .map(str::to_owned)
        .collect()
}

fn run(folder: &Path, command: &str) -> (bool, String) {
    let output = Command::new("sh")
        .args(["-c", command])
        .env("LC_ALL", "C")
        .current_dir(folder)
        .output()
        .unwrap();
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}

fn has(tool: &str) -> bool {
    let (has, _) = run(Path::new("."), &format!("command -v {tool}"));
    if !has {
        skipped_without(tool);
    }
    has
}

fn has_tools() -> bool {
    has("sha256sum") && has("openssl")
}

#[test]
fn both_explanations_give_the_same_commands() {
    let folder = unpacked(&pack());
    let french = commands(folder.path(), "LISEZMOI.txt");
    assert_eq!(french, commands(folder.path(), "README.txt"));
    assert_eq!(french.len(), 4);
}

#[test]
fn the_commands_of_the_explanation_confirm_a_pack() {
    if !has_tools() {
        return;
    }
    let folder = unpacked(&pack());
    let commands = commands(folder.path(), "README.txt");
    let answers: Vec<String> = commands
        .iter()
        .map(|command| {
            let (succeeded, answer) = run(folder.path(), command);
            assert!(succeeded, "{command}: {answer}");
            answer
        })
        .collect();
    assert!(answers[0].lines().all(|line| line.ends_with(": OK")));
    assert!(answers[0].contains("REF-1042/originaux/REF-1042_recto.jpg: OK"));
    assert!(answers[1].contains("Signature Verified Successfully"));
    assert!(answers[2].contains("Signature Verified Successfully"));
    assert!(answers[3].contains(&fingerprint(&desk().public_key())));
}

#[test]
fn the_commands_of_the_explanation_see_an_altered_original_and_an_edited_list() {
    if !has_tools() {
        return;
    }
    let folder = unpacked(&pack());
    let commands = commands(folder.path(), "README.txt");
    std::fs::write(
        folder.path().join("REF-1042/originaux/REF-1042_recto.jpg"),
        b"x",
    )
    .unwrap();
    assert!(!run(folder.path(), &commands[0]).0);
    std::fs::write(folder.path().join("SHA256SUMS"), b"").unwrap();
    assert!(!run(folder.path(), &commands[1]).0);
    std::fs::write(folder.path().join("manifest.json"), b"{}").unwrap();
    assert!(!run(folder.path(), &commands[2]).0);
}

#[test]
fn ordinary_archivers_open_a_pack() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("pack.zip");
    std::fs::write(&at, pack()).unwrap();
    for (tool, command) in [
        (
            "unzip",
            "unzip -q pack.zip -d out && cmp out/SHA256SUMS out/SHA256SUMS",
        ),
        ("python3", "python3 -m zipfile -t pack.zip"),
    ] {
        if !has(tool) {
            continue;
        }
        let (succeeded, answer) = run(folder.path(), command);
        assert!(succeeded, "{tool}: {answer}");
    }
}
