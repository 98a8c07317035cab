//! Whoever connects from this computer, friend or not: bounded in number, in time and in size.

use std::{sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore, time::timeout};

/// Connections at once; the others wait in the system's queue.
const AT_ONCE: usize = 64;
/// Bytes of a request that are held.
const LARGEST: usize = 16 * 1024;
/// A browser sends its request in one go.
const SLOWEST_HEAD: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_secs(5);
/// When the system refuses a connection for want of something.
const PAUSE: Duration = Duration::from_millis(200);

/// One request for each connection, until this is aborted.
pub async fn serve(listener: TcpListener, router: Router) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection to the return page was lost");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(SLOWEST_HEAD)
                .keep_alive(false)
                .max_buf_size(LARGEST)
                .serve_connection(TokioIo::new(stream), service);
            if !matches!(timeout(LONGEST, connection).await, Ok(Ok(()))) {
                tracing::debug!("a connection to the return page ended early");
            }
            drop(place);
        });
    }
}
