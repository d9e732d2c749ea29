//! `devanture site add|list`

use std::process::ExitCode;

use clap::{Args, Subcommand};
use devanture_domain::geo::LatLng;
use devanture_storage::{Repository, Site, Tiles, publishable_key};

use super::{CommandError, open, random};

/// What prices go into, and are shown from, unless another list is named.
const DEFAULT_LIST: &str = "default";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create a site and print its publishable key; for a site that exists, change what is given.
    Add(Box<Add>),
    /// Print every site with its key, its price list and its origins.
    List,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Whose network the site shows; created when new.
    #[arg(long)]
    tenant: String,
    /// Short name, part of the store pages' addresses: letters, digits and dashes.
    #[arg(long, value_parser = slug)]
    id: String,
    /// The shop's name.
    #[arg(long)]
    name: Option<String>,
    /// Origins that may use the key, `https://shop.example`; repeat for several.
    #[arg(long = "origin", value_parser = origin)]
    origins: Vec<String>,
    /// Language of the site.
    #[arg(long)]
    locale: Option<String>,
    /// Where lists begin, `46.6,2.4` (latitude, longitude).
    #[arg(long, value_parser = lat_lng, allow_hyphen_values = true)]
    center: Option<LatLng>,
    /// Pin the site to one store.
    #[arg(long)]
    store_code: Option<String>,
    /// Map tiles, `https://tiles.example/{z}/{x}/{y}.png`.
    #[arg(long, requires = "tiles_attribution")]
    tiles_url: Option<String>,
    /// The credit that the tiles' licence asks for.
    #[arg(long, requires = "tiles_url")]
    tiles_attribution: Option<String>,
    /// Where to read what becomes of personal data.
    #[arg(long)]
    privacy_url: Option<String>,
    /// The list that the site's prices come from, as products were imported with it; `default` unless said.
    #[arg(long)]
    price_list: Option<String>,
    /// Where the store pages are shown to the public, when not at this server's own address.
    #[arg(long)]
    page_base_url: Option<String>,
}

pub(crate) async fn run(location: &str, command: Command) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    match command {
        Command::List => {
            for site in database.read().await?.sites().await? {
                let scope = site.store_code.as_deref().unwrap_or("all stores");
                println!(
                    "{}\t{}\t{}\t{scope}\tprices {}\t{}",
                    site.tenant,
                    site.id,
                    site.publishable_key,
                    site.price_list.as_deref().unwrap_or(DEFAULT_LIST),
                    site.origins.join(" ")
                );
            }
        }
        Command::Add(add) => {
            let mut repository = database.write().await?;
            let known = repository.site(&add.id).await?;
            if known.as_ref().is_some_and(|site| site.tenant != add.tenant) {
                return Err(CommandError::said(format!("another tenant has a site called {}", add.id)));
            }
            if !repository.tenants().await?.iter().any(|tenant| tenant.id == add.tenant) {
                repository.put_tenant(&add.tenant, &add.tenant).await?;
            }
            if let Some(list) = &add.price_list {
                require_price_list(&mut repository, &add.tenant, list).await?;
            }
            let site = add.applied_to(known)?;
            repository.put_site(&site).await?;
            repository.save().await?;
            println!("{}", site.publishable_key);
        }
    }
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

impl Add {
    fn applied_to(self, known: Option<Site>) -> Result<Site, CommandError> {
        let mut site = match known {
            Some(site) => site,
            None => Site {
                publishable_key: publishable_key(random()?),
                name: self.id.clone(),
                tenant: self.tenant,
                id: self.id,
                origins: Vec::new(),
                locale: "fr".to_owned(),
                // The middle of France, until told otherwise.
                center: LatLng::new(46.6, 2.4).map_err(|error| CommandError::said(error.to_string()))?,
                store_code: None,
                tiles: None,
                privacy_url: None,
                page_base_url: None,
                price_list: None,
            },
        };
        site.name = self.name.unwrap_or(site.name);
        site.locale = self.locale.unwrap_or(site.locale);
        site.center = self.center.unwrap_or(site.center);
        site.store_code = self.store_code.or(site.store_code);
        site.privacy_url = self.privacy_url.or(site.privacy_url);
        site.price_list = self.price_list.or(site.price_list);
        let page_base_url = self.page_base_url.map(|url| url.trim_end_matches('/').to_owned());
        site.page_base_url = page_base_url.or(site.page_base_url);
        if !self.origins.is_empty() {
            site.origins = self.origins;
        }
        if let (Some(url), Some(attribution)) = (self.tiles_url, self.tiles_attribution) {
            site.tiles = Some(Tiles { url, attribution });
        }
        Ok(site)
    }
}

/// A site whose list has no price would show none, without a word.
async fn require_price_list(
    repository: &mut Repository,
    tenant: &str,
    list: &str,
) -> Result<(), CommandError> {
    let known = repository.price_lists(tenant).await?;
    if list == DEFAULT_LIST || known.iter().any(|name| name == list) {
        return Ok(());
    }
    let there_are = if known.is_empty() { String::new() } else { format!("; there is {}", known.join(", ")) };
    Err(CommandError::said(format!(
        "no product has a price in the list {list}{there_are}; `devanture import products --price-list` makes one"
    )))
}

fn slug(text: &str) -> Result<String, String> {
    let fits = (1..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits { Ok(text.to_owned()) } else { Err("1 to 40 lower-case letters, digits and dashes".to_owned()) }
}

/// Browsers send no path, no slash at the end and no upper case: what is stored must be the same text.
fn origin(text: &str) -> Result<String, String> {
    let lower = text.trim_end_matches('/').to_ascii_lowercase();
    let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty() || host.contains(['/', '?', '#', '@', ' ', '*']) {
        return Err("an origin is written https://shop.example, without a path".to_owned());
    }
    Ok(lower)
}

fn lat_lng(text: &str) -> Result<LatLng, String> {
    let (lat, lng) = text.split_once(',').ok_or("written latitude,longitude")?;
    let number = |text: &str| text.trim().parse::<f64>().map_err(|error| error.to_string());
    LatLng::new(number(lat)?, number(lng)?).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_as_browsers_send_them() {
        assert_eq!(origin("https://Shop.example/"), Ok("https://shop.example".to_owned()));
        assert_eq!(origin("http://localhost:8080"), Ok("http://localhost:8080".to_owned()));
        for bad in [
            "shop.example",
            "https://",
            "https://shop.example/path",
            "*",
            "https://*.shop.example",
            "ftp://a",
        ] {
            assert!(origin(bad).is_err(), "{bad}");
        }
        assert!(lat_lng("91,0").is_err() && lat_lng("1").is_err() && lat_lng(" -21.1, 55.5").is_ok());
    }
}
