//! From a row's cells to what is kept, or the reason why not.

use std::collections::HashMap;

use devanture_domain::{
    code::{self, CodeError},
    size::Sales,
};
use devanture_storage::{FeedCount, Location};

use crate::{
    BadCell, Cells, Field, Mapping, PriceStyle,
    layout::Layout,
    value::{self, Availability, Money},
};

/// The tenant's stores and warehouses, to be found in whatever case a feed writes them.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// By the code in its one form; `None` where several differ only in case or spaces.
    known: HashMap<String, Option<String>>,
}

impl Places {
    /// Of these.
    pub fn new(locations: Vec<Location>) -> Self {
        let mut known = HashMap::with_capacity(locations.len());
        for Location { code, .. } in locations {
            // A code that is no code by today's rule can still be named exactly.
            let form = code::normalised(&code).unwrap_or_else(|_| code.clone());
            known.entry(form).and_modify(|other| *other = None).or_insert(Some(code));
        }
        Self { known }
    }

    /// The location's own spelling; an error says why it is not found.
    pub fn find(&self, text: &str) -> Result<String, String> {
        let form = code::normalised(text).map_err(|error| error.to_string())?;
        match self.known.get(&form) {
            Some(Some(code)) => Ok(code.clone()),
            Some(None) => {
                Err(format!("{form} is the code of several stores that differ only in case or spaces"))
            }
            None => Err(format!("there is no store or warehouse {form}")),
        }
    }
}

/// A row of a stock feed: what it names, and what it says.
#[derive(Clone, Debug)]
pub(crate) struct StockLine {
    /// Empty when it could not be read.
    pub(crate) sku: String,
    /// Empty when it could not be read.
    pub(crate) location: String,
    pub(crate) count: Result<FeedCount, BadCell>,
}

/// How rows are read.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    price: PriceStyle,
    negative_is_zero: bool,
}

impl Reading {
    pub(crate) fn new(mapping: &Mapping) -> Self {
        Self { price: mapping.price_style(), negative_is_zero: mapping.negative_is_zero }
    }

    pub(crate) fn stock(&self, row: (&Cells, &Layout), places: &Places) -> StockLine {
        let (cells, layout) = row;
        let sku = code_of(row, Field::Sku);
        let location = cells.read(layout, Field::Store, |text| places.find(text));
        let location =
            location.and_then(|place| place.ok_or_else(|| BadCell::of(layout, Field::Store, "is empty")));
        let count = match (&sku, &location) {
            (Err(bad), _) | (_, Err(bad)) => Err(bad.clone()),
            _ => self.count(row),
        };
        // A store that is not ours has nothing that could be emptied: its own code stands for it.
        let unknown = || {
            let form = code::normalised(cells.get(Field::Store).ok()??).ok()?;
            (!places.known.contains_key(&form)).then_some(form)
        };
        StockLine {
            sku: sku.unwrap_or_default(),
            location: location.unwrap_or_else(|_| unknown().unwrap_or_default()),
            count,
        }
    }

    fn count(&self, (cells, layout): (&Cells, &Layout)) -> Result<FeedCount, BadCell> {
        let pieces = |field| cells.read(layout, field, |text| value::quantity(text, self.negative_is_zero));
        let availability = cells.read(layout, Field::Availability, Availability::read)?;
        let on_hand = match (pieces(Field::Quantity)?, availability) {
            // Whoever says so does not want it to be promised.
            (_, Some(Availability::Out)) => 0,
            (Some(on_hand), _) => on_hand,
            (None, Some(said)) => {
                let reason = format!("is empty, and {} does not say how many", said.as_str());
                return Err(BadCell::of(layout, Field::Quantity, reason));
            }
            (None, None) => return Err(BadCell::of(layout, Field::Quantity, "is empty")),
        };
        let safety = match (pieces(Field::Safety)?, availability) {
            (None, Some(Availability::OnDisplay)) => Some(on_hand),
            (safety, _) => safety,
        };
        Ok(FeedCount {
            on_hand,
            safety,
            on_order: pieces(Field::OnOrder)?.unwrap_or(0),
            expected_on: cells.read(layout, Field::ExpectedOn, value::date)?,
        })
    }

    pub(crate) fn sales(row: (&Cells, &Layout)) -> SalesLine {
        SalesLine { of: sold(row), sales: sums(row) }
    }

    pub(crate) fn product(&self, row: (&Cells, &Layout)) -> Result<ProductLine, BadCell> {
        let (cells, layout) = row;
        let words = |field| said(row, field, value::words);
        let address = |field| said(row, field, value::address);
        let currency = cells.get(Field::Currency)?.unwrap_or_default();
        Ok(ProductLine {
            sku: code_of(row, Field::Sku)?,
            product_id: cells.read(layout, Field::ProductId, normalised)?,
            name: words(Field::Name)?.or(None),
            brand: words(Field::Brand)?,
            category: words(Field::Category)?,
            description: said(row, Field::Description, value::description)?,
            url: address(Field::Url)?,
            image_url: address(Field::ImageUrl)?,
            gtin: said(row, Field::Gtin, value::gtin)?,
            size: words(Field::Size)?,
            colour: words(Field::Colour)?,
            position: cells.read(layout, Field::Position, value::position)?,
            price: cells.read(layout, Field::Price, |text| self.price.read(text, currency))?,
        })
    }
}

fn code_of((cells, layout): (&Cells, &Layout), field: Field) -> Result<String, BadCell> {
    let code = cells.read(layout, field, normalised)?;
    code.ok_or_else(|| BadCell::of(layout, field, CodeError::Empty.to_string()))
}

fn normalised(text: &str) -> Result<String, String> {
    code::normalised(text).map_err(|error| error.to_string())
}

/// What a row of sales is about.
fn sold(row: (&Cells, &Layout)) -> Result<Sold, BadCell> {
    let (cells, layout) = row;
    if let Some(sku) = cells.read(layout, Field::Sku, normalised)? {
        return Ok(Sold::Sku(sku));
    }
    let Some(product) = cells.read(layout, Field::ProductId, normalised)? else {
        return Err(BadCell::of(layout, Field::Sku, "is empty, and no product_id is there instead"));
    };
    let size = cells.read(layout, Field::Size, value::words)?;
    let size = size.ok_or_else(|| BadCell::of(layout, Field::Size, "is empty; a product_id needs it"))?;
    Ok(Sold::Size(product, size))
}

fn sums((cells, layout): (&Cells, &Layout)) -> Result<Sales, BadCell> {
    let of = |field| cells.read(layout, field, value::total);
    let needed = |field| of(field)?.ok_or_else(|| BadCell::of(layout, field, "is empty; write 0 for none"));
    let (sold, returned) = (needed(Field::Sold)?, needed(Field::Returned)?);
    let small = of(Field::ReturnedTooSmall)?.unwrap_or(0);
    let large = of(Field::ReturnedTooLarge)?.unwrap_or(0);
    if returned > sold {
        let reason =
            format!("{returned} is more than the {sold} that were sold; count what came back of these");
        return Err(BadCell::of(layout, Field::Returned, reason));
    }
    if small + large > returned {
        let field = if small > returned { Field::ReturnedTooSmall } else { Field::ReturnedTooLarge };
        let reason =
            format!("too small and too large are {} together, and {returned} came back", small + large);
        return Err(BadCell::of(layout, field, reason));
    }
    Ok(Sales { sold, returned, too_small: small, too_large: large })
}

/// A row of a feed of sales: what it names, and what it says.
#[derive(Clone, Debug)]
pub(crate) struct SalesLine {
    pub(crate) of: Result<Sold, BadCell>,
    pub(crate) sales: Result<Sales, BadCell>,
}

/// What was sold.
#[derive(Clone, Debug)]
pub(crate) enum Sold {
    /// A variant.
    Sku(String),
    /// A product and its size, in all colours.
    Size(String, String),
}

/// What a row says of something that may be absent.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    /// There is no such column: what is known stays.
    Not,
    /// Its cell is empty: there is none.
    Nothing,
    Text(String),
}

impl Said {
    /// With what is known already.
    pub(crate) fn or(self, known: Option<String>) -> Option<String> {
        match self {
            Self::Not => known,
            Self::Nothing => None,
            Self::Text(text) => Some(text),
        }
    }
}

fn said(
    (cells, layout): (&Cells, &Layout),
    field: Field,
    read: impl FnOnce(&str) -> Result<String, String>,
) -> Result<Said, BadCell> {
    if cells.get(field)?.is_none() {
        return Ok(Said::Not);
    }
    Ok(cells.read(layout, field, read)?.map_or(Said::Nothing, Said::Text))
}

/// A row of a product feed. What it does not speak of stays as it is.
#[derive(Clone, Debug)]
pub(crate) struct ProductLine {
    pub(crate) sku: String,
    pub(crate) product_id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) brand: Said,
    pub(crate) category: Said,
    pub(crate) description: Said,
    pub(crate) url: Said,
    pub(crate) image_url: Said,
    pub(crate) gtin: Said,
    pub(crate) size: Said,
    pub(crate) colour: Said,
    pub(crate) position: Option<i64>,
    pub(crate) price: Option<Money>,
}
