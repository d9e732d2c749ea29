//! The least that an HTTP server can do: whatever is asked for, it answers the bytes of a file as JSON.
//! `cargo xtask bench nearest` measures the API against it, so it runs as `devanture serve` does: the
//! same axum, served by `axum::serve` on tokio's default runtime.
//!
//! `devanture-bench-http FILE` listens on a free port and prints `ready http://…/`.

use std::io::{Error, ErrorKind};

use axum::{Router, body::Bytes, http::header, response::IntoResponse as _};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let file =
        std::env::args_os().nth(1).ok_or_else(|| Error::new(ErrorKind::InvalidInput, "which file?"))?;
    let body = Bytes::from(std::fs::read(file)?);
    let answer = move || async move { ([(header::CONTENT_TYPE, "application/json")], body).into_response() };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("ready http://{}/", listener.local_addr()?);
    axum::serve(listener, Router::new().fallback(answer)).await
}
