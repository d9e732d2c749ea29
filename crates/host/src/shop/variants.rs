//! What a page lists of the variants behind its selectors: a size may be left in another colour only.

use js_sys::JSON;
use wasm_bindgen::JsValue;

use super::dom;

const MAX_BYTES: usize = 500_000;

/// The values of a group that can be bought with what is chosen in the others; `None` where the page lists no variants.
pub(super) fn left(group: &JsValue) -> Option<Vec<String>> {
    woocommerce(group).or_else(|| dawn(group))
}

/// JSON at the form: `{"attributes":{"attribute_pa_taille":"40",…},"is_in_stock":true,"is_purchasable":true,…}`.
fn woocommerce(group: &JsValue) -> Option<Vec<String>> {
    let form = dom::closest(group, "form[data-product_variations]")?;
    // False is what stands there where there are too many to be listed.
    let all = parse(&dom::get(&dom::get(&form, "dataset"), "product_variations"))?;
    let (mut name, mut chosen) = (None, Vec::new());
    for select in dom::all(&form, ".variations select") {
        let of = dom::attribute(&select, "data-attribute_name").or_else(|| dom::attribute(&select, "name"));
        if dom::contains(group, &select) {
            name = of;
        } else {
            chosen.extend(of.zip(dom::text(&select, "value")));
        }
    }
    let name = name?;
    let mut out = Vec::new();
    for variation in all {
        let attributes = dom::get(&variation, "attributes");
        // Without a text, it is of any value.
        let is =
            |(name, value): &(String, String)| dom::text(&attributes, name).is_none_or(|text| text == *value);
        if chosen.iter().all(is) {
            let value = dom::text(&attributes, &name)?;
            let is_no = |what| dom::get(&variation, what) == JsValue::FALSE;
            if !is_no("is_in_stock") && !is_no("is_purchasable") {
                out.push(value);
            }
        }
    }
    Some(out)
}

/// JSON in the selector, up to Dawn's version 14: `{"options":["40","Noir"],"available":true,…}`. Its script marks what is not left by the
/// options before it alone, so that of a size that comes first the page itself says nothing.
fn dawn(group: &JsValue) -> Option<Vec<String>> {
    let picker = dom::closest(group, "variant-selects, variant-radios")?;
    let all = parse(&dom::get(&dom::find(&picker, "script[type='application/json']")?, "textContent"))?;
    let groups = dom::all(&picker, "fieldset, .product-form__input");
    let at = groups.iter().position(|other| dom::contains(other, group))?;
    let mut chosen = Vec::new();
    for other in groups {
        chosen.push(dom::find(&other, "input:checked, select").and_then(|field| dom::text(&field, "value")));
    }
    let mut out = Vec::new();
    for variant in all {
        let mut options = dom::items_of_text(&dom::get(&variant, "options"));
        let mut both = options.iter().zip(&chosen).enumerate();
        let is = both.all(|(index, (option, chosen))| {
            index == at || chosen.as_ref().is_none_or(|chosen| chosen == option)
        });
        if is && at < options.len() && dom::get(&variant, "available") != JsValue::FALSE {
            out.push(options.swap_remove(at));
        }
    }
    Some(out)
}

/// The objects of an array; `None` where there are none.
fn parse(text: &JsValue) -> Option<Vec<JsValue>> {
    let all = JSON::parse(&text.as_string().filter(|text| text.len() < MAX_BYTES)?).ok()?;
    Some(dom::items(&all)).filter(|all| !all.is_empty())
}
