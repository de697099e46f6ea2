//! A static file server on 127.0.0.1, for tests: what any static host would do, and nothing more.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use anyhow::{Context, Result, bail};

/// Serves one folder until it is dropped.
pub struct Server {
    address: SocketAddr,
    /// The path at which the folder is served, with a slash at both ends.
    base: &'static str,
    requests: Requests,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// The targets asked for so far.
type Requests = Arc<Mutex<Vec<String>>>;

impl Server {
    /// Serves the folder at the root of an address of its own.
    pub fn start(folder: &Path) -> Result<Self> {
        Self::start_at(folder, "/")
    }

    /// Serves the folder at a path, and nothing elsewhere.
    pub fn start_at(folder: &Path, base: &'static str) -> Result<Self> {
        if !folder.join("index.html").is_file() {
            bail!("{} holds no page: build it with `cargo xtask build`", folder.display());
        }
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("cannot listen on 127.0.0.1")?;
        let address = listener.local_addr()?;
        let stop = Arc::new(AtomicBool::new(false));
        let requests = Requests::default();
        let site = Site { folder: folder.to_owned(), base, requests: Arc::clone(&requests) };
        let stopped = Arc::clone(&stop);
        let thread = thread::spawn(move || accept(&listener, &site, &stopped));
        Ok(Self { address, base, requests, stop, thread: Some(thread) })
    }

    /// The page's address.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.base)
    }

    /// How often a file whose name ends like this has been asked for.
    pub fn count(&self, end: &str) -> usize {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().filter(|target| target.ends_with(end)).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What is served, and where.
#[derive(Clone)]
struct Site {
    folder: PathBuf,
    base: &'static str,
    requests: Requests,
}

fn accept(listener: &TcpListener, site: &Site, stop: &AtomicBool) {
    for connection in listener.incoming() {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        let Ok(connection) = connection else { continue };
        let site = site.clone();
        // A thread each: browsers open connections ahead of need and leave them silent.
        thread::spawn(move || answer(connection, &site));
    }
}

/// Answers one request. A connection that breaks off is the browser's business, hence no error.
fn answer(mut connection: TcpStream, site: &Site) -> Option<()> {
    connection.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let mut reader = BufReader::new(connection.try_clone().ok()?).take(64 * 1024);
    let mut request = String::new();
    reader.read_line(&mut request).ok()?;
    // The headers are read to their end: closing a connection with unread input resets it.
    let mut header = String::new();
    while reader.read_line(&mut header).ok()? > 2 {
        header.clear();
    }
    let mut words = request.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    site.requests.lock().unwrap_or_else(PoisonError::into_inner).push(target.to_owned());
    let file = file_of(target, site.base).map(|path| site.folder.join(path));
    let (status, kind, body) = match file.and_then(|path| Some((fs::read(&path).ok()?, path))) {
        Some((body, path)) => ("200 OK", content_type(&path), body),
        None => ("404 Not Found", "text/plain; charset=utf-8", b"no such file".to_vec()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes()).ok()?;
    if method != "HEAD" {
        connection.write_all(&body).ok()?;
    }
    connection.flush().ok()
}

/// The relative path that a request's target names; none when it would leave the folder.
fn file_of(target: &str, base: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix(base)?;
    let path = if path.is_empty() { "index.html" } else { path };
    let path = PathBuf::from(path);
    path.components().all(|part| matches!(part, Component::Normal(_))).then_some(path)
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_names_a_file_inside_the_folder_or_none() {
        assert_eq!(file_of("/", "/"), Some("index.html".into()));
        assert_eq!(file_of("/a/b.js?v=1", "/"), Some("a/b.js".into()));
        assert_eq!(file_of("/../secret", "/"), None);
        assert_eq!(file_of("//etc/passwd", "/"), None);
        assert_eq!(file_of("/deep/a.js", "/deep/"), Some("a.js".into()));
        assert_eq!(file_of("/a.js", "/deep/"), None);
    }

    #[test]
    fn it_answers_and_stops() -> Result<()> {
        let folder = crate::tempdir::TempDir::new("server-test")?;
        fs::write(folder.path().join("index.html"), "<p>hello")?;
        let server = Server::start(folder.path())?;
        let mut connection = TcpStream::connect(server.address)?;
        connection.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer)?;
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("<p>hello"), "{answer}");
        Ok(())
    }
}
