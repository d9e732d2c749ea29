//! `devanture serve`

use std::{
    net::SocketAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use clap::Args;
use devanture_server::{
    App, Config, LimitConfig, Mailer, SystemClock, SystemEntropy,
    geocode::{Geocoder, Geoplateforme, Nominatim, OfflineGazetteer},
    jobs, router,
    sources::SourceConfig,
    takes_sign_ins,
};
use object_store::{ObjectStore, local::LocalFileSystem};
use tokio::{net::TcpListener, signal};

use super::{CommandError, open, source::ReachArguments};

/// Requests under way when the server is told to stop may take so long to end.
const GRACE: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, env = "DEVANTURE_LISTEN", default_value = "127.0.0.1:4870")]
    listen: SocketAddr,
    /// Folder with the widgets' files, `devanture.js` and `build/`.
    #[arg(long, env = "DEVANTURE_ASSETS")]
    assets: Option<PathBuf>,
    /// Where the public reaches this server; the address listened on unless told.
    #[arg(long, env = "DEVANTURE_PUBLIC_URL")]
    public_url: Option<String>,
    /// Reads per second, per key and client address; 0 for no limit.
    #[arg(long, env = "DEVANTURE_READS_PER_SECOND", default_value_t = 50)]
    reads_per_second: u32,
    /// Bookings and cancellations per hour, per key and client address; 0 for no limit.
    #[arg(long, env = "DEVANTURE_WRITES_PER_HOUR", default_value_t = 60)]
    writes_per_hour: u32,
    /// Passwords tried per hour, per client address; 0 for no limit.
    #[arg(long, env = "DEVANTURE_SIGN_INS_PER_HOUR", default_value_t = 300)]
    sign_ins_per_hour: u32,
    /// The longest feed that is taken in, in megabytes after unpacking.
    #[arg(long, env = "DEVANTURE_MAX_FEED_MB", default_value_t = 4_000)]
    max_feed_mb: u64,
    /// The folder that photos of reviews are kept in, created when it is not there; all instances have the same. Beside a SQLite file unless
    /// told; with PostgreSQL no photos are taken unless it is.
    #[arg(long, env = "DEVANTURE_MEDIA")]
    media: Option<PathBuf>,
    #[command(flatten)]
    reach: ReachArguments,
    /// Take the client's address from the last entry of X-Forwarded-For: only behind a proxy that writes it.
    #[arg(long, env = "DEVANTURE_TRUST_FORWARDED_FOR")]
    trust_forwarded_for: bool,
    /// Write to shoppers about their reservations by this mail server, `smtps://user:password@host` or
    /// `smtp://user:password@host:587?tls=required`, or into a folder, `file:FOLDER`; off unless told.
    #[arg(long, env = "DEVANTURE_MAIL", hide_env_values = true, requires = "mail_from")]
    mail: Option<String>,
    /// The address that mail comes from, under the shop's name: `no-reply@shop.example`.
    #[arg(long, env = "DEVANTURE_MAIL_FROM")]
    mail_from: Option<String>,
    /// Let webhooks go to addresses of private networks, and by plain http.
    #[arg(long, env = "DEVANTURE_WEBHOOKS_TO_PRIVATE_ADDRESSES")]
    webhooks_to_private_addresses: bool,
    /// Ask the French Géoplateforme for addresses that are not known here. What shoppers type then
    /// leaves this machine.
    #[arg(long, env = "DEVANTURE_GEOPLATEFORME", num_args = 0..=1, default_missing_value = Geoplateforme::URL)]
    geoplateforme: Option<String>,
    /// Ask this Nominatim (`https://nominatim.example/search`) for places that are not known here.
    #[arg(long, env = "DEVANTURE_NOMINATIM")]
    nominatim: Option<String>,
}

pub(crate) async fn run(location: &str, arguments: Arguments) -> Result<ExitCode, CommandError> {
    if let Some(folder) = arguments.assets.as_deref().filter(|folder| !folder.is_dir()) {
        return Err(CommandError::said(format!("--assets: {} is not a folder", folder.display())));
    }
    let database = open(location).await?;
    let listener = TcpListener::bind(arguments.listen).await.map_err(|error| {
        CommandError::said(format!(
            "cannot listen on {}: {error}; choose another with --listen",
            arguments.listen
        ))
    })?;
    let address = listener.local_addr()?;
    let public_url = arguments.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    if !takes_sign_ins(&public_url) {
        tracing::warn!(
            public_url,
            "staff cannot sign in by plain http; give the https address with --public-url"
        );
    }
    let config = Config {
        public_url: public_url.trim_end_matches('/').to_owned(),
        assets: arguments.assets.clone(),
        limits: LimitConfig {
            reads_per_second: NonZeroU32::new(arguments.reads_per_second),
            writes_per_hour: NonZeroU32::new(arguments.writes_per_hour),
            sign_ins_per_hour: NonZeroU32::new(arguments.sign_ins_per_hour),
        },
        trust_forwarded_for: arguments.trust_forwarded_for,
        mail: mailer(&arguments)?,
        media: media(location, arguments.media.as_deref())?,
        webhooks_to_private_addresses: arguments.webhooks_to_private_addresses,
        sources: SourceConfig { reach: arguments.reach.reach(), ..SourceConfig::default() },
        max_feed_bytes: arguments.max_feed_mb.saturating_mul(1_000_000),
        ..Config::default()
    };
    let app = App::new(database.clone(), SystemClock, SystemEntropy, config, geocoders(&arguments)?);
    app.refresh().await?;
    let jobs = tokio::spawn(jobs::run(app.clone()));
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    println!("ready http://{address}/");
    // Serving is another task, so that a client that never hangs up cannot keep the server from stopping.
    let mut serving =
        tokio::spawn(axum::serve(listener, service).with_graceful_shutdown(stopped()).into_future());
    tokio::select! {
        ended = &mut serving => ended.map_err(|error| CommandError::said(error.to_string()))??,
        () = stopped() => {
            tracing::info!("stopping");
            app.close_streams();
            if tokio::time::timeout(GRACE, serving).await.is_err() {
                tracing::warn!("some requests did not end in time");
            }
        }
    }
    jobs.abort();
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

/// `shop.media` beside `shop.db`.
fn media(location: &str, told: Option<&Path>) -> Result<Option<Arc<dyn ObjectStore>>, CommandError> {
    let beside = (!location.contains("://"))
        .then(|| Path::new(location.strip_prefix("sqlite:").unwrap_or(location)).with_extension("media"));
    let Some(folder) = told.map(Path::to_owned).or(beside) else {
        tracing::info!("photos of reviews are not taken; --media says where to keep them");
        return Ok(None);
    };
    let said =
        |error: &dyn std::fmt::Display| CommandError::said(format!("--media {}: {error}", folder.display()));
    std::fs::create_dir_all(&folder).map_err(|error| said(&error))?;
    let store = LocalFileSystem::new_with_prefix(&folder).map_err(|error| said(&error))?;
    Ok(Some(Arc::new(store)))
}

fn mailer(arguments: &Arguments) -> Result<Option<Mailer>, CommandError> {
    let (Some(location), Some(from)) = (&arguments.mail, &arguments.mail_from) else {
        tracing::info!("mail is off: shoppers are not written to; --mail and --mail-from turn it on");
        return Ok(None);
    };
    let mailer =
        Mailer::new(location, from).map_err(|error| CommandError::said(format!("--mail: {error}")))?;
    Ok(Some(mailer))
}

fn geocoders(arguments: &Arguments) -> Result<Vec<Box<dyn Geocoder>>, CommandError> {
    let said = |error: devanture_server::geocode::RemoteError| CommandError::said(error.to_string());
    let gazetteer = OfflineGazetteer::embedded().map_err(|error| CommandError::said(error.to_string()))?;
    let mut geocoders: Vec<Box<dyn Geocoder>> = vec![Box::new(gazetteer)];
    if let Some(url) = &arguments.geoplateforme {
        geocoders.push(Box::new(Geoplateforme::new(url).map_err(said)?));
    }
    if let Some(url) = &arguments.nominatim {
        geocoders.push(Box::new(Nominatim::new(url).map_err(said)?));
    }
    Ok(geocoders)
}

/// Ends when the process is asked to stop: Ctrl-C, or SIGTERM from whatever runs it.
async fn stopped() {
    let mut terminate = match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::error!(%error, "cannot listen for SIGTERM");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
