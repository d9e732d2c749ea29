//! A franchisee's own site: one store, its key, its own words, in French only.

use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use devanture_api::store::Store;
use devanture_demo::{MINI_SITE_STORE, catalogue::product};
use maud::{DOCTYPE, Markup, html};

use crate::{
    app::{SharedShop, Shop},
    lang::Lang,
    layout::{head, widget_script},
    link::{Link, picture},
};

use super::{legal::privacy_text, missing, store};

const WINDOW: [(&str, usize); 4] =
    [("pull-marin-ouessant", 0), ("mariniere-groix", 0), ("trench-bellerive", 0), ("cabas-marche", 1)];

pub(crate) fn routes() -> Router<SharedShop> {
    Router::new().route("/", get(home)).route("/confidentialite", get(privacy))
}

async fn home(State(shop): State<SharedShop>) -> Response {
    let Some(found) = shop.store(MINI_SITE_STORE) else { return missing(&shop, Lang::Fr) };
    let store = &found.store;
    let body = html! {
        section.welcome {
            div.words {
                h1 { "Chez Anne et Yann, " em { "intra-muros" } }
                p.lead { "Lormelle à Guérande, c’est nous depuis onze ans : la maille avant la plage, l’ourlet pendant le marché, et le caban toute l’année." }
                p { a.button href="#magasin" { "Nous trouver" } }
            }
            img src="/img/facade.svg" alt="La devanture de Lormelle, sous son store rayé" width="640" height="420";
        }
        section.window aria-labelledby="vitrine" {
            h2 #vitrine { "En vitrine ces jours-ci" }
            ul {
                @for (slug, colour) in WINDOW {
                    @if let Some((product, colour)) = product(slug).and_then(|p| Some((p, p.colours.get(colour)?))) {
                        li {
                            a href={ (shop.origins.shop) (Link::Product(product.slug).href(Lang::Fr)) } {
                                img src=(picture(product, colour, "")) alt="" width="400" height="500" loading="lazy";
                                span { (product.name.fr) }
                            }
                            span.price { (Lang::Fr.price(product.price_cents)) }
                        }
                    }
                }
            }
        }
        @if !store.promotions.is_empty() { (store::announcements(Lang::Fr, store)) }
        section.here #magasin aria-labelledby="magasin-titre" {
            h2 #magasin-titre { "Le magasin" }
            devanture-store-locator.one-store {
                div.facts {
                    (store::address(Lang::Fr, store))
                    (store::hours(&shop, Lang::Fr, store))
                    (store::offers(&shop, Lang::Fr, store))
                }
            }
        }
    };
    wrap(&shop, store, &store.name, &body).into_response()
}

async fn privacy(State(shop): State<SharedShop>) -> Response {
    let Some(found) = shop.store(MINI_SITE_STORE) else { return missing(&shop, Lang::Fr) };
    let body = html! { section.prose { h1 { "Confidentialité" } (privacy_text(Lang::Fr)) } };
    wrap(&shop, &found.store, "Confidentialité", &body).into_response()
}

fn wrap(shop: &Shop, store: &Store, title: &str, body: &Markup) -> Markup {
    let description = format!("{}, {} {}", store.address.street, store.address.postcode, store.address.town);
    html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                (head(title, &description))
                (widget_script(&shop.api, &shop.mini_site_key))
            }
            body.mini {
                a.skip href="#contenu" { "Aller au contenu" }
                header.top {
                    a.wordmark href="/" { "Lormelle " em { "Guérande" } }
                    div.tools { a href=(shop.origins.shop) { "La boutique en ligne" } }
                }
                main #contenu tabindex="-1" { (body) }
                footer.bottom {
                    p.small {
                        "Magasin franchisé, tenu par Anne et Yann Kervadec. "
                        a href="/confidentialite" { "Confidentialité" } " · "
                        a href={ (shop.origins.shop) (Link::Legal.href(Lang::Fr)) } { "Mentions légales" }
                    }
                }
            }
        }
    }
}
