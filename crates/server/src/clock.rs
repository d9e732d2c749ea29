//! Time and randomness, handed in from outside so that tests decide both.

use devanture_domain::civil::UtcMs;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now, in milliseconds since 1970 UTC.
    fn now(&self) -> UtcMs;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the server reads the clock")]
    fn now(&self) -> UtcMs {
        jiff::Timestamp::now().as_millisecond()
    }
}

/// Draws random bytes for secrets.
pub trait Entropy: Send + Sync + 'static {
    /// Fills `out`; an error when the machine has none to give.
    fn fill(&self, out: &mut [u8]) -> Result<(), EntropyError>;
}

/// The machine has no random bytes to give.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random bytes: {0}")]
pub struct EntropyError(String);

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, out: &mut [u8]) -> Result<(), EntropyError> {
        rand::TryRng::try_fill_bytes(&mut rand::rngs::SysRng, out).map_err(|e| EntropyError(e.to_string()))
    }
}
