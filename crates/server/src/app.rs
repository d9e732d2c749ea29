//! What every request shares.

use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::{Arc, OnceLock},
    time::Duration,
};

use arc_swap::ArcSwap;
use devanture_api::routes;
use devanture_domain::{civil::UtcMs, stock::Answers};
use devanture_storage::{Database, PrivateToken, StorageError};
use object_store::ObjectStore;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{
    clock::{Clock, Entropy, EntropyError},
    desk::Desk,
    directory::Directory,
    geocode::Geocoder,
    home::Home,
    limit::{LimitConfig, Limiter},
    live::Live,
    mail::Mailer,
    media::Media,
    password::{PasswordCost, Passwords},
    reviews::Gallery,
    shelf::{Pieces, Shelf},
    sources::SourceConfig,
    webhooks::Sender,
};

/// By store code.
pub(crate) type StoreAnswers = BTreeMap<String, Answers>;

/// How long ago an answer still says something of its store.
const ANSWERS_MS: UtcMs = 90 * 86_400_000;

/// Each feed has a thread that reads, of which there are not many.
const FEEDS_AT_ONCE: usize = 16;

/// How the server behaves.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the public reaches this server, without a slash at the end: `https://api.shop.example`.
    pub public_url: String,
    /// The folder with `devanture.js` and `build/`; without it no widget files are served.
    pub assets: Option<PathBuf>,
    /// How many requests a client may make.
    pub limits: LimitConfig,
    /// Whether the client's address is the last of `X-Forwarded-For`: only behind a proxy that sets it.
    pub trust_forwarded_for: bool,
    /// After this long a request is answered 503.
    pub timeout: Duration,
    /// What writes to shoppers about their reservations; nothing does where it is absent.
    pub mail: Option<Mailer>,
    /// Whether webhooks may go to addresses of private networks, and by plain http.
    pub webhooks_to_private_addresses: bool,
    /// What a password's hash costs.
    pub password_cost: PasswordCost,
    /// The longest feed that is taken in, in bytes after unpacking.
    pub max_feed_bytes: u64,
    /// How feeds are fetched.
    pub sources: SourceConfig,
    /// How often streams of events say that they are still there, and look whether their session is.
    pub heartbeat: Duration,
    /// Where photos are kept; none are taken where it is absent.
    pub media: Option<Arc<dyn ObjectStore>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            public_url: "http://localhost:4870".to_owned(),
            assets: None,
            limits: LimitConfig::default(),
            trust_forwarded_for: false,
            timeout: Duration::from_secs(10),
            mail: None,
            webhooks_to_private_addresses: false,
            password_cost: PasswordCost::default(),
            max_feed_bytes: 4_000_000_000,
            sources: SourceConfig::default(),
            heartbeat: Duration::from_secs(15),
            media: None,
        }
    }
}

/// The server's state. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    database: Database,
    clock: Box<dyn Clock>,
    entropy: Box<dyn Entropy>,
    config: Config,
    directory: Directory,
    desk: Arc<Desk>,
    shelf: Shelf,
    answers: ArcSwap<HashMap<String, Arc<StoreAnswers>>>,
    limiter: Limiter,
    geocoders: Vec<Box<dyn Geocoder>>,
    home: Home,
    passwords: Passwords,
    webhooks: OnceLock<Result<Sender, String>>,
    feeds: Semaphore,
    live: Arc<Live>,
    gallery: Gallery,
    media: Option<Media>,
}

impl App {
    /// Takes an open, migrated database; [`Self::refresh`] before the first request.
    /// `geocoders` are asked one after the other, until one knows the place.
    pub fn new(
        database: Database,
        clock: impl Clock,
        entropy: impl Entropy,
        config: Config,
        geocoders: Vec<Box<dyn Geocoder>>,
    ) -> Self {
        let limiter = Limiter::new(config.limits);
        let home = Home::of(&config.public_url);
        let passwords = Passwords::new(config.password_cost);
        let live = Arc::new(Live::default());
        let media = config.media.clone().map(Media::new);
        let directory = Directory::new(config.mail.is_some());
        let told = Arc::clone(&live);
        database.on_stir(move |tenant, store, revision| told.changed(tenant, store, revision));
        Self(Arc::new(Inner {
            database,
            clock: Box::new(clock),
            entropy: Box::new(entropy),
            config,
            directory,
            desk: Arc::default(),
            shelf: Shelf::default(),
            answers: ArcSwap::default(),
            limiter,
            geocoders,
            home,
            passwords,
            webhooks: OnceLock::new(),
            feeds: Semaphore::new(FEEDS_AT_ONCE),
            live,
            gallery: Gallery::default(),
            media,
        }))
    }

    /// Loads what changed in the database since the last time; returns whether anything did.
    pub async fn refresh(&self) -> Result<bool, StorageError> {
        self.0.directory.refresh(&self.0.database, self.now()).await
    }

    pub(crate) fn now(&self) -> UtcMs {
        self.0.clock.now()
    }

    /// Freshly drawn bytes, of which no two are alike.
    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N], EntropyError> {
        let mut bytes = [0; N];
        self.0.entropy.fill(&mut bytes)?;
        Ok(bytes)
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    /// How each store of the tenant has answered lately.
    pub(crate) fn answers(&self, tenant: &str) -> Arc<StoreAnswers> {
        self.0.answers.load().get(tenant).cloned().unwrap_or_default()
    }

    /// Counts again how stores have answered.
    pub(crate) async fn refresh_answers(&self) -> Result<(), StorageError> {
        let since = self.now() - ANSWERS_MS;
        let mut repository = self.0.database.read().await?;
        let mut answers = HashMap::new();
        for tenant in repository.tenants().await? {
            answers.insert(tenant.id.clone(), Arc::new(repository.answers(&tenant.id, since).await?));
        }
        self.0.answers.store(Arc::new(answers));
        Ok(())
    }

    /// Stock, as shoppers look at it.
    pub(crate) async fn stock(&self, tenant: &str, sku: &str) -> Result<Pieces, StorageError> {
        self.0.shelf.look(self.database(), tenant, sku).await
    }

    pub(crate) fn desk(&self) -> &Arc<Desk> {
        &self.0.desk
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.0.directory
    }

    pub(crate) fn limiter(&self) -> &Limiter {
        &self.0.limiter
    }

    pub(crate) fn home(&self) -> &Home {
        &self.0.home
    }

    /// A place among the feeds that are taken in; `None` while there are enough.
    pub(crate) fn enter_feed(&self) -> Option<SemaphorePermit<'_>> {
        self.0.feeds.try_acquire().ok()
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// What sends webhooks; made when it is first needed.
    pub(crate) fn webhooks(&self) -> Result<&Sender, String> {
        let made = self.0.webhooks.get_or_init(|| {
            Sender::new(self.0.config.webhooks_to_private_addresses).map_err(|error| error.to_string())
        });
        made.as_ref().map_err(Clone::clone)
    }

    /// Where a shopper sees the reservation that this opens.
    pub(crate) fn reservation_page(&self, token: &PrivateToken) -> String {
        let path = routes::RESERVATION_PAGE.replace("{token}", &token.to_text());
        format!("{}{path}", self.0.config.public_url)
    }

    /// Where whoever was told of something gives up what they wait for.
    pub(crate) fn alert_page(&self, token: &PrivateToken) -> String {
        let path = routes::ALERT_PAGE.replace("{token}", &token.to_text());
        format!("{}{path}", self.0.config.public_url)
    }

    /// Lists of reviews, ready to send.
    pub(crate) fn gallery(&self) -> &Gallery {
        &self.0.gallery
    }

    /// Where photos are kept, if they are.
    pub(crate) fn media(&self) -> Option<&Media> {
        self.0.media.as_ref()
    }

    pub(crate) fn live(&self) -> &Arc<Live> {
        &self.0.live
    }

    /// Ends every stream of events: the server is about to stop, and would wait for them.
    pub fn close_streams(&self) {
        self.0.live.close();
    }

    pub(crate) fn geocoders(&self) -> &[Box<dyn Geocoder>] {
        &self.0.geocoders
    }
}
