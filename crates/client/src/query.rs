//! Query strings, in a fixed order so that the loader's early request has the same URL.

/// An address with its query.
pub struct Query(String);

impl Query {
    /// The API's origin and a path.
    pub fn new(base: &str, path: &str) -> Self {
        let mut address = String::from(base);
        address.push_str(path);
        Self(address)
    }

    /// Adds one parameter if there is a value.
    pub fn add(&mut self, name: &str, value: Option<&str>) {
        let Some(value) = value else { return };
        self.0.push(if self.0.contains('?') { '&' } else { '?' });
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(&encode(value));
    }

    /// Adds a number if there is one, as JavaScript prints it: Rust's own float formatting would cost
    /// the download 10 KB.
    pub fn add_number(&mut self, name: &str, value: Option<f64>) {
        let text = value.and_then(|value| js_sys::Number::from(value).to_string_with_radix(10).ok());
        self.add(name, text.map(String::from).as_deref());
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
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
