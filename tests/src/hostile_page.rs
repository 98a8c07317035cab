//! A web server on loopback whose only page runs a script of the test's, and hears what that script tells.

use std::sync::{Arc, Mutex};

use anyhow::{Context as _, Result};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// Longest that a page has to tell: a few lines.
const MOST: usize = 64 * 1024;

#[derive(Debug)]
pub struct HostilePage {
    pub address: String,
    script: Arc<Mutex<String>>,
    told: Arc<Mutex<Vec<String>>>,
}

impl HostilePage {
    /// Ends with the runtime of the test.
    pub async fn serve() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let page = Self {
            address: format!("http://{}", listener.local_addr()?),
            script: Arc::default(),
            told: Arc::default(),
        };
        let (script, told) = (page.script.clone(), page.told.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, script.clone(), told.clone()));
            }
        });
        Ok(page)
    }

    /// What the page runs from now on. It tells by `POST /told`.
    pub fn run(&self, script: String) {
        *held(&self.script) = script;
    }

    pub fn told(&self) -> Vec<String> {
        held(&self.told).clone()
    }
}

fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

async fn answer(
    mut stream: TcpStream,
    script: Arc<Mutex<String>>,
    told: Arc<Mutex<Vec<String>>>,
) -> Result<()> {
    let mut request = String::new();
    let mut part = [0; 4096];
    let body = loop {
        let read = stream.read(&mut part).await?;
        request.push_str(&String::from_utf8_lossy(&part[..read]));
        if let Some((head, body)) = request.split_once("\r\n\r\n") {
            let wanted = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(Ok(0), |(_, length)| length.trim().parse())
                .context("length")?;
            if body.len() >= wanted {
                break body.to_owned();
            }
        }
        anyhow::ensure!(read > 0 && request.len() < MOST, "a request without end");
    };
    let page = if request.starts_with("POST /told ") {
        held(&told).push(body);
        String::new()
    } else {
        let script = held(&script).clone();
        format!("<!doctype html><meta charset=utf-8><title>p</title><script>{script}</script>")
    };
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
        page.len()
    );
    stream.write_all(answer.as_bytes()).await?;
    Ok(stream.shutdown().await?)
}
