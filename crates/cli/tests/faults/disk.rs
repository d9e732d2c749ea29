//! The disk is full: what would be written is refused and says so, what is there is still read.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::{Instance, Shop, Told, ask, reserve};

/// A command in a mount namespace that ends with it, where it may mount what it likes.
fn apart(script: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-ec", script]);
    command
}

/// A server whose folder is a disk of its own, with room for the demo and its log.
fn on_a_small_disk(database: &Path) -> Command {
    let mut command = apart(
        r#"mkdir disk && mount -t tmpfs -o size=64m none disk && cp "$1" disk/shop.db
        exec "$0" --database disk/shop.db serve --listen 127.0.0.1:0 --reads-per-second 0 --writes-per-hour 0"#,
    );
    command.arg(env!("CARGO_BIN_EXE_devanture")).arg(database);
    command
}

#[tokio::test]
async fn full() {
    let directory = tempfile::tempdir().unwrap();
    let probe = apart("mount -t tmpfs none .").current_dir(directory.path()).output();
    if !probe.is_ok_and(|probe| probe.status.success()) {
        let needed = "a mount namespace is needed (util-linux' `unshare`, and the permission to use it)";
        // Containers may forbid it; where everything has to hold it is there.
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "1"), "{needed}");
        eprintln!("skipped: {needed}");
        return;
    }
    let file = directory.path().join("shop.db");
    let shop = Shop::open(&file.display().to_string(), 1_000_000).await;
    shop.database.close().await;
    let server = Instance::start(on_a_small_disk(&file).current_dir(directory.path()));
    let address = &server.address;
    let look = || ask(address, "GET /v1/availability?items=TEST-38", "", "").unwrap();

    assert_eq!(reserve(address, &shop.store, 0).unwrap().status, 201);
    let inside = PathBuf::from(format!("/proc/{}/root", server.pid()))
        .join(directory.path().strip_prefix("/").unwrap());
    let filler = inside.join("disk/filler");
    // As much as fits.
    assert!(fs::write(&filler, vec![0; 64 << 20]).is_err(), "the disk was not filled");

    let mut refused = 0;
    for n in 1..200 {
        let Told { status, body } = reserve(address, &shop.store, n).unwrap();
        if status == 201 {
            // There is still room in the pages that the database has.
            continue;
        }
        assert_eq!((status, body["code"].as_str()), (503, Some("storage_full")), "{body}");
        assert!(body["detail"].as_str().unwrap().contains("disk"), "{body}");
        assert_eq!(look().status, 200, "reading goes on");
        refused += 1;
    }
    assert!(refused > 0, "the disk was never full");

    fs::remove_file(&filler).unwrap();
    assert_eq!(
        reserve(address, &shop.store, 199).unwrap().status,
        201,
        "and so does writing, with room again"
    );
}
