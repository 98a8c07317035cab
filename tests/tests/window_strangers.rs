//! The desk's window for the customer's pages, when these are hostile: they run inside this program, and reach nothing
//! of it.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use std::collections::BTreeMap;

use journeys::desk::{Desk, Person};
use journeys::fixtures::Fixtures;
use journeys::hostile_page::HostilePage;
use journeys::opened;
use serde_json::json;

/// What only the desk's own window may do, as a page would try it. `PICTURE` is the address of a picture that the
/// desk's own window shows.
const ATTEMPTS: [(&str, &str); 9] = [
    ("a command", "door.invoke('get_session')"),
    ("a command that sends", "door.invoke('sign_out')"),
    (
        "a command by the bare protocol",
        "fetch('ipc://localhost/get_session', { method: 'POST', headers: { 'Content-Type': 'application/json', \
         'Tauri-Callback': '1', 'Tauri-Error': '2', 'Tauri-Invoke-Key': door.__TAURI_INVOKE_KEY__ ?? '' }, body: '{}' })\
         .then((answer) => answer.ok || Promise.reject(answer.status))",
    ),
    (
        "listening to the desk",
        "door.invoke('plugin:event|listen', { event: 'session-changed', target: { kind: 'Any' }, handler: door.transformCallback(() => 0) })",
    ),
    (
        "telling the desk",
        "door.invoke('plugin:event|emit', { event: 'session-changed', payload: {} })",
    ),
    (
        "closing the desk",
        "door.invoke('plugin:window|close', { label: 'main' })",
    ),
    (
        "opening a program",
        "door.invoke('plugin:opener|open_url', { url: 'https://example.org/' })",
    ),
    (
        "a customer's picture",
        "new Promise((yes, no) => { const i = new Image(); i.onload = yes; i.onerror = no; i.src = 'PICTURE'; })",
    ),
    (
        "a window of its own",
        "new Promise((yes, no) => window.open('about:blank') ? yes() : no('refused'))",
    ),
];

fn script(picture: &str) -> String {
    let attempts: Vec<String> = ATTEMPTS
        .iter()
        .map(|(name, attempt)| format!("[{}, () => {attempt}]", json!(name)))
        .collect();
    let run = "const door = window.__TAURI_INTERNALS__;
        const late = () => new Promise((_, no) => setTimeout(() => no('silence'), 5000));
        (async () => {
          const told = {};
          for (const [name, attempt] of attempts) {
            try { await Promise.race([attempt(), late()]); told[name] = 'succeeded'; }
            catch (why) { told[name] = 'refused: ' + (why?.message ?? why?.type ?? JSON.stringify(why)); }
          }
          fetch('/told', { method: 'POST', body: JSON.stringify(told) });
        })();";
    format!("const attempts = [{}]; {run}", attempts.join(", ")).replace("PICTURE", picture)
}

#[tokio::test]
async fn a_hostile_page_in_the_customers_window_reaches_no_command_no_event_and_no_picture() {
    let files = Fixtures::ready().unwrap();
    let hostile = HostilePage::serve().await.unwrap();
    let desk = Desk::open("strangers", "fr").await.unwrap();
    let window = &desk.window;
    let known = desk.sandbox.greeting().clone();
    desk.add_environment_with_pages("Recette", &hostile.address)
        .await
        .unwrap();
    let account = &known.application;
    desk.sign_in("application", &account.username, &account.password, None)
        .await
        .unwrap();
    window.wait_for("new-dossier").await.unwrap();
    let session = window.invoke("get_session", &json!({})).await.unwrap();
    let process = json!({ "values": [], "process": {
        "id": "", "environment_id": session["current"]["environment_id"], "name": "En fenêtre",
        "process_uuid": known.process_uuid, "idclaim": false, "callback_endpoints": [], "deadlines": null,
        "launch_mode": "this_pc", "enrollment_pages": "browser",
    } });
    let settings = window.invoke("save_process", &process).await.unwrap();

    // A picture that this window shows, while the next customer sits down.
    let person = Person::specimen("STRANGER-1");
    let documents = [("id_document_image", 0, files.recto.as_path())];
    desk.finished_dossier(&person, &documents, "OK", &[])
        .await
        .unwrap();
    let opened_before = opened::all().unwrap().len();
    window.click("tab-documents").await.unwrap();
    window.click("open-viewer").await.unwrap();
    let shown = "[data-testid=page-image][data-state=shown]";
    window.wait_for_css(shown).await.unwrap();
    let address = format!("return document.querySelector('{shown}').src");
    let picture = window.script(&address).await.unwrap();
    window.click("close-viewer").await.unwrap();
    let saved = settings["processes"].as_array().unwrap().iter();
    let mut process = saved
        .clone()
        .find(|process| process["name"] == "En fenêtre")
        .unwrap()
        .clone();
    process["enrollment_pages"] = json!("window");
    window
        .invoke("save_process", &json!({ "values": [], "process": process }))
        .await
        .unwrap();
    hostile.run(script(picture.as_str().unwrap()));

    desk.fill_dossier(&Person::specimen("STRANGER-2"))
        .await
        .unwrap();
    window.click("launch").await.unwrap();
    window.wait_for("enrollment-window").await.unwrap();
    let told = window.wait_until("the page to have tried everything", async || {
        Ok(hostile.told().into_iter().next())
    });
    let told: BTreeMap<String, String> = serde_json::from_str(&told.await.unwrap()).unwrap();
    println!("{told:#?}");
    assert_eq!(told.len(), ATTEMPTS.len());
    for (attempt, outcome) in &told {
        assert!(outcome.starts_with("refused"), "{attempt}: {outcome}");
    }

    // The same act is done for the desk's own window, and the desk is as it was.
    let session = window.invoke("get_session", &json!({})).await.unwrap();
    assert_eq!(session["current"]["environment_name"], "Recette");
    let own = format!(
        "const done = arguments[arguments.length - 1]; const i = new Image();\
         i.onload = () => done('shown'); i.onerror = () => done('refused'); i.src = {picture};"
    );
    assert_eq!(window.async_script(&own).await.unwrap(), "shown");
    assert_eq!(opened::all().unwrap().len(), opened_before);
    desk.close().await.unwrap();
}
