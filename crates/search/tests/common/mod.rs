//! The real network, for tests and benchmarks, where its file is at hand.

use devanture_domain::geo::LatLng;
use devanture_search::Entry;

/// One row of the file.
pub(crate) struct Row {
    /// Store number.
    pub(crate) code: String,
    /// Store name.
    pub(crate) name: String,
    /// City.
    pub(crate) town: String,
    /// State or province.
    pub(crate) region: String,
    /// Postcode.
    pub(crate) postcode: String,
    /// Country.
    pub(crate) country: String,
    /// Position.
    pub(crate) location: LatLng,
}

impl Row {
    /// As the encoder takes it.
    pub(crate) fn entry(&self) -> Entry<'_> {
        Entry {
            code: &self.code,
            name: &self.name,
            town: &self.town,
            region: &self.region,
            postcode: &self.postcode,
            country: &self.country,
            location: self.location,
            rank: 0,
        }
    }
}

/// All rows with a position, or `None` with a line on stdout when the file is not there.
pub(crate) fn stores() -> Option<Vec<Row>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/stores-worldwide.csv");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared/data/stores-worldwide.csv is not there");
        return None;
    };
    let mut records = parse(&text).into_iter();
    let header = records.next()?;
    let column = |name: &str| header.iter().position(|h| h == name).expect("has the column");
    let columns = ["Store Number", "Store Name", "City", "State/Province", "Postcode", "Country"].map(column);
    let (lat, lng) = (column("Latitude"), column("Longitude"));
    let rows = records.filter_map(|mut record| {
        let location = LatLng::new(record.get(lat)?.parse().ok()?, record.get(lng)?.parse().ok()?).ok()?;
        let [code, name, town, region, postcode, country] = columns.map(|c| std::mem::take(&mut record[c]));
        Some(Row { code, name, town, region, postcode, country, location })
    });
    Some(rows.collect())
}

/// RFC 4180: quoted cells may hold commas, line ends and doubled quotes.
fn parse(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            _ => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}
