//! The rest of the range: each cut in ten cloths, named after rivers and small towns, so that the shop is as large as a
//! chain's is.

use std::sync::LazyLock;

use super::{
    AGES, Colour, Department, Garment, LETTERS, MEN, ONE, Pattern, Product, SHOES, Spread, Text, WOMEN,
    colour::{
        BLACK, BLUSH, BRICK, CAMEL, CHOCOLATE, DENIM, ECRU, FIR, GREY, INK, LILAC, MUSTARD, NAVY, OLIVE,
        RASPBERRY, RAW, RUST, SAGE, SAND, SKY, WHITE,
    },
};
use crate::mix::{chance, mix};

/// How often each cut is made.
const EACH: usize = 10;

const NAMES: [(&str, &str); 30] = [
    ("Cancale", "cancale"),
    ("Auriac", "auriac"),
    ("Belcastel", "belcastel"),
    ("Conques", "conques"),
    ("Dinan", "dinan"),
    ("Estaing", "estaing"),
    ("Fougères", "fougeres"),
    ("Gavarnie", "gavarnie"),
    ("Honfleur", "honfleur"),
    ("Illiers", "illiers"),
    ("Joigny", "joigny"),
    ("Lavaudieu", "lavaudieu"),
    ("Mirepoix", "mirepoix"),
    ("Najac", "najac"),
    ("Obernai", "obernai"),
    ("Pézenas", "pezenas"),
    ("Quiberon", "quiberon"),
    ("Riquewihr", "riquewihr"),
    ("Sancerre", "sancerre"),
    ("Talmont", "talmont"),
    ("Uzès", "uzes"),
    ("Vézelay", "vezelay"),
    ("Yvoire", "yvoire"),
    ("Aubeterre", "aubeterre"),
    ("Barfleur", "barfleur"),
    ("Cordes", "cordes"),
    ("Durance", "durance"),
    ("Loire", "loire"),
    ("Allier", "allier"),
    ("Vienne", "vienne"),
];

/// A cut: where it is found, what it is called, its slug's beginning, price in euros.
struct Cut(Department, Garment, &'static str, Text, &'static str, u32, &'static [&'static str]);

const fn text(fr: &'static str, en: &'static str) -> Text {
    Text { fr, en }
}

use Department::{Accessories, Children, Men, Women};

const CUTS: [Cut; 36] = [
    Cut(Women, Garment::Dress, "lormelle", text("Robe", "dress"), "robe", 79, WOMEN),
    Cut(
        Women,
        Garment::WrapDress,
        "argance",
        text("Robe portefeuille", "wrap dress"),
        "robe-portefeuille",
        99,
        WOMEN,
    ),
    Cut(Women, Garment::Shirt, "lormelle", text("Chemise", "shirt"), "chemise", 59, WOMEN),
    Cut(Women, Garment::Blouse, "argance", text("Blouse", "blouse"), "blouse", 65, WOMEN),
    Cut(Women, Garment::Tee, "quenouille", text("T-shirt", "T-shirt"), "tee-shirt", 25, LETTERS),
    Cut(Women, Garment::Jersey, "cabestane", text("Marinière", "Breton top"), "mariniere", 45, LETTERS),
    Cut(Women, Garment::Knit, "quenouille", text("Pull", "jumper"), "pull", 69, LETTERS),
    Cut(
        Women,
        Garment::RollNeck,
        "quenouille",
        text("Pull col roulé", "roll-neck"),
        "pull-col-roule",
        79,
        LETTERS,
    ),
    Cut(Women, Garment::Cardigan, "quenouille", text("Cardigan", "cardigan"), "cardigan", 75, LETTERS),
    Cut(Women, Garment::Blazer, "argance", text("Veste", "blazer"), "veste", 129, WOMEN),
    Cut(Women, Garment::Coat, "lormelle", text("Manteau", "coat"), "manteau", 199, WOMEN),
    Cut(Women, Garment::Trench, "lormelle", text("Trench", "trench"), "trench", 179, WOMEN),
    Cut(Women, Garment::Puffer, "brizeval", text("Doudoune", "puffer jacket"), "doudoune", 119, LETTERS),
    Cut(Women, Garment::Trousers, "argance", text("Pantalon", "trousers"), "pantalon", 75, WOMEN),
    Cut(
        Women,
        Garment::WideTrousers,
        "lormelle",
        text("Pantalon large", "wide trousers"),
        "pantalon-large",
        79,
        WOMEN,
    ),
    Cut(Women, Garment::Jeans, "lormelle", text("Jean", "jeans"), "jean", 69, WOMEN),
    Cut(Women, Garment::Skirt, "lormelle", text("Jupe", "skirt"), "jupe", 65, WOMEN),
    Cut(
        Women,
        Garment::PleatedSkirt,
        "argance",
        text("Jupe plissée", "pleated skirt"),
        "jupe-plissee",
        79,
        WOMEN,
    ),
    Cut(Men, Garment::Shirt, "brizeval", text("Chemise homme", "men’s shirt"), "chemise-homme", 55, LETTERS),
    Cut(
        Men,
        Garment::Tee,
        "brizeval",
        text("T-shirt homme", "men’s T-shirt"),
        "tee-shirt-homme",
        25,
        LETTERS,
    ),
    Cut(
        Men,
        Garment::Jersey,
        "cabestane",
        text("Marinière homme", "men’s Breton top"),
        "mariniere-homme",
        49,
        LETTERS,
    ),
    Cut(Men, Garment::Knit, "cabestane", text("Pull homme", "men’s jumper"), "pull-homme", 79, LETTERS),
    Cut(
        Men,
        Garment::Cardigan,
        "quenouille",
        text("Cardigan homme", "men’s cardigan"),
        "cardigan-homme",
        89,
        LETTERS,
    ),
    Cut(Men, Garment::Blazer, "brizeval", text("Veste homme", "men’s jacket"), "veste-homme", 169, MEN),
    Cut(Men, Garment::Coat, "cabestane", text("Manteau homme", "men’s coat"), "manteau-homme", 219, LETTERS),
    Cut(Men, Garment::Trousers, "brizeval", text("Chino", "chinos"), "chino", 69, MEN),
    Cut(Men, Garment::Jeans, "brizeval", text("Jean homme", "men’s jeans"), "jean-homme", 79, MEN),
    Cut(
        Children,
        Garment::Tee,
        "petit-bourdon",
        text("T-shirt enfant", "children’s T-shirt"),
        "tee-shirt-enfant",
        15,
        AGES,
    ),
    Cut(Children, Garment::Dungarees, "petit-bourdon", text("Salopette", "dungarees"), "salopette", 45, AGES),
    Cut(
        Children,
        Garment::Knit,
        "petit-bourdon",
        text("Pull enfant", "children’s jumper"),
        "pull-enfant",
        35,
        AGES,
    ),
    Cut(
        Children,
        Garment::Dress,
        "petit-bourdon",
        text("Robe enfant", "children’s dress"),
        "robe-enfant",
        39,
        AGES,
    ),
    Cut(Accessories, Garment::Sneaker, "halicre", text("Baskets", "trainers"), "baskets", 89, SHOES),
    Cut(Accessories, Garment::Boot, "halicre", text("Bottines", "ankle boots"), "bottines", 139, SHOES),
    Cut(Accessories, Garment::Handbag, "halicre", text("Besace", "shoulder bag"), "besace", 95, ONE),
    Cut(Accessories, Garment::Tote, "halicre", text("Cabas", "tote"), "cabas", 39, ONE),
    Cut(Accessories, Garment::Scarf, "quenouille", text("Écharpe", "scarf"), "echarpe", 39, ONE),
];

/// What it is made of, what it is like, in which cloths, in which colours.
struct Cloth(Text, Text, &'static [Pattern], &'static [Colour]);

const SOFT: &[Colour] = &[ECRU, BLUSH, SKY, SAGE, LILAC, WHITE, INK];
const DEEP: &[Colour] = &[FIR, RASPBERRY, NAVY, RUST, BRICK, OLIVE, BLACK];
const WARM: &[Colour] = &[CAMEL, GREY, MUSTARD, CHOCOLATE, ECRU, NAVY, BRICK];
const QUIET: &[Colour] = &[NAVY, GREY, SAND, BLACK, OLIVE, CAMEL, CHOCOLATE];
const JEANS: &[Colour] = &[DENIM, RAW, BLACK, SKY];

const fn cloth(garment: Garment) -> Cloth {
    use Pattern::{Cable, Checks, Dots, Flowers, Herringbone, Pinstripe, Plain, Rib, Stripes};
    match garment {
        Garment::Dress | Garment::WrapDress | Garment::Blouse => Cloth(
            text("100 % viscose", "100% viscose"),
            text(
                "Un tissu qui tombe bien et ne se froisse guère.",
                "A cloth that hangs well and hardly creases.",
            ),
            &[Flowers, Plain, Dots],
            DEEP,
        ),
        Garment::Shirt => Cloth(
            text("100 % coton", "100% cotton"),
            text(
                "Une popeline serrée, deux plis dans le dos, des boutons de nacre.",
                "Dense poplin, two pleats at the back, mother-of-pearl buttons.",
            ),
            &[Plain, Stripes, Checks],
            SOFT,
        ),
        Garment::Tee | Garment::Jersey => Cloth(
            text("100 % coton biologique", "100% organic cotton"),
            text(
                "Un jersey épais qui garde sa forme, lavage après lavage.",
                "A heavy jersey that keeps its shape, wash after wash.",
            ),
            &[Stripes, Plain],
            SOFT,
        ),
        Garment::Knit | Garment::RollNeck | Garment::Cardigan => Cloth(
            text("70 % laine, 30 % coton", "70% wool, 30% cotton"),
            text(
                "Tricoté d’une pièce, sans couture qui gratte.",
                "Knitted in one piece, with no seam to scratch.",
            ),
            &[Cable, Rib, Plain],
            WARM,
        ),
        Garment::Blazer | Garment::Coat => Cloth(
            text("60 % laine, 40 % polyester recyclé", "60% wool, 40% recycled polyester"),
            text(
                "Épaules souples, doublure entière et trois poches dedans.",
                "Soft shoulders, a full lining and three pockets inside.",
            ),
            &[Herringbone, Plain, Checks, Pinstripe],
            QUIET,
        ),
        Garment::Trench | Garment::Puffer => Cloth(
            text("100 % polyester recyclé, déperlant", "100% recycled polyester, water-repellent"),
            text(
                "La pluie glisse dessus, et il se roule dans un sac.",
                "Rain runs off it, and it rolls up into a bag.",
            ),
            &[Plain],
            QUIET,
        ),
        Garment::Trousers | Garment::WideTrousers => Cloth(
            text("97 % coton, 3 % élasthanne", "97% cotton, 3% elastane"),
            text("Une taille qui tient assise comme debout.", "A waist that holds, sitting or standing."),
            &[Plain, Pinstripe],
            QUIET,
        ),
        Garment::Jeans | Garment::Dungarees => Cloth(
            text("99 % coton, 1 % élasthanne", "99% cotton, 1% elastane"),
            text(
                "Une toile qui s’assouplit en une semaine et dure des années.",
                "A denim that softens in a week and lasts for years.",
            ),
            &[Plain],
            JEANS,
        ),
        Garment::Skirt | Garment::PleatedSkirt => Cloth(
            text("100 % viscose", "100% viscose"),
            text(
                "Sous le genou, avec une ceinture qui ne roule pas.",
                "Below the knee, with a waistband that stays flat.",
            ),
            &[Plain, Flowers, Checks],
            DEEP,
        ),
        Garment::Sneaker | Garment::Boot | Garment::Handbag => Cloth(
            text("Cuir de vachette, tannage végétal", "Cowhide, vegetable-tanned"),
            text(
                "Le cuir prend sa patine, le fil ne lâche pas.",
                "The leather takes on a patina, the thread holds.",
            ),
            &[Plain],
            QUIET,
        ),
        Garment::Tote | Garment::Scarf | Garment::Beret => Cloth(
            text("100 % laine", "100% wool"),
            text("Chaud, léger, et assez grand pour deux.", "Warm, light, and large enough for two."),
            &[Checks, Plain, Stripes],
            WARM,
        ),
    }
}

/// All of it, made once.
pub(super) fn products() -> &'static [Product] {
    static PRODUCTS: LazyLock<Vec<Product>> = LazyLock::new(|| {
        let all = CUTS.iter().enumerate();
        all.flat_map(|(number, cut)| {
            (0..EACH).map(move |n| product(cut, NAMES[(number * 7 + n) % NAMES.len()]))
        })
        .collect()
    });
    &PRODUCTS
}

fn product(cut: &Cut, (name, slug): (&str, &str)) -> Product {
    let Cut(department, garment, brand, noun, beginning, euros, sizes) = *cut;
    let Cloth(material, about, patterns, colours) = cloth(garment);
    let slug = kept(format!("{beginning}-{slug}"));
    let pick = |from: usize, purpose| usize::try_from(mix(slug, purpose) % from as u64).unwrap_or(0);
    let at = pick(colours.len(), "colour");
    let price_cents = 100 * (euros + 10 * u32::try_from(mix(slug, "price") % 3).unwrap_or(0));
    Product {
        slug,
        department,
        brand,
        name: Text { fr: kept(format!("{} {name}", noun.fr)), en: kept(format!("{name} {}", noun.en)) },
        about,
        material,
        price_cents,
        was_cents: chance(slug, "reduced", 12).then_some(price_cents + 2000),
        sizes,
        // One size is made in more colours.
        colours: if sizes.len() == 1 { &colours[..4] } else { &colours[at..=at] },
        garment,
        pattern: patterns[pick(patterns.len(), "cloth")],
        spread: if sizes.len() == 1 { Spread::Wide } else { Spread::Narrow },
    }
}

/// Kept for as long as the program runs, as the texts of the others are.
fn kept(text: String) -> &'static str {
    text.leak()
}
