//! A server that a test starts, asks and kills.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

pub(crate) const KEY: &str = devanture_demo::SHOP_KEY;
pub(crate) const TENANT: &str = "lormelle";

/// A command on the database of a folder.
pub(crate) fn devanture(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_devanture"));
    command.current_dir(directory).args(["--database", "test.db"]).args(arguments).env("RUST_LOG", "error");
    command
}

/// A command that has to succeed, and says nothing here.
pub(crate) fn done(directory: &Path, arguments: &[&str]) {
    let mut command = devanture(directory, arguments);
    assert!(command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success(), "{arguments:?}");
}

/// A server over it, and its address.
pub(crate) fn serve(directory: &Path, more: &[&str]) -> (Child, String) {
    let mut child = devanture(directory, &["serve", "--listen", "127.0.0.1:0"])
        .args(["--reads-per-second", "0", "--writes-per-hour", "0"])
        .args(more)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("ready http://").and_then(|rest| rest.strip_suffix('/'));
    (child, address.unwrap_or_else(|| panic!("{line:?}")).to_owned())
}

/// The answer, unless the server died before it was whole.
pub(crate) fn ask(
    address: &str,
    request: &str,
    headers: &str,
    body: &str,
) -> Option<(u16, serde_json::Value)> {
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    write!(
        stream,
        "{request} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ndevanture-key: {KEY}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n{headers}\r\n{body}"
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, serde_json::from_str(body).ok()?))
}
