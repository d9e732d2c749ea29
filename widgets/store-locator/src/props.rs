//! What the element's attributes say.

use devanture_ui::{js, mount::Settings};

/// Attributes that are the widget's own; see `element.json`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// Where the list begins, if the page knows.
    pub lat: Option<f64>,
    pub lng: Option<f64>,
    /// Page size.
    pub limit: u16,
    /// Filters that are always on.
    pub services: Option<String>,
    pub brands: Option<String>,
    /// Link to a store's page, with `{code}`.
    pub store_url: Option<String>,
    /// Search in the page itself rather than by request.
    pub local_search: bool,
    /// BCP 47 language of what the API names.
    pub lang: String,
}

impl Options {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see limit")]
    pub(crate) fn read(settings: &Settings) -> Self {
        let number = |name| settings.attribute(name).and_then(|text| js::parse_number(&text));
        Self {
            lat: number("lat"),
            lng: number("lng"),
            // `as` saturates, and 0 is no number of stores.
            limit: number("limit").map_or(20, |limit| limit as u16).clamp(1, 100),
            services: settings.attribute("services"),
            brands: settings.attribute("brands"),
            store_url: settings.attribute("store-url"),
            local_search: settings.attribute("search").is_some_and(|mode| mode == "local"),
            lang: settings.lang.clone(),
        }
    }

    /// The store's page: the page's own template, else what the API says.
    pub(crate) fn page_of(&self, code: &str, url: Option<&str>) -> Option<String> {
        let own = self.store_url.as_ref().map(|template| js::replace(template, "{code}", &js::encode(code)));
        // Only web addresses become links: an imported `javascript:` must not.
        own.or_else(|| url.map(Into::into))
            .filter(|url| url.starts_with("https://") || url.starts_with("http://") || url.starts_with('/'))
    }
}
