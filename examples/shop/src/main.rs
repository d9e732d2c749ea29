//! The demo's shop: Lormelle's online store and, on an origin of its own, the mini-site of one of its
//! franchisees. Both embed the widgets by one script tag from the API's origin.

#![expect(clippy::unused_async, reason = "handlers are asynchronous, whether or not they wait")]

mod app;
mod garment;
mod lang;
mod layout;
mod link;
mod pages;
mod reviews;
mod structured;
#[cfg(test)]
mod tests;
mod till;

use std::{net::SocketAddr, time::SystemTime};

use clap::Parser;
use devanture_demo::Origins;
use devanture_domain::civil::Date;
use tokio::net::TcpListener;

use app::Shop;

/// Serves the demo's shop and mini-site.
#[derive(Debug, Parser)]
#[command(name = "devanture-shop", version)]
struct Options {
    /// Where the shop listens.
    #[arg(long, default_value = "127.0.0.1:4801")]
    listen: SocketAddr,
    /// Where the franchisee's mini-site listens.
    #[arg(long, default_value = "127.0.0.1:4802")]
    mini_site_listen: SocketAddr,
    /// Origin of the API that widgets are loaded from.
    #[arg(long, default_value = "http://127.0.0.1:4800")]
    api: String,
    /// The shop's own origin, when it is not the address that it listens on.
    #[arg(long)]
    origin: Option<String>,
    /// The mini-site's own origin, likewise.
    #[arg(long)]
    mini_site_origin: Option<String>,
    /// Publishable key of the shop's site.
    #[arg(long, default_value = devanture_demo::SHOP_KEY)]
    key: String,
    /// Publishable key of the mini-site.
    #[arg(long, default_value = devanture_demo::MINI_SITE_KEY)]
    mini_site_key: String,
    /// Secret key, of the scope `feeds`, that simulated tills sell with; without it there are none.
    #[arg(long, env = "DEVANTURE_TILL_KEY", hide_env_values = true)]
    till_key: Option<String>,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let options = Options::parse();
    let shop = TcpListener::bind(options.listen).await?;
    let mini_site = TcpListener::bind(options.mini_site_listen).await?;
    // The listeners' own addresses: port 0 asks for any that is free.
    let (shop_at, mini_site_at) = (shop.local_addr()?, mini_site.local_addr()?);
    let origins = Origins {
        shop: options.origin.unwrap_or_else(|| format!("http://{shop_at}")),
        mini_site: options.mini_site_origin.unwrap_or_else(|| format!("http://{mini_site_at}")),
    };
    println!("shop {}\nmini-site {}", origins.shop, origins.mini_site);
    let keys = (options.key, options.mini_site_key);
    let api = options.api.trim_end_matches('/').to_owned();
    let state = Shop::new(api, keys, origins, today(), options.till_key.is_some());
    state.fragments.begin();
    if let Some(key) = options.till_key {
        tokio::spawn(till::run(state.clone(), key));
    }
    tokio::try_join!(
        axum::serve(shop, app::shop(state.clone())).into_future(),
        axum::serve(mini_site, app::mini_site(state)).into_future(),
    )?;
    Ok(())
}

/// The day on which the shop was started; its promotions and special days are counted from it.
#[expect(clippy::disallowed_methods, reason = "the binary's clock: nothing else here reads one")]
fn today() -> Date {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Date(i32::try_from(since.as_secs() / 86_400).unwrap_or(0))
}
