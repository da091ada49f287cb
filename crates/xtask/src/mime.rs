//! The media type of a file, by its extension.

use std::path::Path;

/// The value of `Content-Type`. wasm must have its own type to be compiled while it arrives, and
/// modules a JavaScript one to run at all.
pub(crate) fn of(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "zip" => "application/zip",
        "woff2" => "font/woff2",
        "txt" | "md" | "ts" | "bib" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
