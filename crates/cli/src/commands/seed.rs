//! `devanture seed`

mod catalogue;
mod reviews;
mod staff;

use std::process::ExitCode;

use clap::Args;
use devanture_api::{site::Label as Named, store as wire};
use devanture_demo::{DemoSite, DemoStore, Network, Origins};
use devanture_domain::civil::Zone as _;
use devanture_server::{Clock as _, NamedZone, SystemClock};
use devanture_storage::{
    Address, Label, LabelKind, Ownership, Promotion, Repository, Site, StorageError, Store, Tiles,
};

use super::{CommandError, open};

const TENANT: &str = "lormelle";

/// Write the demo network: an invented clothing chain of 190 stores, a shop, a franchisee's mini-site, and an account of
/// each role, whose password is printed when it is made.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Origin on which the demo's shop is served.
    #[arg(long, default_value = "http://127.0.0.1:4801")]
    shop_origin: String,
    /// Origin on which the franchisee's mini-site is served.
    #[arg(long, default_value = "http://127.0.0.1:4802")]
    mini_site_origin: String,
}

pub(crate) async fn run(location: &str, arguments: Arguments) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    let zone = NamedZone::get("Europe/Paris").unwrap_or_else(NamedZone::utc);
    let today = zone.to_local(SystemClock.now()).date;
    let origins = Origins { shop: arguments.shop_origin, mini_site: arguments.mini_site_origin };
    let network = devanture_demo::network(today, &origins);
    let mut repository = database.write().await?;
    write(&mut repository, &network).await?;
    catalogue::write(&mut repository, &network, &origins, SystemClock.now()).await?;
    reviews::write(&mut repository, &network, (SystemClock.now(), today)).await?;
    let accounts = staff::write(&mut repository, &network).await?;
    repository.save().await?;
    database.look_over().await?;
    for site in &network.sites {
        println!("{}\t{}\t{}", site.id, site.key, site.origins.join(" "));
    }
    for account in accounts {
        println!("staff\t{account}");
    }
    println!("{} stores of {}", network.stores.len(), network.name);
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn write(repository: &mut Repository, network: &Network) -> Result<(), StorageError> {
    repository.put_tenant(TENANT, &network.name).await?;
    let mut labels = Vec::new();
    for (kind, locale, names) in [
        (LabelKind::Service, "fr", &network.services),
        (LabelKind::Service, "en", &network.english.services),
        (LabelKind::Brand, "fr", &network.brands),
        (LabelKind::Subject, "fr", &network.appointment_subjects),
        (LabelKind::Subject, "en", &network.english.appointment_subjects),
    ] {
        labels.extend(names.iter().map(|Named { code, name }| Label {
            kind,
            code: code.clone(),
            locale: locale.to_owned(),
            name: name.clone(),
        }));
    }
    repository.put_labels(TENANT, &labels).await?;
    for store in &network.stores {
        repository.put_store(TENANT, &kept(store)).await?;
    }
    for demo in &network.sites {
        repository.put_site(&site(demo)).await?;
    }
    Ok(())
}

fn site(demo: &DemoSite) -> Site {
    let DemoSite { id, key, origins, site } = demo;
    Site {
        tenant: TENANT.to_owned(),
        id: id.clone(),
        publishable_key: key.clone(),
        name: site.name.clone(),
        origins: origins.clone(),
        locale: site.locale.clone(),
        center: site.center,
        store_code: site.store_code.clone(),
        tiles: site.tiles.as_ref().map(|t| Tiles { url: t.url.clone(), attribution: t.attribution.clone() }),
        privacy_url: site.privacy_url.clone(),
        page_base_url: None,
        price_list: None,
    }
}

fn kept(demo: &DemoStore) -> Store {
    let wire::Store { address, promotions, .. } = demo.store.clone();
    Store {
        ownership: match demo.store.ownership {
            wire::Ownership::Own => Ownership::Own,
            wire::Ownership::Franchise => Ownership::Franchise,
            wire::Ownership::Licensed => Ownership::Licensed,
        },
        address: Address {
            street: address.street,
            postcode: address.postcode,
            town: address.town,
            region: address.region,
            country: address.country,
        },
        phone: demo.store.phone.clone(),
        email: demo.store.email.clone(),
        url: demo.store.url.clone(),
        hours: demo.store.hours.clone(),
        services: demo.store.services.clone(),
        brands: demo.store.brands.clone(),
        promotions: promotions
            .into_iter()
            .map(|p| Promotion {
                id: p.id,
                title: p.title,
                text: p.text,
                starts_on: p.starts_on,
                ends_on: p.ends_on,
                event: p.event,
            })
            .collect(),
        appointments: demo.appointment_rules,
        ships: demo.ships,
        ..Store::new(&demo.store.code, &demo.store.name, demo.store.location, &demo.store.time_zone)
    }
}
