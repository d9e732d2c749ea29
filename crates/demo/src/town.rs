//! The committed table of towns, one row per store.

use devanture_domain::geo::LatLng;

/// A row of `data/towns.csv`.
pub(crate) struct Town {
    pub(crate) name: &'static str,
    pub(crate) country: &'static str,
    pub(crate) region: &'static str,
    pub(crate) zone: &'static str,
    pub(crate) postcode: &'static str,
    pub(crate) location: LatLng,
    pub(crate) population: u32,
}

/// All rows. A row that cannot be read would be left out; a test counts them.
pub(crate) fn towns() -> Vec<Town> {
    include_str!("../data/towns.csv").lines().skip(1).filter_map(row).collect()
}

fn row(line: &'static str) -> Option<Town> {
    let mut fields = line.split(',');
    let mut next = || fields.next();
    let (name, country, region, zone, postcode) = (next()?, next()?, next()?, next()?, next()?);
    let location = LatLng::new(next()?.parse().ok()?, next()?.parse().ok()?).ok()?;
    Some(Town { name, country, region, zone, postcode, location, population: next()?.parse().ok()? })
}

impl Town {
    /// A market town, where shops keep a lunch break.
    pub(crate) fn is_small(&self) -> bool {
        self.population < 30_000
    }

    /// What letters are addressed to: the districts of a large town are no towns of their own.
    pub(crate) fn municipality(&self) -> &'static str {
        ["Paris", "Lyon", "Marseille"]
            .into_iter()
            .find(|large| self.name.strip_prefix(large).is_some_and(|rest| rest.starts_with(' ')))
            .unwrap_or(self.name)
    }
}
