//! What is wanted, as it stands in a query: `ROBE-38,CEINTURE*2`.

use devanture_domain::stock::MAX_PIECES;

use crate::{endpoints::code, problem::ApiError};

const MAX_ITEMS: usize = 12;

/// Some pieces of one variant.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) sku: String,
    pub(super) quantity: u32,
}

pub(super) fn wanted(text: &str) -> Result<Vec<Wanted>, ApiError> {
    let mut items: Vec<Wanted> = Vec::new();
    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
        let (sku, quantity) = match part.rsplit_once('*') {
            None => (part, 1),
            Some((sku, quantity)) => {
                let quantity =
                    quantity.trim().parse().ok().filter(|quantity| (1..=MAX_PIECES).contains(quantity));
                (sku, quantity.ok_or_else(|| ApiError::invalid("items", "a number of pieces is 1 or more"))?)
            }
        };
        let sku = code("items", sku)?;
        match items.iter_mut().find(|item| item.sku == sku) {
            Some(item) => item.quantity = item.quantity.saturating_add(quantity).min(MAX_PIECES),
            None => items.push(Wanted { sku, quantity }),
        }
    }
    if !(1..=MAX_ITEMS).contains(&items.len()) {
        return Err(ApiError::invalid("items", format!("1 to {MAX_ITEMS} SKUs")));
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_the_same_are_added_up() {
        let is = |text: &str| {
            wanted(text).unwrap().into_iter().map(|item| (item.sku, item.quantity)).collect::<Vec<_>>()
        };
        assert_eq!(is(" robe-38 "), [("ROBE-38".to_owned(), 1)]);
        assert_eq!(is("a*2,b,A"), [("A".to_owned(), 3), ("B".to_owned(), 1)]);
        for bad in ["", ",", "a*0", "a*-1", "a*x", "a*1e18", "a,b,c,d,e,f,g,h,i,j,k,l,m"] {
            assert!(wanted(bad).is_err(), "{bad}");
        }
    }
}
