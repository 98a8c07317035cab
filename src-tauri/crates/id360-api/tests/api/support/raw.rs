//! A server on a real socket that can break every rule of HTTP.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use id360_api::Environment;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What goes out on the socket.
#[derive(Clone)]
pub enum Step {
    Write(Vec<u8>),
    Pause(Duration),
    /// These bytes, until the client hangs up.
    Forever(Vec<u8>),
    /// Nothing, until the client hangs up.
    Hang,
}

#[derive(Clone, Debug)]
pub struct RawRequest {
    /// Method and target.
    pub line: String,
    pub head: String,
}

impl RawRequest {
    pub fn has_authorization(&self) -> bool {
        self.head
            .to_ascii_lowercase()
            .contains("\r\nauthorization:")
    }
}

pub struct RawServer {
    pub port: u16,
    seen: Arc<Mutex<Vec<RawRequest>>>,
    sent: Arc<Mutex<u64>>,
    task: tokio::task::JoinHandle<()>,
}

impl RawServer {
    /// Answers `user/login/` properly and everything else with the steps of `script`; closes after each answer.
    pub async fn start(script: impl Fn(&RawRequest) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sent = Arc::new(Mutex::new(0));
        let script = Arc::new(script);
        let (log, counter) = (Arc::clone(&seen), Arc::clone(&sent));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, counter, script) =
                    (Arc::clone(&log), Arc::clone(&counter), Arc::clone(&script));
                tokio::spawn(async move {
                    let _ = serve(stream, &log, &counter, &*script).await;
                });
            }
        });
        Self {
            port,
            seen,
            sent,
            task,
        }
    }

    pub fn environment(&self) -> Environment {
        let base = format!("http://127.0.0.1:{}", self.port);
        Environment::custom(&base, &base).unwrap()
    }

    pub fn seen(&self) -> Vec<RawRequest> {
        self.seen.lock().unwrap().clone()
    }

    /// Bytes of answers that left, logins aside.
    pub fn sent(&self) -> u64 {
        *self.sent.lock().unwrap()
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<RawRequest>>,
    counter: &Mutex<u64>,
    script: &(dyn Fn(&RawRequest) -> Vec<Step> + Send + Sync),
) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = find(&bytes, b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length: usize = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse()
                .ok()
        })
        .unwrap_or(0);
    while bytes.len() < end + 4 + length {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
    }
    let line = head.lines().next().unwrap_or_default().to_owned();
    let request = RawRequest { line, head };
    log.lock().unwrap().push(request.clone());
    let login = request.line.contains("/user/login/");
    let steps = if login {
        vec![Step::Write(ok(br#"{"token":"0123456789abcdef01234567"}"#))]
    } else {
        script(&request)
    };
    for step in steps {
        match step {
            Step::Write(bytes) => {
                stream.write_all(&bytes).await?;
                if !login {
                    *counter.lock().unwrap() += bytes.len() as u64;
                }
            }
            Step::Pause(time) => tokio::time::sleep(time).await,
            Step::Forever(bytes) => loop {
                stream.write_all(&bytes).await?;
                *counter.lock().unwrap() += bytes.len() as u64;
            },
            Step::Hang => {
                let mut nothing = [0; 64];
                while stream.read(&mut nothing).await? > 0 {}
            }
        }
    }
    stream.shutdown().await
}

/// A proper answer.
pub fn ok(body: &[u8]) -> Vec<u8> {
    with_status("200 OK", "", body)
}

pub fn with_status(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    )
    .into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
