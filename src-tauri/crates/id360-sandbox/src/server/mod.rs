//! HTTP on loopback: connections, routing, observation, faults.

mod account;
mod control;
mod document;
mod enrollment;
mod exchange;
mod flow;
mod observe;
mod pages;
mod request;
mod routes;
mod wire;

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::shared::Shared;

/// How often jobs look whether real time has made something due.
const HEARTBEAT: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stopping: watch::Sender<bool>,
    listener: JoinHandle<()>,
    heartbeat: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn listen(shared: Arc<Shared>, port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        shared.listening_on(format!("http://{address}"));
        let (stopping, stopped) = watch::channel(false);
        let heart = Arc::clone(&shared);
        let heartbeat = tokio::spawn(async move {
            loop {
                tokio::time::sleep(HEARTBEAT).await;
                heart.tick();
            }
        });
        let listener = tokio::spawn(accept(listener, shared, stopped));
        Ok(Self {
            address,
            stopping,
            listener,
            heartbeat,
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Closes the port and cuts every connection.
    pub(crate) async fn stop(mut self) {
        let _ = self.stopping.send(true);
        self.heartbeat.abort();
        self.listener.abort();
        let _ = (&mut self.listener).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stopping.send(true);
        self.heartbeat.abort();
        self.listener.abort();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, stopped: watch::Receiver<bool>) {
    let router = routes::router(Arc::clone(&shared));
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        // Small answers in two segments would wait for each other.
        let _ = stream.set_nodelay(true);
        let shared = Arc::clone(&shared);
        let router = router.clone();
        let mut stopped = stopped.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                exchange::answer(Arc::clone(&shared), router.clone(), request)
            });
            let connection = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service);
            tokio::select! {
                ended = connection => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection ended early");
                    }
                }
                _ = stopped.wait_for(|stop| *stop) => {}
            }
        });
    }
}

/// The service of a connection that a fault wants dropped.
#[derive(Debug, thiserror::Error)]
#[error("dropped on demand")]
pub(crate) struct Dropped;

impl From<Infallible> for Dropped {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
