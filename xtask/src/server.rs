//! A static file server on 127.0.0.1, for tests: what any static host would do, and nothing more.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use anyhow::{Context, Result, ensure};

/// Serves one folder until it is dropped.
pub struct Server {
    served: Arc<Served>,
    address: SocketAddr,
    thread: Option<JoinHandle<()>>,
}

/// What all connections share.
struct Served {
    folder: PathBuf,
    /// The path at which the folder is served, with a slash at both ends.
    base: &'static str,
    /// One that every answer has.
    header: &'static str,
    /// The targets asked for so far.
    requests: Mutex<Vec<String>>,
    is_over: AtomicBool,
}

impl Server {
    /// Serves the folder at the root of an address of its own.
    pub fn start(folder: &Path) -> Result<Self> {
        Self::start_at(folder, "/")
    }

    /// Serves the folder at a path, and nothing elsewhere.
    pub fn start_at(folder: &Path, base: &'static str) -> Result<Self> {
        Self::start_with(folder, base, "Cache-Control: no-store")
    }

    /// Serves the folder at a path, with a header more.
    pub fn start_with(folder: &Path, base: &'static str, header: &'static str) -> Result<Self> {
        let holds_page = folder.join("index.html").is_file();
        ensure!(holds_page, "{} holds no page: build it with `cargo xtask build`", folder.display());
        let listener = TcpListener::bind("127.0.0.1:0").context("cannot listen on 127.0.0.1")?;
        let address = listener.local_addr()?;
        let (folder, requests) = (folder.to_owned(), Mutex::default());
        let served = Arc::new(Served { folder, base, header, requests, is_over: AtomicBool::new(false) });
        let shared = Arc::clone(&served);
        let thread = thread::spawn(move || listen(&listener, &shared));
        Ok(Self { served, address, thread: Some(thread) })
    }

    /// The page's address.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.served.base)
    }

    /// How often a file whose name ends like this has been asked for.
    pub fn count(&self, end: &str) -> usize {
        let requests = self.served.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().filter(|target| target.ends_with(end)).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.served.is_over.store(true, Ordering::Release);
        // It looks at that when the next connection comes.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Each connection has a thread of its own: a browser opens some ahead of need, and they are silent for a minute.
fn listen(listener: &TcpListener, served: &Arc<Served>) {
    for stream in listener.incoming() {
        if served.is_over.load(Ordering::Acquire) {
            return;
        }
        let served = Arc::clone(served);
        // A connection that breaks off is the browser's business.
        thread::spawn(move || stream.map(|stream| served.answer(&stream)));
    }
}

impl Served {
    /// One answer, as HTTP/1.0, which ends the connection: none is left to hang on when the server is gone.
    fn answer(&self, mut stream: &TcpStream) -> Result<()> {
        let mut lines = BufReader::new(stream).lines();
        let request = lines.next().context("it hung up")??;
        // The headers end with an empty line.
        while !lines.next().context("it hung up")??.is_empty() {}
        if self.is_over.load(Ordering::Acquire) {
            return Ok(());
        }
        let (method, target) = request.split_once(' ').context("no request")?;
        let target = target.split(' ').next().unwrap_or_default();
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(target.to_owned());
        let file = file_of(target, self.base).map(|path| self.folder.join(path));
        let (status, kind, body) = match file.and_then(|path| Some((fs::read(&path).ok()?, path))) {
            Some((body, path)) => ("200 OK", content_type(&path), body),
            None => ("404 Not Found", "text/plain; charset=utf-8", b"no such file".to_vec()),
        };
        let (length, header) = (body.len(), self.header);
        write!(stream, "HTTP/1.0 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{header}\r\n\r\n")?;
        if method != "HEAD" {
            stream.write_all(&body)?;
        }
        Ok(())
    }
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
    use std::{io::Read, net::TcpStream, time::Duration};

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
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("index.html"), "<p>hello")?;
        let server = Server::start(folder.path())?;
        let address = server.address;
        // A browser opens more connections than it needs at once, and leaves them silent.
        let _silent = (0..40).map(|_| TcpStream::connect(address)).collect::<std::io::Result<Vec<_>>>()?;
        let mut connection = TcpStream::connect(address)?;
        connection.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")?;
        // The answer comes although the connection stays open for another request.
        connection.set_read_timeout(Some(Duration::from_secs(60)))?;
        let (mut answer, mut part) = (String::new(), [0; 1000]);
        while !answer.ends_with("<p>hello") {
            let length = connection.read(&mut part)?;
            ensure!(length > 0, "it hung up after {answer}");
            answer += std::str::from_utf8(&part[..length])?;
        }
        assert!(answer.starts_with("HTTP/1.0 200 OK"), "{answer}");
        assert_eq!(server.count("/"), 1);
        drop(server);
        let is_gone = (0..100).any(|_| {
            thread::sleep(Duration::from_millis(20));
            TcpStream::connect(address).is_err()
        });
        assert!(is_gone, "it still listens");
        Ok(())
    }
}
