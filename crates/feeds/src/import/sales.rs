//! Sales and returns of each size, summed up over a time that the retailer has chosen. A file is read to its end before anything is
//! written; one that ends too soon changes nothing. Then what was known of each product that it names is replaced. A program that ends
//! between two products leaves each of them whole, as it was or as it is now; the file is sent again.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{BuildHasher as _, RandomState},
    io::Read,
};

use devanture_domain::size::Sales;
use devanture_storage::{FeedKind, Repository, SizeSales, StorageError};

use super::{
    BadRow, Outcome, Target,
    batches::Batches,
    run::{Run, settled},
};
use crate::{
    BadCell, Cut, FeedError, Subject,
    convert::{Reading, SalesLine, Sold},
};

/// More sizes of products are not kept in memory.
const MOST_SIZES: usize = 2_000_000;
/// Products that are replaced in one transaction.
const PRODUCTS_AT_ONCE: usize = 500;

/// Reads sales from `file` and writes them by product and size, all colours together. Bad rows are told to `notice` and the others go in;
/// a size of which a row is bad stays as it was, as a sum without it would be wrong.
pub async fn import_sales(
    target: Target<'_>,
    file: impl Read + Send + 'static,
    notice: impl FnMut(BadRow),
) -> Result<Outcome, FeedError> {
    let run = Run::begin(target, FeedKind::Sales, (target.clock)(), notice).await?;
    let id = run.id;
    let done = taken_in(run, file).await;
    settled(target, id, done).await
}

async fn taken_in<N: FnMut(BadRow)>(
    mut run: Run<'_, N>,
    file: impl Read + Send + 'static,
) -> Result<Outcome, FeedError> {
    let target = run.target;
    let mut batches = Batches::read(&target, file, Subject::Sales, |row, layout| {
        let read = row.cells.map(|cells| Reading::sales((&cells, layout)));
        (row.line, read)
    });
    let mut ledger = Ledger::default();
    while let Some(rows) = run.batch(&mut batches).await? {
        let made = Made::of(&mut target.database.read().await?, target.tenant, &rows).await?;
        for (line, read) in rows {
            let done = read.map_err(|reason| (None, reason)).and_then(|read| {
                let done = ledger.put(line, read, &made);
                done.map_err(|BadCell { column, reason }| (Some(column), reason))
            });
            if let Err((column, reason)) = done {
                run.bad(BadRow { line, column, reason });
            }
            if ledger.sizes > MOST_SIZES {
                let reason = format!("a file holds at most {MOST_SIZES} sizes; send one for each department");
                return Err(FeedError::Unreadable { line, reason });
            }
        }
        run.told().await?;
    }
    if let Some(Cut { line, reason }) = batches.end().await? {
        let reason = format!("the file ends here, and nothing of it was taken in: {reason}");
        return Err(FeedError::Unreadable { line, reason });
    }
    run.ended(None)?;
    let products: Vec<(String, Sizes)> = ledger.products.into_iter().collect();
    for products in products.chunks(PRODUCTS_AT_ONCE) {
        let mut repository = run.writing().await?;
        replace(&mut repository, target.tenant, products).await?;
        run.written(repository).await?;
    }
    run.applied().await
}

async fn replace(
    repository: &mut Repository,
    tenant: &str,
    products: &[(String, Sizes)],
) -> Result<(), StorageError> {
    let ids: Vec<&str> = products.iter().map(|(id, _)| id.as_str()).collect();
    let doubtful = products.iter().filter(|(_, sizes)| sizes.values().any(|size| size.is_doubtful));
    let doubtful: Vec<&str> = doubtful.map(|(id, _)| id.as_str()).collect();
    let known = repository.size_sales(tenant, &doubtful).await?;
    let mut all = Vec::new();
    for (id, sizes) in products {
        for (size, of) in sizes {
            if of.is_doubtful {
                all.extend(known.iter().find(|one| one.product_id == *id && one.size == *size).cloned());
            } else if of.sales.sold > 0 {
                all.push(SizeSales { product_id: id.clone(), size: size.clone(), sales: of.sales });
            }
        }
    }
    repository.put_size_sales(tenant, &ids, &all).await
}

/// The sizes that a batch speaks of, as the catalogue has them.
struct Made {
    /// Product and size by SKU.
    variants: HashMap<String, (String, Option<String>)>,
    /// Sizes by product.
    products: HashMap<String, Vec<String>>,
}

impl Made {
    async fn of(
        repository: &mut Repository,
        tenant: &str,
        rows: &[(u64, Result<SalesLine, String>)],
    ) -> Result<Self, StorageError> {
        let (mut skus, mut ids) = (HashSet::new(), HashSet::new());
        for line in rows.iter().filter_map(|(_, line)| line.as_ref().ok()) {
            match &line.of {
                Ok(Sold::Sku(sku)) => _ = skus.insert(sku.as_str()),
                Ok(Sold::Size(product, _)) => _ = ids.insert(product.as_str()),
                Err(_) => {}
            }
        }
        let (skus, ids): (Vec<_>, Vec<_>) = (skus.into_iter().collect(), ids.into_iter().collect());
        let variants = repository.variants(tenant, &skus).await?;
        let variants = variants.into_iter().map(|one| (one.sku, (one.product_id, one.size))).collect();
        let mut products: HashMap<String, Vec<String>> = HashMap::new();
        for one in repository.sizes_left(tenant, &ids, None).await? {
            products.entry(one.product_id).or_default().push(one.size);
        }
        Ok(Self { variants, products })
    }

    /// Product and size as the catalogue writes them; a SKU may have no size.
    fn find(&self, of: &Sold) -> Result<(&str, Option<&str>), BadCell> {
        let bad = |column: &str, reason| Err(BadCell { column: column.to_owned(), reason });
        match of {
            Sold::Sku(sku) => match self.variants.get(sku) {
                Some((product, size)) => Ok((product, size.as_deref())),
                None => bad("sku", format!("there is no variant {sku}; import its product first")),
            },
            Sold::Size(product, size) => match self.products.get_key_value(product) {
                Some((product, sizes)) => match sizes.iter().find(|made| made.eq_ignore_ascii_case(size)) {
                    Some(size) => Ok((product, Some(size))),
                    None => bad("size", format!("{product} is made in {} only", sizes.join(", "))),
                },
                None => {
                    bad("product_id", format!("there is no product {product} with sizes; import it first"))
                }
            },
        }
    }
}

/// What a file says of a size.
#[derive(Default)]
struct Told {
    sales: Sales,
    /// The first line about it.
    line: u64,
    /// It was named itself, not by SKUs of its colours.
    is_whole: bool,
    /// A row of it was bad.
    is_doubtful: bool,
}

type Sizes = BTreeMap<String, Told>;

/// What a file says.
#[derive(Default)]
struct Ledger {
    products: BTreeMap<String, Sizes>,
    /// How many in all.
    sizes: usize,
    /// The lines of SKUs, by their hashes.
    seen: HashMap<u64, u64>,
    hasher: RandomState,
}

impl Ledger {
    fn put(&mut self, line: u64, read: SalesLine, made: &Made) -> Result<(), BadCell> {
        let of = read.of?;
        // Of what has no size there is nothing to say.
        let (product, Some(size)) = made.find(&of)? else { return read.sales.map(|_| ()) };
        let sizes = self.products.entry(product.to_owned()).or_default();
        let known = sizes.len();
        let told = sizes.entry(size.to_owned()).or_default();
        let before = match &of {
            Sold::Sku(sku) => {
                let earlier = *self.seen.entry(self.hasher.hash_one(sku)).or_insert(line);
                (earlier != line).then_some(("sku", earlier)).or(told.is_whole.then_some(("sku", told.line)))
            }
            Sold::Size(..) => (told.line > 0).then_some(("size", told.line)),
        };
        if let Some((column, earlier)) = before {
            let reason = format!("was on line {earlier} already; the first one counts");
            return Err(BadCell { column: column.to_owned(), reason });
        }
        if told.line == 0 {
            (told.line, told.is_whole) = (line, matches!(of, Sold::Size(..)));
        }
        let done = match read.sales {
            Ok(sales) => {
                told.sales = told.sales.and(sales);
                Ok(())
            }
            Err(bad) => {
                told.is_doubtful = true;
                Err(bad)
            }
        };
        self.sizes += sizes.len() - known;
        done
    }
}
