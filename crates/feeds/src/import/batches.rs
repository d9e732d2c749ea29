//! Reading on a thread of its own, so that a slow disk or network holds nobody up, and reading goes on while the database
//! writes.

use std::io::Read;

use tokio::{
    io::AsyncRead,
    sync::mpsc::{self, Receiver},
    task::JoinHandle,
};
use tokio_util::io::SyncIoBridge;

use super::Target;
use crate::{Cut, FeedError, Row, Rows, Subject, layout::Layout};

/// Rows that are written in one transaction, which others wait for on SQLite.
pub(super) const BATCH: usize = 5_000;
/// Batches that may wait to be written.
const WAITING: usize = 2;

/// A stream as [`super::import_stock`] reads it. To be made within a runtime.
pub fn from_async<R: AsyncRead + Unpin + Send + 'static>(stream: R) -> impl Read + Send + 'static {
    SyncIoBridge::new(stream)
}

/// A feed that is being read.
pub(super) struct Batches<T> {
    batches: Receiver<Vec<T>>,
    reading: JoinHandle<Result<Option<Cut>, FeedError>>,
}

impl<T: Send + 'static> Batches<T> {
    /// Begins; `convert` makes of each row what is to be written.
    pub(super) fn read(
        target: &Target<'_>,
        file: impl Read + Send + 'static,
        subject: Subject,
        mut convert: impl FnMut(Row, &Layout) -> T + Send + 'static,
    ) -> Self {
        let (mapping, named) = (target.mapping.clone(), target.named);
        let (sender, batches) = mpsc::channel(WAITING);
        let reading = tokio::task::spawn_blocking(move || {
            let mut rows = Rows::open(file, subject, &mapping, named)?;
            let mut batch = Vec::new();
            while let Some(row) = rows.next() {
                batch.push(convert(row, rows.layout()));
                if batch.len() == BATCH && sender.blocking_send(std::mem::take(&mut batch)).is_err() {
                    // Nobody wants them any more.
                    return Ok(None);
                }
            }
            // As above.
            let _ = sender.blocking_send(batch);
            Ok(rows.cut().cloned())
        });
        Self { batches, reading }
    }

    /// The next rows; `None` at the end.
    pub(super) async fn next(&mut self) -> Option<Vec<T>> {
        self.batches.recv().await
    }

    /// How it ended.
    pub(super) async fn end(self) -> Result<Option<Cut>, FeedError> {
        self.reading.await.map_err(|error| FeedError::Broken(error.to_string()))?
    }
}
