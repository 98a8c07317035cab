//! The desk as processes of this computer: what a crash would leave (quality L-02), and one desk per profile.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use journeys::desk::Desk;
use journeys::place;

/// The desk's own process on this profile, then every process below it.
fn family(profile: &Path) -> Vec<u32> {
    let all: Vec<(u32, u32, String)> = fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| {
            let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let words = fs::read_to_string(format!("/proc/{id}/cmdline")).ok()?;
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            let parent = stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()?;
            Some((id, parent, words))
        })
        .collect();
    let profile = profile.to_str().unwrap();
    let desk = all
        .iter()
        .find(|(_, _, words)| words.contains("id360-desk\0") && words.contains(profile))
        .unwrap()
        .0;
    let mut found = vec![desk];
    let mut seen = BTreeSet::from([desk]);
    let mut at = 0;
    while at < found.len() {
        for (id, parent, _) in &all {
            if *parent == found[at] && seen.insert(*id) {
                found.push(*id);
            }
        }
        at += 1;
    }
    found
}

#[tokio::test]
async fn no_process_of_the_desk_can_leave_a_core_dump() {
    let desk = Desk::open("process", "fr").await.unwrap();
    let family = family(desk.profile());
    assert!(
        family.len() >= 3,
        "the webview's processes are missing: {family:?}"
    );
    for id in &family {
        let limits = fs::read_to_string(format!("/proc/{id}/limits")).unwrap();
        let core = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"))
            .unwrap();
        let values: Vec<&str> = core.split_whitespace().skip(4).take(2).collect();
        assert_eq!(values, ["0", "0"], "process {id}: {core}");
    }
    desk.close().await.unwrap();
}

#[tokio::test]
async fn a_second_start_on_the_same_profile_ends_at_once_and_leaves_the_first_alone() {
    let desk = Desk::open("twice", "fr").await.unwrap();
    let program = place::binary("id360-desk").unwrap();
    let second = tokio::process::Command::new(program)
        .arg("--profile")
        .arg(desk.profile())
        .status();
    let status = tokio::time::timeout(Duration::from_secs(20), second)
        .await
        .unwrap()
        .unwrap();
    assert!(status.success());
    assert!(
        desk.window
            .is_visible("enter-sandbox-application")
            .await
            .unwrap()
    );
    desk.enter_sandbox("application").await.unwrap();
    desk.close().await.unwrap();
}
