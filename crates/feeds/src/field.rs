//! What a row says, and under which names columns say it.

use serde::Deserialize;

/// A part of a product or of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The variant's stock keeping unit.
    Sku,
    /// The product it is a variant of; the SKU where that is not said.
    ProductId,
    /// The product's name.
    Name,
    /// The brand's name.
    Brand,
    /// The retailer's category.
    Category,
    /// What its page says of it.
    Description,
    /// The product's page.
    Url,
    /// A picture.
    ImageUrl,
    /// Global Trade Item Number.
    Gtin,
    /// As shown.
    Size,
    /// As shown.
    Colour,
    /// Order among the product's variants.
    Position,
    /// What it costs.
    Price,
    /// ISO 4217.
    Currency,
    /// The store's or warehouse's code.
    Store,
    /// Pieces on hand.
    Quantity,
    /// Pieces that are never promised.
    Safety,
    /// Pieces on their way.
    OnOrder,
    /// When these are due.
    ExpectedOn,
    /// Google's word for what can be had.
    Availability,
    /// Pieces that were sold over the time that a file is about.
    Sold,
    /// Of these, those that came back.
    Returned,
    /// Of those that came back, those that were too small.
    ReturnedTooSmall,
    /// Of those that came back, those that were too large.
    ReturnedTooLarge,
}

/// What a feed is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// What can be sold.
    Products,
    /// How many pieces are where.
    Stock,
    /// How many pieces of each size were sold, and came back.
    Sales,
}

impl Subject {
    pub(crate) fn fields(self) -> &'static [Field] {
        use Field::{
            Availability, Brand, Category, Colour, Currency, Description, ExpectedOn, Gtin, ImageUrl, Name,
            OnOrder, Position, Price, ProductId, Quantity, Returned, ReturnedTooLarge, ReturnedTooSmall,
            Safety, Size, Sku, Sold, Store, Url,
        };
        match self {
            Self::Products => &[
                Sku,
                ProductId,
                Name,
                Brand,
                Category,
                Description,
                Url,
                ImageUrl,
                Gtin,
                Size,
                Colour,
                Position,
                Price,
                Currency,
            ],
            Self::Stock => &[Sku, Store, Quantity, Safety, OnOrder, ExpectedOn, Availability],
            Self::Sales => &[Sku, ProductId, Size, Sold, Returned, ReturnedTooSmall, ReturnedTooLarge],
        }
    }

    /// Sets of which each must have a column.
    pub(crate) fn needed(self) -> &'static [&'static [Field]] {
        match self {
            Self::Products => &[&[Field::Sku]],
            Self::Stock => &[&[Field::Sku], &[Field::Store], &[Field::Quantity, Field::Availability]],
            Self::Sales => &[&[Field::Sku, Field::ProductId], &[Field::Sold], &[Field::Returned]],
        }
    }
}

impl Field {
    /// Names of columns that need no mapping, by [`folded`]: Google's, those of its JSON, and plain English ones. The
    /// first that a file has is used.
    pub(crate) fn names(self) -> &'static [&'static str] {
        match self {
            Self::Sku => &["sku", "variantsku", "id", "itemid", "offerid"],
            Self::ProductId => &["productid", "itemgroupid", "parentsku"],
            Self::Name => &["name", "title", "productname"],
            Self::Brand => &["brand"],
            Self::Category => &["category", "producttype", "googleproductcategory"],
            Self::Description => &["description", "productdescription"],
            Self::Url => &["url", "link", "producturl"],
            Self::ImageUrl => &["imageurl", "imagelink", "image"],
            Self::Gtin => &["gtin", "ean", "upc", "barcode"],
            Self::Size => &["size"],
            Self::Colour => &["colour", "color"],
            Self::Position => &["position"],
            Self::Price => &["price", "pricevalue", "priceamount"],
            Self::Currency => &["currency", "pricecurrency", "pricecurrencycode"],
            Self::Store => &["store", "storecode", "location", "locationcode", "shop", "shopcode"],
            Self::Quantity => &["quantity", "qty", "onhand", "stock", "pieces"],
            Self::Safety => &["safety", "safetystock"],
            Self::OnOrder => &["onorder"],
            Self::ExpectedOn => &["expectedon", "availabilitydate"],
            Self::Availability => &["availability"],
            Self::Sold => &["sold", "unitssold", "quantitysold"],
            Self::Returned => &["returned", "returns", "unitsreturned", "quantityreturned"],
            Self::ReturnedTooSmall => &["returnedtoosmall", "toosmall"],
            Self::ReturnedTooLarge => &["returnedtoolarge", "toolarge"],
        }
    }

    /// As a mapping names it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Sku => "sku",
            Self::ProductId => "product_id",
            Self::Name => "name",
            Self::Brand => "brand",
            Self::Category => "category",
            Self::Description => "description",
            Self::Url => "url",
            Self::ImageUrl => "image_url",
            Self::Gtin => "gtin",
            Self::Size => "size",
            Self::Colour => "colour",
            Self::Position => "position",
            Self::Price => "price",
            Self::Currency => "currency",
            Self::Store => "store",
            Self::Quantity => "quantity",
            Self::Safety => "safety",
            Self::OnOrder => "on_order",
            Self::ExpectedOn => "expected_on",
            Self::Availability => "availability",
            Self::Sold => "sold",
            Self::Returned => "returned",
            Self::ReturnedTooSmall => "returned_too_small",
            Self::ReturnedTooLarge => "returned_too_large",
        }
    }
}

/// `Store code`, `store_code`, `storeCode` and `g:store_code` are the same name.
pub(crate) fn folded(name: &str) -> String {
    let name = name.trim();
    let name = name.strip_prefix("g:").unwrap_or(name);
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_one_field_and_folded() {
        for subject in [Subject::Products, Subject::Stock, Subject::Sales] {
            let mut names: Vec<&str> =
                subject.fields().iter().flat_map(|field| field.names()).copied().collect();
            assert!(names.iter().all(|name| folded(name) == *name));
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count);
        }
        for name in ["Store code", "store_code", "storeCode", "g:store_code", " STORE-CODE "] {
            assert_eq!(folded(name), "storecode");
        }
    }
}
