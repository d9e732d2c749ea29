//! Query strings, in a fixed order so that the loader's early request has the same URL.

/// Builds `?a=1&b=2`.
pub struct Query(String);

impl Query {
    /// Begins with the path.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// Adds one parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push(if self.0.contains('?') { '&' } else { '?' });
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(&encode(value));
        self
    }

    /// Adds one parameter if there is a value.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Path and query.
    pub fn finish(self) -> String {
        self.0
    }
}

/// Percent-encodes one path segment or parameter.
pub(crate) fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}
