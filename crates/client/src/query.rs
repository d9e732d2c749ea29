//! Query strings, in a fixed order so that the loader's early request has the same URL.

/// Builds `?a=1&b=2`.
pub struct Query(String);

impl Query {
    /// Begins with the API's origin.
    pub fn new(base: &str) -> Self {
        Self(base.into())
    }

    /// Adds the path.
    #[must_use]
    pub fn path(mut self, path: &str) -> Self {
        self.0.push_str(path);
        self
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

/// A route with the placeholder in it (`/v1/stores/{code}`) filled.
pub(crate) fn path(route: &str, value: &str) -> String {
    // By single characters: a search for a text costs the download 3 KB.
    let (before, rest) = route.split_once('{').unwrap_or((route, "}"));
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    let mut out = String::from(before);
    out.push_str(&encode(value));
    out.push_str(after);
    out
}

/// Percent-encodes one path segment or parameter.
pub(crate) fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}
