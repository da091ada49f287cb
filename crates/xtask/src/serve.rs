//! `cargo xtask serve`: builds the site, serves it on this machine, and builds it again when its
//! sources change. The server alone is what the browser tests run against.

use crate::{
    dist, mime, names, setup,
    shell::{self, Outcome},
};
use std::{
    collections::BTreeMap,
    env, fs,
    io::{BufRead, BufReader, ErrorKind, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, SystemTime},
};

/// What the page must live with anywhere: nothing inline, nothing from another host.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
    worker-src 'self'; frame-src 'self'; manifest-src 'self'; media-src 'self'; \
    base-uri 'none'; form-action 'none'";

/// How long a browser may keep a file without asking: for good where another content has another
/// name, else not at all.
const KEEP: &str = "public, max-age=31536000, immutable";
const ASK: &str = "no-cache";

/// `cargo xtask serve`.
pub(crate) fn task(options: &[&str]) -> Outcome {
    let mut port = 8080;
    let mut open = true;
    let mut site = None;
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        match *option {
            "--port" => {
                let word = rest.next().ok_or("--port wants a number")?;
                port = word.parse().map_err(|_| format!("--port: `{word}` is no port"))?;
            }
            "--no-open" => open = false,
            "--site" => site = Some(PathBuf::from(rest.next().ok_or("--site wants a folder")?)),
            other => return Err(format!("serve: unknown option {other}")),
        }
    }
    if let Some(site) = site {
        if !site.join("index.html").is_file() {
            return Err(format!("{}: no site is there", site.display()));
        }
        show(&start(site, "/", port)?, open, "Ctrl-C stops.");
        loop {
            thread::park();
        }
    }
    setup::for_site()?;
    let mut seen = sources()?;
    let address = start(dist::build_first()?, "/", port)?;
    show(&address, open, "Ctrl-C stops; changed sources are built again.");
    // The page is there; the decoder of faces takes some minutes more the first time.
    match dist::build_plain() {
        Ok(_) => println!("All of it is built, the decoder of faces too."),
        Err(line) => eprintln!("xtask: {line}"),
    }
    loop {
        thread::sleep(Duration::from_millis(500));
        let now = sources()?;
        if now != seen {
            seen = now;
            match dist::build_plain() {
                Ok(_) => println!("Built again: reload the page."),
                Err(line) => eprintln!("xtask: {line}"),
            }
        }
    }
}

fn show(address: &str, open: bool, line: &str) {
    println!("\n  {address}\n\n{line}");
    if open {
        open_browser(address);
    }
}

/// The site's sources and when each was last written.
fn sources() -> Outcome<BTreeMap<PathBuf, Option<SystemTime>>> {
    let mut found = BTreeMap::new();
    for folder in ["crates", "www", "shaders"] {
        let folder = shell::root().join(folder);
        for file in folder.exists().then(|| dist::files(&folder)).transpose()?.unwrap_or_default() {
            let path = folder.join(file);
            let written = fs::metadata(&path).and_then(|data| data.modified()).ok();
            found.insert(path, written);
        }
    }
    Ok(found)
}

/// Serves `site` under `base` (`/` or `/some/path/`) and nothing elsewhere, from threads of its
/// own, for as long as the process lives. Port 0 takes any free one. Returns the address.
pub(crate) fn start(site: PathBuf, base: &'static str, port: u16) -> Outcome<String> {
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|e| match e.kind() {
        ErrorKind::AddrInUse => format!("port {port} is taken: choose another with --port"),
        _ => format!("port {port}: {e}"),
    })?;
    let port = listener.local_addr().map_err(|e| e.to_string())?.port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let site = site.clone();
            // A browser that goes away in the middle of an answer is no error of ours.
            thread::spawn(move || drop(answer(&stream, &site, base)));
        }
    });
    Ok(format!("http://127.0.0.1:{port}{base}"))
}

/// Answers the requests of one connection until the other side closes it.
fn answer(stream: &TcpStream, site: &Path, base: &str) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let mut header = String::new();
        while reader.read_line(&mut header)? > 2 {
            header.clear();
        }
        let mut words = line.split_whitespace();
        let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let (status, kind, keep, body) = match method {
            "GET" | "HEAD" => find(site, base, target).map_or_else(
                || ("404 Not Found", "text/plain", ASK, b"not found\n".to_vec()),
                |(path, bytes)| ("200 OK", mime::of(&path), kept(&path), bytes),
            ),
            _ => ("405 Method Not Allowed", "text/plain", ASK, Vec::new()),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Content-Security-Policy: {POLICY}\r\nX-Content-Type-Options: nosniff\r\n\
             Cache-Control: {keep}\r\n\r\n",
            body.len()
        );
        let mut out = stream;
        out.write_all(head.as_bytes())?;
        if method != "HEAD" {
            out.write_all(&body)?;
        }
    }
}

/// What `Cache-Control` says of a file.
fn kept(path: &Path) -> &'static str {
    if names::is_hashed(&path.to_string_lossy()) { KEEP } else { ASK }
}

/// The file that a request means, and its bytes.
fn find(site: &Path, base: &str, target: &str) -> Option<(PathBuf, Vec<u8>)> {
    let address = target.split(['?', '#']).next()?;
    let inside = decode(address.strip_prefix(base)?)?;
    let mut path = site.to_path_buf();
    for name in inside.split('/').filter(|name| !name.is_empty()) {
        if name.starts_with('.') || name.contains(['\\', ':', '\0']) {
            return None; // no way out of the site, no hidden file
        }
        path.push(name);
    }
    if path.is_dir() && (inside.is_empty() || inside.ends_with('/')) {
        path.push("index.html");
    }
    let bytes = fs::read(&path).ok()?;
    Some((path, bytes))
}

/// Undoes percent-encoding.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Opens the page where there is a screen to show it on; the address is printed in any case.
fn open_browser(address: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else if env::var_os("DISPLAY").is_some() || env::var_os("WAYLAND_DISPLAY").is_some() {
        "xdg-open"
    } else {
        return;
    };
    let quiet =
        Command::new(program).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if quiet.is_err() {
        println!("(no {program} here: open the address by hand)");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> PathBuf {
        shell::root().join("crates/xtask")
    }

    #[test]
    fn finds_files_under_its_base_only() {
        let found = |base, target| find(&site(), base, target).map(|(path, _)| path);
        assert_eq!(found("/", "/src/main.rs?v=1"), Some(site().join("src/main.rs")));
        assert_eq!(found("/a/b/", "/a/b/src/%6dain.rs"), Some(site().join("src/main.rs")));
        assert_eq!(found("/a/b/", "/src/main.rs"), None);
        assert_eq!(found("/", "/src"), None);
        assert_eq!(found("/", "/src/%zz"), None);
    }

    #[test]
    fn does_not_leave_the_site() {
        for target in
            ["/../../Cargo.toml", "/%2e%2e/%2e%2e/Cargo.toml", "/src/..%2f..%2fCargo.toml"]
        {
            assert!(find(&site(), "/", target).is_none(), "{target}");
        }
    }

    #[test]
    fn answers_over_a_socket() {
        let address = start(site(), "/deep/", 0).unwrap();
        let host = address.strip_prefix("http://").unwrap().strip_suffix("/deep/").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(b"HEAD /deep/Cargo.toml HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
        assert_eq!(lines.next().as_deref(), Some("HTTP/1.1 200 OK"));
        let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        assert!(headers.iter().any(|line| line.contains("'wasm-unsafe-eval'")));
        assert!(!headers.iter().any(|line| line.contains("unsafe-inline")));
        assert!(headers.iter().any(|line| line == "Cache-Control: no-cache"));
    }

    #[test]
    fn only_what_has_a_hash_in_its_name_is_kept_without_asking() {
        assert_eq!(kept(Path::new("site/js/ui/plane-0123abcd.js")), KEEP);
        for file in ["site/index.html", "site/sw.js", "site/js/brenier.js", "site-0123abcd/a.js"] {
            assert_eq!(kept(Path::new(file)), ASK, "{file}");
        }
    }
}
