use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

use crate::options::Options;
use crate::site::Site;
use crate::{Result, ServeError, api, guard, layout, pages};

/// The shortest token that is taken, and how many different characters it has at least: what could be guessed, or not
/// be shown in a header, is none.
const SHORTEST_TOKEN: usize = 20;
const DIFFERENT: usize = 8;

/// Connections at a time; more wait.
const CONNECTIONS: usize = 256;

/// The longest time that a request's head may take to come in.
const HEAD_TIME: Duration = Duration::from_secs(15);

/// The longest head of a request, in bytes.
const HEAD_SIZE: usize = 16 * 1024;

/// A server that listens.
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
}

impl Server {
    /// Opens the file and listens.
    ///
    /// # Errors
    /// When the file cannot be read, the address cannot be listened on, or it is reached from other machines and there
    /// is no token of 20 characters or more.
    pub fn bind(options: Options) -> Result<Self> {
        if !options.address.ip().is_loopback() && options.token.is_none() {
            return Err(ServeError::Open { address: options.address });
        }
        if options.token.as_deref().is_some_and(|token| !is_token(token)) {
            return Err(ServeError::WeakToken { least: SHORTEST_TOKEN, different: DIFFERENT });
        }
        let address = options.address;
        let router = router(Arc::new(Site::open(options)?));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(thread::available_parallelism().map_or(2, usize::from))
            .enable_io()
            .enable_time()
            .build()
            .map_err(ServeError::Threads)?;
        let listener = runtime
            .block_on(TcpListener::bind(address))
            .map_err(|source| ServeError::Listen { address, source })?;
        let address = listener.local_addr()?;
        Ok(Self { runtime, listener, address, router })
    }

    /// Returns the address on which the server listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    /// When the system takes the listener away.
    pub fn run(self) -> Result<()> {
        let Self { runtime, listener, router, .. } = self;
        runtime.block_on(accept(listener, router))
    }
}

/// Whether `token` is long and mixed enough, and can be shown in a header.
fn is_token(token: &str) -> bool {
    let different: BTreeSet<char> = token.chars().collect();
    token.chars().count() >= SHORTEST_TOKEN
        && different.len() >= DIFFERENT
        && !token.chars().any(|it| it.is_whitespace() || it.is_control())
}

async fn accept(listener: TcpListener, router: Router) -> Result<()> {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return Ok(()) };
        // The client went away, or too many files are open: neither ends the server.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            // A client that breaks off is no news.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_buf_size(HEAD_SIZE)
                .serve_connection(TokioIo::new(stream), service)
                .await;
            drop(permit);
        });
    }
}

fn router(site: Arc<Site>) -> Router {
    pages::routes()
        .merge(api::routes())
        .fallback(layout::nowhere)
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&site), guard::guard))
        .with_state(site)
}
