//! Addresses of the shop's pages, in both languages.

use devanture_demo::catalogue::{Colour, Department, Product};

use crate::lang::Lang;

/// A page of the shop.
#[derive(Clone, Debug)]
pub(crate) enum Link {
    Home,
    Department(Department),
    Product(&'static str),
    Stores,
    Store(String),
    Basket,
    Privacy,
    Legal,
}

impl Link {
    pub(crate) fn href(&self, lang: Lang) -> String {
        let path = match self {
            Self::Home => "/".into(),
            Self::Department(department) => format!("/{}", department_path(*department, lang)),
            Self::Product(slug) => format!("/{}/{slug}", lang.t("produit", "product")),
            Self::Stores => lang.t("/magasins", "/stores").into(),
            Self::Store(code) => format!("{}/{code}", lang.t("/magasins", "/stores")),
            Self::Basket => lang.t("/panier", "/basket").into(),
            Self::Privacy => lang.t("/confidentialite", "/privacy").into(),
            Self::Legal => lang.t("/mentions-legales", "/legal").into(),
        };
        format!("{}{path}", lang.t("", "/en"))
    }
}

pub(crate) fn department_path(department: Department, lang: Lang) -> &'static str {
    match department {
        Department::Women => lang.t("femme", "women"),
        Department::Men => lang.t("homme", "men"),
        Department::Children => lang.t("enfant", "children"),
        Department::Accessories => lang.t("accessoires", "accessories"),
    }
}

/// All departments, in the order of the menu.
pub(crate) const DEPARTMENTS: [Department; 4] =
    [Department::Women, Department::Men, Department::Children, Department::Accessories];

/// Address of a product's picture; `kind` is `""`, `".cut"` or `".detail"`.
pub(crate) fn picture(product: &Product, colour: &Colour, kind: &str) -> String {
    format!("/img/{}.{}{kind}.svg", product.slug, colour.code)
}
