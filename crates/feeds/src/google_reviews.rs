//! Google's product reviews feed, written: always all that is published, as [Google asks](https://developers.google.com/product-review-feeds/schema).

use devanture_domain::{civil::UtcMs, review::About};
use devanture_storage::{Database, Product, Repository, Review, Variant};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use crate::ExportError;

/// Reviews that are asked for at once.
const PAGE: u16 = 500;

/// How the feed writes what it names.
pub struct ReviewForms {
    /// Where a product without a page of its own is shown.
    pub home: String,
    /// An instant, RFC 3339.
    pub time: fn(UtcMs) -> String,
    /// Where the photo with an id is.
    pub photo: Box<dyn Fn(&str) -> String + Send + Sync>,
}

/// The feed as it is written; [`Self::next`] gives it piece by piece.
pub struct ProductReviews {
    tenant: String,
    publisher: String,
    forms: ReviewForms,
    last: (String, String),
    known: Option<(Product, Vec<Variant>)>,
    begun: bool,
    ended: bool,
}

impl ProductReviews {
    /// Of a tenant, in the name of its shop.
    pub fn new(tenant: &str, publisher: &str, forms: ReviewForms) -> Self {
        Self {
            tenant: tenant.to_owned(),
            publisher: publisher.to_owned(),
            forms,
            last: Default::default(),
            known: None,
            begun: false,
            ended: false,
        }
    }

    /// The next piece; `None` behind the end. Reviews of what the catalogue does not know, or that say nothing, are left out: Google refuses them.
    pub async fn next(&mut self, database: &Database) -> Result<Option<Vec<u8>>, ExportError> {
        if self.ended {
            return Ok(None);
        }
        let mut out = Xml(Writer::new(Vec::new()));
        if !self.begun {
            self.begun = true;
            out.head(&self.publisher)?;
        }
        let mut repository = database.read().await?;
        let after = (self.last.0.as_str(), self.last.1.as_str());
        let page = repository.all_published(&self.tenant, About::Product, after, PAGE).await?;
        if let Some(last) = page.last() {
            self.last = (last.subject.clone(), last.id.clone());
        } else {
            out.end("reviews")?;
            out.end("feed")?;
            self.ended = true;
        }
        for review in page.iter().filter(|review| !review.body.is_empty()) {
            self.know(&mut repository, &review.subject).await?;
            if let Some((product, variants)) = &self.known {
                out.review(review, (product, variants), &self.forms)?;
            }
        }
        Ok(Some(out.0.into_inner()))
    }

    /// Looks a product up, once for all its reviews, which follow each other.
    async fn know(&mut self, repository: &mut Repository, id: &str) -> Result<(), ExportError> {
        if self.known.as_ref().is_some_and(|(product, _)| product.id == id) {
            return Ok(());
        }
        self.known = match repository.product(&self.tenant, id).await? {
            Some(product) => Some((product, repository.variants_of(&self.tenant, id).await?)),
            None => None,
        };
        Ok(())
    }
}

struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn head(&mut self, publisher: &str) -> Result<(), ExportError> {
        self.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut feed = BytesStart::new("feed");
        feed.push_attribute(("xmlns:vc", "http://www.w3.org/2007/XMLSchema-versioning"));
        feed.push_attribute(("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"));
        feed.push_attribute((
            "xsi:noNamespaceSchemaLocation",
            "http://www.google.com/shopping/reviews/schema/product/2.4/product_reviews.xsd",
        ));
        self.0.write_event(Event::Start(feed))?;
        self.leaf("version", "2.4")?;
        self.start("publisher")?;
        self.leaf("name", publisher)?;
        self.end("publisher")?;
        self.start("reviews")
    }

    fn review(
        &mut self,
        review: &Review,
        (product, variants): (&Product, &[Variant]),
        forms: &ReviewForms,
    ) -> Result<(), ExportError> {
        let page = product.url.as_deref().unwrap_or(&forms.home);
        let marked = |is: bool| if is { "true" } else { "false" };
        self.start("review")?;
        self.leaf("review_id", &review.id)?;
        self.start("reviewer")?;
        match review.author.as_deref().filter(|name| !name.is_empty()) {
            Some(name) => self.leaf("name", name)?,
            None => self.leaf_with("name", &[("is_anonymous", "true")], "Anonymous")?,
        }
        self.end("reviewer")?;
        // In the order of Google's sample: the schema is a sequence.
        self.leaf("is_verified_purchase", marked(review.checked.is_verified()))?;
        self.leaf("is_incentivized_review", marked(review.incentive.is_some()))?;
        self.leaf("review_timestamp", &(forms.time)(review.published_at.unwrap_or(review.written_at)))?;
        if let Some(title) = &review.title {
            self.leaf("title", title)?;
        }
        self.leaf("content", &review.body)?;
        let url = format!("{page}#review-{}", review.id);
        self.leaf_with("review_url", &[("type", "singleton")], &url)?;
        self.images(review, forms)?;
        self.start("ratings")?;
        self.leaf_with("overall", &[("min", "1"), ("max", "5")], &review.rating.stars().to_string())?;
        self.end("ratings")?;
        self.start("products")?;
        self.start("product")?;
        self.start("product_ids")?;
        let gtins: Vec<&str> = variants.iter().filter_map(|variant| variant.gtin.as_deref()).collect();
        self.list("gtins", "gtin", &gtins)?;
        let mut skus: Vec<&str> = variants.iter().map(|variant| variant.sku.as_str()).collect();
        if skus.is_empty() {
            skus.push(&product.id);
        }
        self.list("skus", "sku", &skus)?;
        self.list("brands", "brand", &product.brand.as_deref().into_iter().collect::<Vec<_>>())?;
        self.end("product_ids")?;
        self.leaf("product_name", &product.name)?;
        self.leaf("product_url", page)?;
        self.end("product")?;
        self.end("products")?;
        self.leaf("is_spam", "false")?;
        self.end("review")
    }

    fn images(&mut self, review: &Review, forms: &ReviewForms) -> Result<(), ExportError> {
        if review.photos.is_empty() {
            return Ok(());
        }
        self.start("reviewer_images")?;
        for photo in &review.photos {
            self.start("reviewer_image")?;
            self.leaf("url", &(forms.photo)(&photo.id))?;
            self.end("reviewer_image")?;
        }
        self.end("reviewer_images")
    }

    fn list(&mut self, list: &str, item: &str, texts: &[&str]) -> Result<(), ExportError> {
        if texts.is_empty() {
            return Ok(());
        }
        self.start(list)?;
        for text in texts {
            self.leaf(item, text)?;
        }
        self.end(list)
    }

    fn start(&mut self, name: &str) -> Result<(), ExportError> {
        Ok(self.0.write_event(Event::Start(BytesStart::new(name)))?)
    }

    fn end(&mut self, name: &str) -> Result<(), ExportError> {
        Ok(self.0.write_event(Event::End(BytesEnd::new(name)))?)
    }

    fn leaf(&mut self, name: &str, text: &str) -> Result<(), ExportError> {
        self.leaf_with(name, &[], text)
    }

    fn leaf_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> Result<(), ExportError> {
        let mut start = BytesStart::new(name);
        for attribute in attributes {
            start.push_attribute(*attribute);
        }
        self.0.write_event(Event::Start(start))?;
        self.0.write_event(Event::Text(BytesText::new(text)))?;
        self.end(name)
    }
}
