//! No secret is where it may not be, over a whole job (quality L-01, and L-03 for the page).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests"
)]

use journeys::customer::Outcome;
use journeys::main_job::MainJob;
use journeys::secrets::Canaries;

/// Everything that the page's scripts can reach: its markup, its storage, and every text that hangs on `window`.
const REACHABLE: &str = "
    const seen = new Set(), texts = [document.documentElement.outerHTML];
    for (const store of [localStorage, sessionStorage]) texts.push(JSON.stringify({ ...store }));
    texts.push(document.cookie, location.href, JSON.stringify(history.state ?? null));
    const walk = (value, depth) => {
      if (typeof value === 'string') { texts.push(value); return; }
      if (value === null || typeof value !== 'object' && typeof value !== 'function') return;
      if (seen.has(value) || seen.size > 400000 || depth > 60) return;
      seen.add(value);
      if (value instanceof Map) for (const [key, item] of value) { walk(key, depth + 1); walk(item, depth + 1); }
      if (value instanceof Set) for (const item of value) walk(item, depth + 1);
      let names = [];
      try { names = Reflect.ownKeys(value); } catch { return; }
      for (const name of names) {
        let item;
        try { item = value[name]; } catch { continue; }
        walk(item, depth + 1);
      }
    };
    walk(window, 0);
    // React keeps what it draws from on the elements.
    for (const element of document.querySelectorAll('*'))
      for (const name of Object.keys(element)) if (name.startsWith('__react')) walk(element[name], 0);
    return texts.join('\\n');";

#[tokio::test]
async fn no_secret_is_on_disk_or_in_the_page_after_the_whole_job() {
    let evidence = tempfile::tempdir().unwrap();
    let job = MainJob {
        language: "fr".to_owned(),
        outcome: Outcome::Ok,
        phone: false,
        evidence: evidence.path().to_owned(),
    };
    let desk = job.play("secrets", &mut |_| {}).await.unwrap();
    let mut canaries = Canaries::default();
    let secrets = desk.sandbox.secrets().await.unwrap();
    for kind in ["password", "token", "api_key", "internal_api_key"] {
        assert!(
            secrets.iter().any(|secret| secret.kind == kind),
            "no {kind} was given out"
        );
    }
    for (number, secret) in secrets
        .iter()
        .enumerate()
        .filter(|(_, secret)| secret.value.len() >= 12)
    {
        canaries.add(&format!("{} {number}", secret.kind), &secret.value);
    }

    let mut sightings = Vec::new();
    for tab in ["tab-summary", "tab-documents", "tab-technical"] {
        desk.window.click(tab).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let page = desk.window.script(REACHABLE).await.unwrap();
        let page = page.as_str().unwrap();
        // The walk works: it finds what the page does show.
        assert!(
            page.contains("VALMONTEL"),
            "the walk through the page saw nothing of it"
        );
        sightings.extend(canaries.in_bytes(tab, page.as_bytes()));
    }

    let profile = desk.profile().to_owned();
    let log = desk.window.log().to_owned();
    sightings.extend(canaries.under(&profile).unwrap());
    desk.close().await.unwrap();
    sightings.extend(canaries.under(&profile).unwrap());
    sightings.extend(canaries.in_bytes("standard output", &std::fs::read(&log).unwrap()));
    // XDG folders too: caches and recent files of the toolkit. The keychain's file is encrypted, and is scanned as well.
    let home = std::path::PathBuf::from(std::env::var_os("HOME").unwrap());
    sightings.extend(canaries.under(&home).unwrap());
    assert!(sightings.is_empty(), "{sightings:#?}");
}
