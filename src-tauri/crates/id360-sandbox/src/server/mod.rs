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
mod tls;
mod wire;

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::shared::Shared;
pub(crate) use tls::{Identity, identity};

/// How often jobs look whether real time has made something due.
const HEARTBEAT: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stopping: watch::Sender<bool>,
    listeners: Vec<JoinHandle<()>>,
    heartbeat: JoinHandle<()>,
    encrypted: Option<SocketAddr>,
}

impl Server {
    /// With an identity, a second port of the system's choice serves the same over TLS.
    pub(crate) async fn listen(
        shared: Arc<Shared>,
        port: u16,
        identity: Option<Identity>,
    ) -> std::io::Result<Self> {
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
        let mut encrypted = None;
        let mut listeners = Vec::new();
        if let Some(Identity { acceptor, .. }) = identity {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            encrypted = Some(listener.local_addr()?);
            let shared = Arc::clone(&shared);
            let over_tls = accept(listener, shared, stopped.clone(), Some(acceptor));
            listeners.push(tokio::spawn(over_tls));
        }
        listeners.push(tokio::spawn(accept(listener, shared, stopped, None)));
        Ok(Self {
            address,
            stopping,
            listeners,
            heartbeat,
            encrypted,
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The port behind TLS, where there is one.
    pub(crate) fn encrypted(&self) -> Option<SocketAddr> {
        self.encrypted
    }

    /// Closes the ports and cuts every connection.
    pub(crate) async fn stop(mut self) {
        self.end();
        for listener in &mut self.listeners {
            let _ = listener.await;
        }
    }

    fn end(&self) {
        let _ = self.stopping.send(true);
        self.heartbeat.abort();
        self.listeners.iter().for_each(JoinHandle::abort);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

async fn accept(
    listener: TcpListener,
    shared: Arc<Shared>,
    stopped: watch::Receiver<bool>,
    tls: Option<TlsAcceptor>,
) {
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
        let (shared, router) = (Arc::clone(&shared), router.clone());
        let (tls, mut stopped) = (tls.clone(), stopped.clone());
        tokio::spawn(async move {
            let served = async {
                match tls {
                    None => serve(stream, shared, router).await,
                    Some(tls) => match tls.accept(stream).await {
                        Ok(stream) => serve(stream, shared, router).await,
                        Err(error) => tracing::debug!(%error, "no TLS"),
                    },
                }
            };
            tokio::select! {
                () = served => {}
                _ = stopped.wait_for(|stop| *stop) => {}
            }
        });
    }
}

/// Answers on one connection until it ends.
async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    shared: Arc<Shared>,
    router: Router,
) {
    let service =
        service_fn(move |request| exchange::answer(Arc::clone(&shared), router.clone(), request));
    let connection =
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection ended early");
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
