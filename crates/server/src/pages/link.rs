//! The one address of each page.

use devanture_api::store::Store;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    App,
    directory::SiteView,
    index::places::{country, store_slug, town_slug},
};

const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Makes links of a site's pages: where the operator shows them, else on this server.
pub(super) struct Links {
    base: String,
}

impl Links {
    pub(super) fn of(app: &App, site: &SiteView) -> Self {
        let base = site.site.page_base_url.clone();
        Self { base: base.unwrap_or_else(|| format!("{}/pages/{}", app.config().public_url, site.site.id)) }
    }

    pub(super) fn directory(&self) -> String {
        self.base.clone()
    }

    pub(super) fn store(&self, store: &Store) -> String {
        format!("{}/stores/{}", self.base, segment(&store_slug(store)))
    }

    pub(super) fn town_of(&self, store: &Store) -> String {
        self.town(&country(store), &town_slug(store))
    }

    pub(super) fn town(&self, country: &str, slug: &str) -> String {
        format!("{}/towns/{}/{}", self.base, segment(country), segment(slug))
    }
}

fn segment(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}
