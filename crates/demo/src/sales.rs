//! What the chain has sold of each size in a year, all colours together, and what came back.

use devanture_domain::size::Sales;

use crate::{
    catalogue::Product,
    mix::{chance, mix},
};

/// Of a hundred of the size that sells best, how many of one so many sizes away.
const AWAY: [u32; 5] = [100, 62, 30, 4, 1];

/// The sizes of a product that were sold, in their order. Some products are too new, and the first and last sizes of many hardly sell.
pub fn sold(product: &'static Product) -> impl Iterator<Item = (&'static str, Sales)> {
    let number = |purpose, most| u32::try_from(mix(product.slug, purpose) % most).unwrap_or(0);
    let best = match product.slug {
        "robe-augustine" => 400,
        slug if chance(slug, "new", 45) => 0,
        _ => 30 + number("sold", 500),
    };
    // What is wrong with it, if anything, comes back more.
    let (small, large) = match number("cut", 8) {
        _ if product.sizes.len() == 1 => (0, 0),
        0 => (19, 2),
        1 => (2, 17),
        _ => (3, 3),
    };
    let middle = product.sizes.len() / 2;
    product.sizes.iter().enumerate().filter(move |_| best > 0).map(move |(at, size)| {
        let away = AWAY.get(at.abs_diff(middle)).or(AWAY.last()).copied().unwrap_or(0);
        let sold = best * away / 100;
        let of_hundred = |percent: u32| sold * percent / 100;
        let other = 4 + u32::try_from(mix(size, product.slug) % 7).unwrap_or(0);
        let (too_small, too_large) = (of_hundred(small), of_hundred(large));
        (*size, Sales { sold, returned: too_small + too_large + of_hundred(other), too_small, too_large })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::products;

    #[test]
    fn some_say_something_and_others_are_silent() {
        let (mut told, mut silent, mut all) = (0, 0, Sales::default());
        let mut verdicts = [0; 2];
        for product in products() {
            let mut of_product = Sales::default();
            for (_, sales) in sold(product) {
                assert!(sales.too_small + sales.too_large <= sales.returned && sales.returned <= sales.sold);
                *(if sales.share().is_some() { &mut told } else { &mut silent }) += 1;
                of_product = of_product.and(sales);
            }
            verdicts[usize::from(of_product.verdict().is_some())] += 1;
            all = all.and(of_product);
        }
        assert!(told > 300 && silent > 100, "{told} {silent}");
        assert!(verdicts[0] > 200 && verdicts[1] > 20, "{verdicts:?}");
        assert!((80..95).contains(&(100 - all.returned * 100 / all.sold)), "{all:?}");
    }

    #[test]
    fn the_dress_of_the_tests() {
        let dress = crate::catalogue::product("robe-augustine").unwrap();
        let share = |label: &str| {
            let (_, sales) = sold(dress).find(|(size, _)| *size == label).unwrap();
            sales.share().map(devanture_domain::size::Share::to_text)
        };
        assert_eq!((share("40").as_deref(), share("46")), (Some("87/100"), None));
    }
}
