//! What the page may not do (quality W-03, W-07): every attempt is made from inside the page.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests"
)]

use journeys::desk::Desk;

/// Starts an attempt, and reports whether it succeeded within two seconds.
async fn succeeded(desk: &Desk, attempt: &str) -> bool {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         let over = false;
         const end = (result) => {{ if (!over) {{ over = true; done(result); }} }};
         const win = () => end('succeeded');
         const lose = () => end('refused');
         setTimeout(lose, 2000);
         try {{ {attempt} }} catch (error) {{ lose(); }}"
    );
    desk.window.async_script(&script).await.unwrap() == "succeeded"
}

const ATTEMPTS: [(&str, &str); 14] = [
    (
        "inline script",
        "window.__ran = win; const s = document.createElement('script'); s.textContent = 'window.__ran()'; document.body.append(s);",
    ),
    (
        "inline handler",
        "window.__ran = win; const d = document.createElement('div'); d.innerHTML = '<img src=\"/none\" onerror=\"window.__ran()\">'; document.body.append(d);",
    ),
    // WebDriver runs scripts outside the page's policy, so these two are asked of the page's own timer and event.
    (
        "eval through a timer",
        "window.__ran = win; const s = document.createElement('script'); s.textContent = \"setTimeout('window.__ran()', 0)\"; document.body.append(s);",
    ),
    (
        "script from a data address",
        "window.__ran = win; const s = document.createElement('script'); s.src = 'data:text/javascript,window.__ran()'; s.onerror = lose; document.body.append(s);",
    ),
    (
        "script from a blob",
        "window.__ran = win; const s = document.createElement('script'); s.src = URL.createObjectURL(new Blob(['window.__ran()'])); s.onerror = lose; document.body.append(s);",
    ),
    (
        "module from a blob",
        "import(URL.createObjectURL(new Blob(['export default 1'], { type: 'text/javascript' }))).then(win, lose);",
    ),
    (
        "picture from a server",
        "const i = new Image(); i.onload = win; i.onerror = lose; i.src = HERE + '/api/1.0.0/user/whoami';",
    ),
    (
        "request to a server",
        "fetch(HERE + '/api/1.0.0/user/whoami', { mode: 'no-cors' }).then(win, lose);",
    ),
    (
        "socket to a server",
        "const s = new WebSocket(HERE.replace('http', 'ws')); s.onopen = win; s.onerror = lose;",
    ),
    (
        "frame",
        "const f = document.createElement('iframe'); f.onload = () => { try { f.contentDocument ? lose() : win(); } catch { win(); } }; f.src = HERE + '/api/1.0.0/user/whoami'; document.body.append(f);",
    ),
    (
        "embedded object",
        "const o = document.createElement('object'); o.onload = win; o.onerror = lose; o.data = HERE + '/api/1.0.0/user/whoami'; document.body.append(o);",
    ),
    (
        "worker from a blob",
        "const w = new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))); w.onmessage = win; w.onerror = lose;",
    ),
    (
        "style from a server",
        "const l = document.createElement('link'); l.rel = 'stylesheet'; l.onload = win; l.onerror = lose; l.href = HERE + '/api/1.0.0/user/whoami'; document.head.append(l);",
    ),
    (
        "another window",
        "const w = window.open(HERE + '/api/1.0.0/user/whoami'); w ? win() : lose();",
    ),
];

#[tokio::test]
async fn nothing_foreign_runs_or_loads_in_the_page() {
    let desk = Desk::open("policy", "fr").await.unwrap();
    let here = desk.sandbox.greeting().base_url.clone();
    let mut through = Vec::new();
    for (what, attempt) in ATTEMPTS {
        if succeeded(&desk, &attempt.replace("HERE", &format!("'{here}'"))).await {
            through.push(what);
        }
    }
    assert!(through.is_empty(), "the page could: {through:?}");
    // Those that name a server did not reach it either: it keeps a record of every call under /api/.
    assert!(desk.sandbox.requests().await.unwrap().is_empty());
    desk.close().await.unwrap();
}

#[tokio::test]
async fn the_window_cannot_be_led_away_from_its_page() {
    let desk = Desk::open("navigation", "fr").await.unwrap();
    let own = desk.window.address().await.unwrap();
    let here = desk.sandbox.greeting().base_url.clone();
    let away = format!("{here}/static/process_ui/index.html");
    for attempt in [
        format!("location.href = '{away}'"),
        format!("location.replace('{away}')"),
        format!(
            "const a = document.createElement('a'); a.href = '{away}'; document.body.append(a); a.click();"
        ),
        format!(
            "const f = document.createElement('form'); f.action = '{away}'; document.body.append(f); f.submit();"
        ),
        "location.href = 'javascript:document.title=1'".to_owned(),
        "location.href = 'data:text/html,gone'".to_owned(),
        "location.href = 'file:///etc/hostname'".to_owned(),
    ] {
        // The driver may answer that the page went away; where it went decides.
        let _ = desk.window.script(&attempt).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(desk.window.address().await.unwrap(), own, "after {attempt}");
    }
    desk.window.click("language-en").await.unwrap();
    assert!(
        desk.window
            .is_visible("enter-sandbox-application")
            .await
            .unwrap()
    );
    desk.close().await.unwrap();
}
