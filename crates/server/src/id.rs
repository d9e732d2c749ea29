//! Names of new things, in letters and digits that are not taken for each other, five bits each.

use crate::{App, clock::EntropyError};

const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Letters of an id that say when.
const TIME: usize = 7;

impl App {
    /// A random text that can be read out over the phone.
    pub(crate) fn legible<const N: usize>(&self) -> Result<String, EntropyError> {
        let random: [u8; N] = self.random()?;
        Ok(random.into_iter().map(letter).collect())
    }

    /// An id of which later ones sort after earlier ones, so that what is written together lies together in every index: the
    /// time in eighths of a second, then 45 random bits. Whoever must not be able to guess it takes [`Self::legible`].
    pub(crate) fn ordered_id(&self) -> Result<String, EntropyError> {
        let time = (self.now() / 125).to_be_bytes();
        let mut id = bits(u64::from_be_bytes(time));
        id.push_str(&self.legible::<9>()?);
        Ok(id)
    }
}

/// The lowest 35 bits.
fn bits(number: u64) -> String {
    (0..TIME).rev().map(|place| letter((number >> (place * 5)).to_le_bytes()[0])).collect()
}

fn letter(byte: u8) -> char {
    char::from(LETTERS[usize::from(byte % 32)])
}

#[cfg(test)]
mod tests {
    use crate::testing::TestApp;

    #[tokio::test]
    async fn later_ids_sort_after_earlier_ones() {
        let app = TestApp::new().await;
        let mut ids = Vec::new();
        for seconds in [0, 1, 59, 3600, 400_000_000] {
            app.clock.advance_seconds(seconds);
            ids.push(app.app().ordered_id().unwrap());
        }
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
        assert!(ids.iter().all(|id| id.len() == 16), "{ids:?}");
        let same_time = [(); 2].map(|()| app.app().ordered_id().unwrap());
        assert_ne!(same_time[0], same_time[1]);
    }
}
