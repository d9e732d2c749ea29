//! Sites: the brand's shop and each franchisee's mini-site, with their publishable keys.

use devanture_domain::geo::LatLng;
use sqlx::{Row as _, any::AnyRow};

use crate::{
    Repository, StorageError,
    secret::{are_key_digits, key_digits},
};

/// A shop or a mini-site that widgets are on.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Whose network it shows.
    pub tenant: String,
    /// Short, stable, unique among all tenants: it is part of page addresses.
    pub id: String,
    /// What widgets send; public, but bound to `origins`.
    pub publishable_key: String,
    /// The shop's name.
    pub name: String,
    /// Origins that may use the key, `https://shop.example`, exactly as browsers send them.
    pub origins: Vec<String>,
    /// BCP 47 language of the site.
    pub locale: String,
    /// Where lists begin when nothing is known of the shopper.
    pub center: LatLng,
    /// The only store that the site shows.
    pub store_code: Option<String>,
    /// Map tiles.
    pub tiles: Option<Tiles>,
    /// Where to read what becomes of personal data.
    pub privacy_url: Option<String>,
    /// Where the store pages are shown to the public when not at the API's own address, without a
    /// slash at the end: `https://shop.example/stores`.
    pub page_base_url: Option<String>,
    /// The price list that its prices come from; `None` for the one called `default`.
    pub price_list: Option<String>,
}

/// A tile server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiles {
    /// URL template with `{z}`, `{x}`, `{y}`.
    pub url: String,
    /// The credit its licence asks for.
    pub attribution: String,
}

const PREFIX: &str = "pk_";
const COLUMNS: &str = "SELECT tenant_id, site_id, publishable_key, name, origins, locale, center_lat, center_lng, \
                       store_code, tiles_url, tiles_attribution, privacy_url, page_base_url, price_list FROM sites";

/// Makes a key from 32 random bytes: `pk_` and 32 base-62 digits, some 190 bits.
pub fn publishable_key(random: [u8; 32]) -> String {
    format!("{PREFIX}{}", key_digits(random))
}

/// Whether a text has the shape of a key, `pk_` and 24 to 64 base-62 digits.
pub fn is_publishable_key(text: &str) -> bool {
    text.strip_prefix(PREFIX).is_some_and(are_key_digits)
}

impl Repository {
    /// Creates the site or replaces all its settings.
    pub async fn put_site(&mut self, site: &Site) -> Result<(), StorageError> {
        let origins = site.origins.join("\n");
        sqlx::query(
            "INSERT INTO sites (tenant_id, site_id, publishable_key, name, origins, locale, center_lat, center_lng, \
             store_code, tiles_url, tiles_attribution, privacy_url, page_base_url, price_list) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
             ON CONFLICT (tenant_id, site_id) DO UPDATE SET publishable_key = excluded.publishable_key, \
             name = excluded.name, origins = excluded.origins, locale = excluded.locale, \
             center_lat = excluded.center_lat, center_lng = excluded.center_lng, \
             store_code = excluded.store_code, tiles_url = excluded.tiles_url, \
             tiles_attribution = excluded.tiles_attribution, privacy_url = excluded.privacy_url, \
             page_base_url = excluded.page_base_url, price_list = excluded.price_list",
        )
        .bind(site.tenant.as_str())
        .bind(site.id.as_str())
        .bind(site.publishable_key.as_str())
        .bind(site.name.as_str())
        .bind(origins)
        .bind(site.locale.as_str())
        .bind(site.center.lat())
        .bind(site.center.lng())
        .bind(site.store_code.as_deref())
        .bind(site.tiles.as_ref().map(|t| t.url.as_str()))
        .bind(site.tiles.as_ref().map(|t| t.attribution.as_str()))
        .bind(site.privacy_url.as_deref())
        .bind(site.page_base_url.as_deref())
        .bind(site.price_list.as_deref())
        .execute(&mut *self.tx)
        .await?;
        self.touch(&site.tenant);
        Ok(())
    }

    /// Every site of every tenant, by tenant and id.
    pub async fn sites(&mut self) -> Result<Vec<Site>, StorageError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} ORDER BY tenant_id, site_id")))
            .fetch_all(&mut *self.tx)
            .await?;
        rows.iter().map(from_row).collect()
    }

    /// The site with this id, whosever it is.
    pub async fn site(&mut self, id: &str) -> Result<Option<Site>, StorageError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE site_id = $1")))
            .bind(id)
            .fetch_optional(&mut *self.tx)
            .await?;
        row.as_ref().map(from_row).transpose()
    }
}

fn from_row(row: &AnyRow) -> Result<Site, StorageError> {
    let id: String = row.try_get("site_id")?;
    let origins: String = row.try_get("origins")?;
    let center = LatLng::new(row.try_get("center_lat")?, row.try_get("center_lng")?).map_err(|e| {
        StorageError::Corrupt { table: "sites", column: "center_lat", key: id.clone(), reason: e.to_string() }
    })?;
    let tiles_url: Option<String> = row.try_get("tiles_url")?;
    let attribution: Option<String> = row.try_get("tiles_attribution")?;
    Ok(Site {
        tenant: row.try_get("tenant_id")?,
        id,
        publishable_key: row.try_get("publishable_key")?,
        name: row.try_get("name")?,
        origins: origins.lines().map(str::to_owned).collect(),
        locale: row.try_get("locale")?,
        center,
        store_code: row.try_get("store_code")?,
        tiles: tiles_url.map(|url| Tiles { url, attribution: attribution.unwrap_or_default() }),
        privacy_url: row.try_get("privacy_url")?,
        page_base_url: row.try_get("page_base_url")?,
        price_list: row.try_get("price_list")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_the_shape_that_is_checked() {
        assert!(is_publishable_key(&publishable_key([0; 32])));
        assert!(is_publishable_key(&publishable_key([255; 32])));
        assert_ne!(publishable_key([1; 32]), publishable_key([2; 32]));
        for text in ["", "pk_", "pk_short", "sk_000000000000000000000000", "pk_00000000000000000000000é"] {
            assert!(!is_publishable_key(text), "{text}");
        }
    }
}
