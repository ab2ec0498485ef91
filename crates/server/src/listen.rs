//! Takes connections until told to stop, then lets the answers under way end.

use std::{net::IpAddr, pin::pin, time::Duration};

use axum::{
    Router,
    http::{HeaderMap, Request},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::net::TcpListener;
use tower_service::Service;

use crate::people::limits::Sender;

/// A client that sends its request head more slowly than this is let go.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// Above [`crate::router`]'s own limit, so that a refusal comes with an explanation.
const MAX_HEAD: usize = 64 * 1_024;
/// How long answers under way may take once the server stops.
const GRACE: Duration = Duration::from_secs(10);

/// Serves `router` until `stop` is ready. Behind a proxy of the operator's, who sends is what the
/// proxy says last (`X-Forwarded-For`); else that header is anybody's.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    behind_proxy: bool,
    stop: impl Future<Output = ()>,
) {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(MAX_HEAD);
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match stream {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, say: others may still be served.
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        // Small answers leave at once; a refusal only costs a delay.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            let sender = sender(request.headers(), peer.ip(), behind_proxy);
            request.extensions_mut().insert(sender);
            router.clone().call(request)
        });
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // The client went away, or sent no HTTP: nothing to do and nothing to log of it.
            let _ = connection.await;
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(GRACE) => tracing::warn!("some answers were cut short"),
    }
}

/// Who a request comes from, known for as long as it lives.
fn sender(headers: &HeaderMap, peer: IpAddr, behind_proxy: bool) -> Sender {
    let named = || {
        let all = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        all.rsplit(',').next()?.trim().parse().ok()
    };
    Sender::new(if behind_proxy { named().unwrap_or(peer) } else { peer })
}

/// Ready when the process is asked to end: Ctrl-C, or SIGTERM. Both are listened to from the call
/// on, so that one which comes before the first connection is not missed.
///
/// # Errors
/// When the runtime cannot handle signals.
#[cfg(unix)]
pub fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ready when the process is asked to end: Ctrl-C, from the call on.
///
/// # Errors
/// When the runtime cannot handle signals.
#[cfg(windows)]
pub fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_of_the_operators_says_who_sends() {
        let mut headers = HeaderMap::new();
        let value = axum::http::HeaderValue::from_static("198.51.100.9, 203.0.113.7");
        headers.insert("x-forwarded-for", value);
        let (peer, named): (IpAddr, IpAddr) =
            ("127.0.0.1".parse().unwrap(), "203.0.113.7".parse().unwrap());
        assert_eq!(sender(&headers, peer, false), Sender::new(peer));
        assert_eq!(sender(&headers, peer, true), Sender::new(named));
        assert_eq!(sender(&HeaderMap::new(), peer, true), Sender::new(peer));
    }
}
