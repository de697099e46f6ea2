//! A static file server on 127.0.0.1, for tests: what any static host would do, and nothing more.

use std::{
    fs,
    io::Write,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
};

use anyhow::{Context, Result, anyhow, ensure};
use tiny_http::{HTTPVersion, Header, Method, Request, Response};

/// Serves one folder until it is dropped.
pub struct Server {
    http: Arc<tiny_http::Server>,
    /// The path at which the folder is served, with a slash at both ends.
    base: &'static str,
    requests: Requests,
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
        Self::start_with(folder, base, "Cache-Control: no-store")
    }

    /// Serves the folder at a path, with a header more.
    pub fn start_with(folder: &Path, base: &'static str, header: &'static str) -> Result<Self> {
        let holds_page = folder.join("index.html").is_file();
        ensure!(holds_page, "{} holds no page: build it with `cargo xtask build`", folder.display());
        let http = tiny_http::Server::http("127.0.0.1:0");
        let http = Arc::new(http.map_err(|error| anyhow!("cannot listen on 127.0.0.1: {error}"))?);
        let requests = Requests::default();
        let (served, asked, folder) = (Arc::clone(&http), Arc::clone(&requests), folder.to_owned());
        let thread = thread::spawn(move || {
            for request in served.incoming_requests() {
                asked.lock().unwrap_or_else(PoisonError::into_inner).push(request.url().to_owned());
                // A connection that breaks off is the browser's business.
                let _ = answer(request, &folder, base, header);
            }
        });
        Ok(Self { http, base, requests, thread: Some(thread) })
    }

    /// The page's address.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.http.server_addr(), self.base)
    }

    /// How often a file whose name ends like this has been asked for.
    pub fn count(&self, end: &str) -> usize {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().filter(|target| target.ends_with(end)).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.http.unblock();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(request: Request, folder: &Path, base: &str, header: &str) -> Result<()> {
    let file = file_of(request.url(), base).map(|path| folder.join(path));
    let (status, kind, body) = match file.and_then(|path| Some((fs::read(&path).ok()?, path))) {
        Some((body, path)) => (200, content_type(&path), body),
        None => (404, "text/plain; charset=utf-8", b"no such file".to_vec()),
    };
    let mut response = Response::from_data(body).with_status_code(status);
    for header in [format!("Content-Type: {kind}"), header.to_owned()] {
        response.add_header(header.parse::<Header>().ok().context("a header")?);
    }
    let is_head = *request.method() == Method::Head;
    // HTTP/1.0 ends a connection with its answer: none is left to hang on when the server is gone.
    let mut writer = request.into_writer();
    response.raw_print(&mut writer, HTTPVersion(1, 0), &[], is_head, None)?;
    Ok(writer.flush()?)
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
        let address = server.http.server_addr().to_ip().context("an address")?;
        let mut connection = TcpStream::connect(address)?;
        connection.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")?;
        // The answer comes although the connection stays open for another request.
        connection.set_read_timeout(Some(Duration::from_secs(5)))?;
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
