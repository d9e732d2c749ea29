//! Every site and its network, in memory, replaced as a whole when the database has changed.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use arc_swap::ArcSwap;
use devanture_domain::civil::UtcMs;
use devanture_storage::{Database, LabelKind, Site, StorageError};
use tokio::sync::Mutex;

use crate::{
    cache::Tagged,
    index::{Network, SearchIndex, language},
};

/// What requests look things up in.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    current: ArcSwap<Snapshot>,
    refreshing: Mutex<()>,
    sends_mail: bool,
}

/// One consistent state.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    by_key: HashMap<String, Arc<SiteView>>,
    by_id: HashMap<String, Arc<SiteView>>,
    origins: HashSet<String>,
    networks: HashMap<String, Arc<Network>>,
}

/// A site with its network, and answers that are the same for everyone.
#[derive(Debug)]
pub(crate) struct SiteView {
    pub(crate) site: Site,
    pub(crate) network: Arc<Network>,
    pub(crate) scope: Scope,
    /// In the site's own language.
    own: Texts,
    /// In every other that there are names in.
    others: Vec<(String, Texts)>,
}

/// What a site says in one language.
#[derive(Debug)]
pub(crate) struct Texts {
    /// `,"services":[…],"brands":[…]}`, the end of every list.
    pub(crate) labels_json: Vec<u8>,
    /// The answer of `GET /v1/site`.
    pub(crate) settings: Tagged,
    pub(crate) subjects: Vec<devanture_api::site::Label>,
}

/// Which stores a site shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// All of the network.
    Network,
    /// A mini-site's own, and no other.
    Store(u32),
    /// A mini-site's whose code is of no store.
    Nothing,
}

impl Snapshot {
    pub(crate) fn by_key(&self, key: &str) -> Option<&Arc<SiteView>> {
        self.by_key.get(key)
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<&Arc<SiteView>> {
        self.by_id.get(id)
    }

    /// The tenant's own shop: of its sites that show all stores, the first by id.
    pub(crate) fn main_site(&self, tenant: &str) -> Option<&Arc<SiteView>> {
        let own = self.by_key.values().filter(|view| view.site.tenant == tenant);
        own.min_by_key(|view| (view.scope != Scope::Network, &view.site.id))
    }

    /// The tenant's sites: its own shop first, then by id.
    pub(crate) fn sites(&self, tenant: &str) -> Vec<&Site> {
        let own = self.by_id.values().filter(|view| view.site.tenant == tenant);
        let mut own: Vec<_> = own.map(|view| (view.scope != Scope::Network, &view.site)).collect();
        own.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.id.cmp(&other.id)));
        own.into_iter().map(|(_, site)| site).collect()
    }

    /// Whether any site allows this origin: all that a preflight can be told, as it comes without key.
    pub(crate) fn knows_origin(&self, origin: &str) -> bool {
        self.origins.contains(origin)
    }

    pub(crate) fn network(&self, tenant: &str) -> Option<&Arc<Network>> {
        self.networks.get(tenant)
    }
}

impl Directory {
    /// Empty until it is refreshed.
    pub(crate) fn new(sends_mail: bool) -> Self {
        Self { sends_mail, ..Self::default() }
    }

    /// The state of now; hold it for one request, not longer.
    pub(crate) fn load(&self) -> arc_swap::Guard<Arc<Snapshot>> {
        self.current.load()
    }

    /// Rebuilds what changed since: sites, and networks of another revision or another day.
    /// Returns whether anything did.
    pub(crate) async fn refresh(&self, database: &Database, now: UtcMs) -> Result<bool, StorageError> {
        // One at a time, or two rebuilds would need twice the memory and the older could win.
        let _guard = self.refreshing.lock().await;
        let old = self.current.load_full();
        let mut repository = database.read().await?;
        let tenants = repository.tenants().await?;
        let is_fresh = |tenant: &devanture_storage::Tenant| {
            old.networks.get(&tenant.id).is_some_and(|n| n.revision == tenant.revision && now < n.expires_at)
        };
        if tenants.len() == old.networks.len() && tenants.iter().all(is_fresh) {
            return Ok(false);
        }
        let mut networks = HashMap::new();
        for tenant in &tenants {
            let network = match old.networks.get(&tenant.id) {
                Some(known) if is_fresh(tenant) => Arc::clone(known),
                _ => Arc::new(Network::load(&mut repository, tenant, now).await?),
            };
            networks.insert(tenant.id.clone(), network);
        }
        let mut next = Snapshot { networks, ..Snapshot::default() };
        for site in repository.sites().await? {
            let Some(network) = next.networks.get(&site.tenant) else { continue };
            let view = Arc::new(SiteView::new(site, Arc::clone(network), self.sends_mail));
            next.origins.extend(view.site.origins.iter().cloned());
            next.by_id.insert(view.site.id.clone(), Arc::clone(&view));
            next.by_key.insert(view.site.publishable_key.clone(), view);
        }
        self.current.store(Arc::new(next));
        Ok(true)
    }
}

impl Texts {
    fn new(site: &Site, network: &Network, scope: Scope, locale: &str, sends_mail: bool) -> Self {
        let subjects = network.labels(LabelKind::Subject, locale);
        let (mut services, mut brands) =
            (network.labels(LabelKind::Service, locale), network.labels(LabelKind::Brand, locale));
        // A mini-site offers no filter that its one store does not have.
        if scope != Scope::Network {
            let store = if let Scope::Store(own) = scope { network.store(own) } else { None };
            services.retain(|label| store.as_ref().is_some_and(|s| s.services.contains(&label.code)));
            brands.retain(|label| store.as_ref().is_some_and(|s| s.brands.contains(&label.code)));
        }
        let mut labels_json = Vec::new();
        for (name, labels) in [("services", &services), ("brands", &brands)] {
            labels_json.extend_from_slice(format!(",\"{name}\":").as_bytes());
            labels_json.extend_from_slice(&serde_json::to_vec(labels).unwrap_or_else(|_| b"[]".to_vec()));
        }
        labels_json.push(b'}');
        let settings = devanture_api::site::Site {
            name: site.name.clone(),
            locale: site.locale.clone(),
            center: site.center,
            store_code: site.store_code.clone(),
            tiles: site.tiles.as_ref().map(|tiles| devanture_api::site::Tiles {
                url: tiles.url.clone(),
                attribution: tiles.attribution.clone(),
            }),
            privacy_url: site.privacy_url.clone(),
            appointment_subjects: subjects.clone(),
            alerts: sends_mail,
        };
        let settings = Tagged::new(serde_json::to_vec(&settings).unwrap_or_default());
        Self { labels_json, settings, subjects }
    }
}

impl SiteView {
    fn new(site: Site, network: Arc<Network>, sends_mail: bool) -> Self {
        let scope = match site.store_code.as_deref().map(|code| network.find(code)) {
            None => Scope::Network,
            Some(None) => Scope::Nothing,
            Some(Some(own)) => Scope::Store(own),
        };
        let texts = |locale: &str| Texts::new(&site, &network, scope, locale, sends_mail);
        let own_language = language(&site.locale);
        let others = network.languages().into_iter().filter(|other| *other != own_language);
        let others = others.map(|other| (other.clone(), texts(&other))).collect();
        Self { own: texts(&site.locale), others, site, network, scope }
    }

    /// What it says in a BCP 47 language, or in its own.
    pub(crate) fn texts(&self, lang: Option<&str>) -> &Texts {
        let other = lang.filter(|_| !self.others.is_empty()).and_then(|lang| {
            let lang = language(lang);
            self.others.iter().find(|(known, _)| *known == lang)
        });
        other.map_or(&self.own, |(_, texts)| texts)
    }

    /// Where its prices come from.
    pub(crate) fn price_list(&self) -> &str {
        self.site.price_list.as_deref().unwrap_or("default")
    }

    /// The store with this code, if the site shows it.
    pub(crate) fn find(&self, code: &str) -> Option<u32> {
        let index = self.network.find(code)?;
        self.shows(index).then_some(index)
    }

    /// Whether the site shows this store.
    pub(crate) fn shows(&self, index: u32) -> bool {
        match self.scope {
            Scope::Network => true,
            Scope::Store(own) => own == index,
            Scope::Nothing => false,
        }
    }

    pub(crate) fn allows(&self, origin: &str) -> bool {
        self.site.origins.iter().any(|allowed| allowed == origin)
    }

    /// The index for searching in the page; builds it when it is not there, which takes time.
    pub(crate) fn search_index(&self) -> Result<SearchIndex, devanture_search::EncodeError> {
        match self.scope {
            Scope::Network => self.network.search_index(),
            Scope::Store(own) => self.network.build_search_index([own]),
            Scope::Nothing => self.network.build_search_index([]),
        }
    }
}
