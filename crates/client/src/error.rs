//! What can go wrong between the browser and the API.

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientError {
    /// No connection, or the request was blocked (also by a wrong origin: browsers do not say).
    Network,
    /// No answer in time.
    Timeout,
    /// An answer that is not the API's (a proxy's HTML page, another version).
    Unexpected,
    /// The API said no.
    Problem {
        /// The problem's stable code, which is what texts go by.
        code: String,
        /// What of the request is wrong, if it is one thing.
        field: Option<String>,
    },
}

impl ClientError {
    /// The stable code: a problem's own, or `network`, `timeout`, `unexpected`.
    pub fn code(&self) -> &str {
        match self {
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Unexpected => "unexpected",
            Self::Problem { code, .. } => code,
        }
    }
}
