//! The real window under a WebDriver: WebKitWebDriver, started directly.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::elements::Element;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use image::RgbImage;
use serde_json::{Value, json};
use tokio::process::{Child, Command};

use crate::place;

/// How long a journey waits for something to appear: generous, for a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(40);

/// Where and how one window is opened.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The desk's `--profile`.
    pub profile: PathBuf,
    /// A sandbox that runs already, instead of the desk's own.
    pub announcement: Option<PathBuf>,
    /// Screenshots are named after it.
    pub name: String,
}

/// One open window. Call [`Window::close`] at the end; dropped without it, the window ends with its driver.
pub struct Window {
    client: Client,
    driver: Child,
    log: PathBuf,
    name: String,
    profile: PathBuf,
}

impl std::fmt::Debug for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Window")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Control held and `a`, in the driver's own signs for keys; what is held is let go when the call ends.
const SELECT_ALL: &str = "\u{E009}a";
const DELETE: &str = "\u{E017}";

impl Window {
    /// Starts the desk and waits for nothing in it.
    pub async fn open(opening: &Opening) -> Result<Self> {
        let mut arguments = vec![
            "--profile".to_owned(),
            opening.profile.display().to_string(),
        ];
        if let Some(announcement) = &opening.announcement {
            arguments.extend(["--sandbox".to_owned(), announcement.display().to_string()]);
        }
        let log = opening.profile.with_extension("log");
        let (driver, port) = start_driver(&log).await?;
        let mut capabilities = Capabilities::new();
        capabilities.insert(
            "webkitgtk:browserOptions".to_owned(),
            json!({ "binary": place::binary("id360-desk")?, "args": arguments }),
        );
        // The bench scrolls for longer than the half minute that scripts have otherwise.
        capabilities.insert("timeouts".to_owned(), json!({ "script": 300_000 }));
        let mut session = ClientBuilder::new(HttpConnector::new());
        session.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{port}");
        let connecting = session.connect(&address);
        // A driver whose window does not come says nothing and waits for ever.
        let client = tokio::time::timeout(Duration::from_secs(60), connecting)
            .await
            .with_context(|| format!("the window did not open in a minute:\n{}", tail(&log)))?
            .with_context(|| format!("the window did not open:\n{}", tail(&log)))?;
        Ok(Self {
            client,
            driver,
            log,
            name: opening.name.clone(),
            profile: opening.profile.clone(),
        })
    }

    /// Waits for the element with this `data-testid` to be visible.
    pub async fn wait_for(&self, testid: &str) -> Result<Element> {
        self.wait_for_css(&by_testid(testid)).await
    }

    /// Waits for a visible element that fits the selector.
    pub async fn wait_for_css(&self, selector: &str) -> Result<Element> {
        self.wait_until(&format!("{selector} to be visible"), async || {
            for element in self.client.find_all(Locator::Css(selector)).await? {
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits for an element's text to contain the words.
    pub async fn wait_for_text(&self, testid: &str, words: &str) -> Result<()> {
        self.wait_until(&format!("{testid} to say «{words}»"), async || {
            let text = self.text_now(testid).await?.unwrap_or_default();
            Ok(text.contains(words).then_some(()))
        })
        .await
    }

    /// Waits for an error with this code, the name of an `ErrorCode`.
    pub async fn wait_for_error(&self, code: &str) -> Result<Element> {
        self.wait_for_css(&format!("[data-testid=error][data-code={code}]"))
            .await
    }

    /// Waits until no visible element has this `data-testid`.
    pub async fn wait_gone(&self, testid: &str) -> Result<()> {
        self.wait_until(&format!("{testid} to be gone"), async || {
            Ok((!self.is_visible(testid).await?).then_some(()))
        })
        .await
    }

    /// Whether an element with this `data-testid` is visible now.
    pub async fn is_visible(&self, testid: &str) -> Result<bool> {
        for element in self
            .client
            .find_all(Locator::Css(&by_testid(testid)))
            .await?
        {
            if element.is_displayed().await.unwrap_or(false) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Every element that fits the selector now, visible or not.
    pub async fn all(&self, selector: &str) -> Result<Vec<Element>> {
        Ok(self.client.find_all(Locator::Css(selector)).await?)
    }

    /// The visible text of an element, or none when it is not there.
    pub async fn text_now(&self, testid: &str) -> Result<Option<String>> {
        match self.client.find(Locator::Css(&by_testid(testid))).await {
            Ok(element) => Ok(element.text().await.ok()),
            Err(error) if error.is_no_such_element() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Clicks an element, once it is visible and enabled.
    pub async fn click(&self, testid: &str) -> Result<()> {
        self.wait_until(&format!("{testid} to be clickable"), async || {
            for element in self
                .client
                .find_all(Locator::Css(&by_testid(testid)))
                .await?
            {
                let ready = element.is_displayed().await.unwrap_or(false)
                    && element.is_enabled().await.unwrap_or(false)
                    && element
                        .attr("aria-disabled")
                        .await
                        .ok()
                        .flatten()
                        .as_deref()
                        != Some("true");
                // A redraw between looking and clicking makes the click fail; it is tried again.
                if ready && element.click().await.is_ok() {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Replaces what a field holds, by the keyboard.
    pub async fn fill(&self, testid: &str, text: &str) -> Result<()> {
        let holder = by_testid(testid);
        let fields = format!("input{holder}, textarea{holder}, {holder} input, {holder} textarea");
        let field = self.wait_for_css(&fields).await?;
        // As a person does, so that the page hears of it: the driver's own way of emptying a field does not tell it.
        field.send_keys(SELECT_ALL).await?;
        field
            .send_keys(if text.is_empty() { DELETE } else { text })
            .await?;
        Ok(())
    }

    /// Presses keys where the focus is, in the driver's own signs for those that write nothing; what is held is let go
    /// at the end.
    pub async fn press(&self, keys: &str) -> Result<()> {
        let focused = self.client.active_element().await?;
        Ok(focused.send_keys(keys).await?)
    }

    /// Runs a script in the page and returns what it returns.
    pub async fn script(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, vec![]).await?)
    }

    /// Runs a script that ends by calling its last argument, and returns what it was called with.
    pub async fn async_script(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute_async(script, vec![]).await?)
    }

    /// The same with arguments before the last: one text, however often it is run.
    pub async fn async_script_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute_async(script, arguments).await?)
    }

    /// Calls one of the desk's own commands from its own page.
    pub async fn invoke(&self, command: &str, arguments: &Value) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];\
             window.__TAURI_INTERNALS__.invoke('{command}', {arguments})\
               .then((answer) => done({{ answer }}), (error) => done({{ error }}));"
        );
        let told = self.async_script(&script).await?;
        anyhow::ensure!(told["error"].is_null(), "{command}: {}", told["error"]);
        Ok(told["answer"].clone())
    }

    /// The page's address.
    pub async fn address(&self) -> Result<String> {
        Ok(self.client.current_url().await?.to_string())
    }

    /// Everything that the page holds, as markup.
    pub async fn markup(&self) -> Result<String> {
        Ok(self.client.source().await?)
    }

    /// Keeps a picture of the window, frame and title included.
    pub async fn picture(&self, moment: &str) -> Result<()> {
        let file = place::screenshots()?.join(format!("{}-{moment}.png", self.name));
        let framed = Command::new("import")
            .arg("-frame")
            .args(["-window", &self.id().await?])
            .arg(&file)
            .status();
        let status = framed.await.context("import did not start")?;
        anyhow::ensure!(status.success(), "picture of the window: {status}");
        Ok(())
    }

    /// What one element looks like on the display, as PNG. Taken from the display, because the driver's own picture
    /// waits for a redraw that a page at rest never makes.
    pub async fn painted(&self, testid: &str) -> Result<Vec<u8>> {
        let rectangle = self
            .script(&format!(
                "const r = [...document.querySelectorAll('{}')].at(-1).getBoundingClientRect();\
                 return [r.x, r.y, r.width, r.height].map((v) => Math.round(v * devicePixelRatio));",
                by_testid(testid)
            ))
            .await?;
        let [x, y, width, height] =
            serde_json::from_value::<[i64; 4]>(rectangle).context("place of the element")?;
        let part = format!("{width}x{height}+{x}+{y}");
        self.seen(&["-crop", &part, "+repage"]).await
    }

    /// What the whole page looks like on the display; its pixels are those of the page's own coordinates.
    pub async fn screen(&self) -> Result<RgbImage> {
        let png = self.seen(&["-define", "png:compression-level=1"]).await?;
        Ok(image::load_from_memory(&png)
            .context("picture of the window")?
            .to_rgb8())
    }

    async fn seen(&self, how: &[&str]) -> Result<Vec<u8>> {
        let output = Command::new("import")
            .args(["-window", &self.id().await?])
            .args(how)
            .arg("png:-")
            .output()
            .await
            .context("import did not start")?;
        anyhow::ensure!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(output.stdout)
    }

    /// What a window of the desk with another title looks like on the display, as PNG; none while it is not there.
    pub async fn other_window(&self, title: &str) -> Result<Option<Vec<u8>>> {
        let Ok(id) = self.id_of(title).await else {
            return Ok(None);
        };
        let output = Command::new("import")
            .args(["-window", &id, "png:-"])
            .output()
            .await
            .context("import did not start")?;
        Ok(output.status.success().then_some(output.stdout))
    }

    /// The window's number on the display.
    async fn id(&self) -> Result<String> {
        self.id_of("ID360 Desk").await
    }

    /// The number on the display of a window of the desk with such a title (a regular expression).
    pub async fn id_of(&self, title: &str) -> Result<String> {
        let process = self.process()?.to_string();
        let output = Command::new("xdotool")
            .args([
                "search",
                // Without it a window of the process is enough, whatever its name.
                "--all",
                "--onlyvisible",
                "--pid",
                &process,
                "--name",
                title,
            ])
            .output()
            .await
            .context("xdotool did not start")?;
        let found = String::from_utf8_lossy(&output.stdout);
        found
            .lines()
            .last()
            .map(str::to_owned)
            .context("the window is not on the display")
    }

    /// Waits until `look` finds something; fails with what the page showed instead, and a picture of it.
    pub async fn wait_until<T>(
        &self,
        what: &str,
        look: impl AsyncFn() -> Result<Option<T>>,
    ) -> Result<T> {
        let until = Instant::now() + PATIENCE;
        loop {
            // A look in the middle of a redraw may fail; the next one decides.
            let found = look().await;
            if let Ok(Some(found)) = found {
                return Ok(found);
            }
            if Instant::now() > until {
                let error = found
                    .err()
                    .map(|error| format!(" ({error:#})"))
                    .unwrap_or_default();
                bail!(
                    "waited {PATIENCE:?} for {what}{error}.\n{}",
                    self.account().await
                );
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// What a person needs to understand a failure.
    async fn account(&self) -> String {
        let _ = self.picture("failure").await;
        let testids = "return [...document.querySelectorAll('[data-testid]')]\
            .filter(e => e.getClientRects().length).map(e => e.dataset.testid).join(' ')";
        let shown = self
            .script(testids)
            .await
            .map_or_else(|error| error.to_string(), |ids| ids.to_string());
        let text = self.script("return document.body.innerText").await;
        let text = text.map_or_else(
            |error| error.to_string(),
            |text| text.as_str().unwrap_or("").to_owned(),
        );
        format!(
            "Picture: {}-failure.png.\nElements shown: {shown}\nPage:\n{text}\nLog:\n{}",
            self.name,
            tail(&self.log)
        )
    }

    /// What the desk and the driver wrote to their standard output and error.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// The desk's own process.
    pub fn process(&self) -> Result<u32> {
        let profile = self.profile.display().to_string();
        for entry in std::fs::read_dir("/proc")?.flatten() {
            let Some(id) = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<u32>().ok())
            else {
                continue;
            };
            let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            let words: Vec<_> = command
                .split(|byte| *byte == 0)
                .map(String::from_utf8_lossy)
                .collect();
            if words
                .first()
                .is_some_and(|program| program.ends_with("/id360-desk"))
                && words.iter().any(|word| *word == profile)
            {
                return Ok(id);
            }
        }
        bail!("the desk's process is gone")
    }

    /// Ends the desk as a power cut does: no chance to write anything.
    pub async fn cut_power(mut self) -> Result<()> {
        let id = self.process()?.to_string();
        let status = Command::new("kill").args(["-KILL", &id]).status().await?;
        anyhow::ensure!(status.success(), "kill: {status}");
        // The session ends with its window.
        let _ = tokio::time::timeout(Duration::from_secs(5), self.client.clone().close()).await;
        self.driver.kill().await.context("end of the driver")
    }

    /// Closes the window, and waits until the desk has ended.
    pub async fn close(mut self) -> Result<()> {
        let id = self.process()?;
        self.client
            .clone()
            .close()
            .await
            .context("closing of the window")?;
        let until = Instant::now() + Duration::from_secs(10);
        while holds_files(id) {
            if Instant::now() > until {
                bail!("the desk still runs 10 seconds after its window was closed");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.driver.kill().await.context("end of the driver")
    }
}

/// Whether the process may still have files open and locked. One that ends loses its command line first; its files
/// it keeps until its last thread is gone.
fn holds_files(process: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).map_or(0, Iterator::count);
    let state = stat.rsplit_once(')').map(|(_, after)| after.trim_start());
    state.is_some_and(|state| threads > 1 || !state.starts_with(['Z', 'X']))
}

/// Selector of a `data-testid`.
pub fn by_testid(testid: &str) -> String {
    format!("[data-testid=\"{testid}\"]")
}

/// Processes of this name that the given one started.
pub fn children_of(parent: u32, name: &str) -> Result<Vec<u32>> {
    let mut children = Vec::new();
    for entry in std::fs::read_dir("/proc")?.flatten() {
        let Some(id) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        // «id (name) state parent …»: the name may hold anything, so it is cut at the last bracket.
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let Some((before, after)) = stat.rsplit_once(')') else {
            continue;
        };
        let own = before.split_once('(').map_or("", |(_, own)| own);
        let of = after
            .split_whitespace()
            .nth(1)
            .and_then(|parent| parent.parse::<u32>().ok());
        if of == Some(parent) && name.starts_with(own) && !own.is_empty() {
            children.push(id);
        }
    }
    Ok(children)
}

async fn start_driver(log: &Path) -> Result<(Child, u16)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let output = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .context("log")?;
    let driver = Command::new("WebKitWebDriver")
        .args(["-p", &port.to_string()])
        // Handed on to the desk, whose webview lets itself be driven only with it.
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("TAURI_AUTOMATION", "true")
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output)
        .kill_on_drop(true)
        .spawn()
        .context("WebKitWebDriver did not start: ./test installs it")?;
    let until = Instant::now() + Duration::from_secs(20);
    while tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .is_err()
    {
        if Instant::now() > until {
            bail!("WebKitWebDriver does not listen:\n{}", tail(log));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok((driver, port))
}

fn tail(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}
