//! Products drawn as cut-out garments on coloured paper. Each picture is an SVG file of its own.

#![expect(clippy::many_single_char_names, reason = "coordinates")]

mod backdrop;
mod bottoms;
mod dresses;
mod jackets;
mod path;
mod sketch;
mod things;
mod tops;

use devanture_demo::catalogue::{Colour, Garment, Product};

use sketch::Sketch;

/// The product in one of its colours, on its paper: 400 by 500.
pub(crate) fn picture(product: &Product, colour: &Colour) -> String {
    let (defs, drawing) = drawn(product, colour);
    let backdrop = backdrop::backdrop(product.slug, colour.code);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500" width="400" height="500"><defs>{defs}</defs>{backdrop}<g color="{}" filter="url(#lift)" transform="translate(20 26) scale(.9)">{drawing}</g></svg>"#,
        colour.hex
    )
}

/// The same without paper, to be laid on something else.
pub(crate) fn cutout(product: &Product, colour: &Colour) -> String {
    let (defs, drawing) = drawn(product, colour);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500" width="400" height="500"><defs>{defs}</defs><g color="{}" filter="url(#lift)">{drawing}</g></svg>"#,
        colour.hex
    )
}

/// A closer look at the cloth and how it is sewn.
pub(crate) fn detail(product: &Product, colour: &Colour) -> String {
    picture(product, colour).replacen(r#"viewBox="0 0 400 500""#, r#"viewBox="118 62 168 210""#, 1)
}

fn drawn(product: &Product, colour: &Colour) -> (String, String) {
    let mut sketch = Sketch::new(colour.hex, product.pattern);
    let draw = match product.garment {
        Garment::Dress => dresses::dress,
        Garment::WrapDress => dresses::wrap_dress,
        Garment::Skirt => dresses::skirt,
        Garment::PleatedSkirt => dresses::pleated_skirt,
        Garment::Shirt => tops::shirt,
        Garment::Blouse => tops::blouse,
        Garment::Tee => tops::tee,
        Garment::Jersey => tops::jersey,
        Garment::Knit => tops::knit,
        Garment::RollNeck => tops::roll_neck,
        Garment::Cardigan => tops::cardigan,
        Garment::Blazer => jackets::blazer,
        Garment::Coat => jackets::coat,
        Garment::Trench => jackets::trench,
        Garment::Puffer => jackets::puffer,
        Garment::Trousers => bottoms::trousers,
        Garment::WideTrousers => bottoms::wide,
        Garment::Jeans => bottoms::jeans,
        Garment::Dungarees => bottoms::dungarees,
        Garment::Sneaker => things::sneaker,
        Garment::Boot => things::boot,
        Garment::Handbag => things::handbag,
        Garment::Tote => things::tote,
        Garment::Scarf => things::scarf,
        Garment::Beret => things::beret,
    };
    draw(&mut sketch);
    sketch.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use devanture_demo::catalogue::products;

    /// Numbers that a path could not be read from would show as a hole in the shop.
    #[test]
    fn every_product_is_drawn_in_every_colour() {
        for product in products() {
            for colour in product.colours {
                let svg = picture(product, colour);
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", product.slug);
                assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count(), "{}", product.slug);
                assert!(svg.len() < 24_000, "{} weighs {}", product.slug, svg.len());
            }
        }
    }
}
