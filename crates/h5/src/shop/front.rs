//! The pages of a shop: everything on its shelves, one shelf, or what was searched for.

use super::shelf::{Shelf, is_shown};
use crate::form::{Asked, Here};
use crate::front::Front;
use crate::middleware::{Answer, Paged};
use crate::told::told;
use crate::visitor::Visitor;
use domain::catalog::Product;
use kernel::limits::{NAME_CHARS_MAX, SHOP_PAGE_PRODUCTS, SHOP_SEARCH_FROM, SHOP_SHELVES_MAX};
use pages::page::shop::{Category, Finder, ShelfLink, ShopPage};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;

/// Which part of the shop is wanted.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    /// Words that a product has.
    #[serde(default)]
    q: String,
    /// A shelf, by the name that it was given.
    shelf: Option<String>,
    /// From 1. What is no number is the first page.
    #[serde(default)]
    page: String,
}

/// `GET /s/{shop}?q=…&shelf=…&page=…`
pub async fn front(
    visitor: Visitor,
    Here(shop): Here<String>,
    Asked(wanted): Asked<Wanted>,
) -> Paged {
    let front = visitor.enter(&shop).await?;
    let listed = visitor.listed(&front).await?;
    let now = visitor.engine().now();
    let all: Vec<&Arc<Product>> = listed.products().filter(|p| is_shown(p, now)).collect();
    let many = all.len() >= SHOP_SEARCH_FROM;
    let shelves = by_shelf(&all);
    let query: String = wanted.q.trim().chars().take(NAME_CHARS_MAX).collect();
    let links = shelves.iter().filter_map(|(name, products)| {
        let (name, first) = ((*name)?, products.first()?);
        Some((name, told(first, visitor.lang()).category()))
    });
    let links: Vec<(&str, String)> = links.take(SHOP_SHELVES_MAX).collect();
    let found = narrowed(shelves, &query, wanted.shelf.as_deref());
    let pages = found.len().div_ceil(SHOP_PAGE_PRODUCTS).max(1);
    let page = wanted.page.parse::<usize>().unwrap_or(1).clamp(1, pages);
    let start = (page - 1) * SHOP_PAGE_PRODUCTS;
    let part = found.into_iter().skip(start).take(SHOP_PAGE_PRODUCTS).cloned().collect();
    let shelf = Shelf::of(&visitor, &front, part).await?;
    let categories = match shelf.cards() {
        cards if query.is_empty() || cards.is_empty() => shelf.categories(),
        cards => vec![Category { name: String::new(), cards }],
    };
    let to = |page: usize| path(&front, &query, wanted.shelf.as_deref(), page);
    let link = |(key, name): (&str, String)| ShelfLink {
        name,
        path: path(&front, "", Some(key), 1),
        is_here: wanted.shelf.as_deref() == Some(key) && query.is_empty(),
    };
    let finder = (many || pages > 1).then(|| Finder {
        shelves: if links.len() > 1 { links.into_iter().map(link).collect() } else { Vec::new() },
        page,
        pages,
        before: (page > 1).then(|| to(page - 1)),
        after: (page < pages).then(|| to(page + 1)),
        query: query.clone(),
    });
    Ok(Answer::page(&ShopPage { frame: visitor.frame(), categories, finder }))
}

type OnShelf<'a> = (Option<&'a str>, Vec<&'a Arc<Product>>);

/// Products by their shelves, in the order of the first product of each; what lies on none comes last.
fn by_shelf<'a>(all: &[&'a Arc<Product>]) -> Vec<OnShelf<'a>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let (mut shelves, mut rest): (Vec<OnShelf<'a>>, _) = (Vec::new(), Vec::new());
    for product in all {
        let Some(name) = product.presentation.category.as_deref() else {
            rest.push(*product);
            continue;
        };
        let at = *places.entry(name).or_insert_with(|| {
            shelves.push((Some(name), Vec::new()));
            shelves.len() - 1
        });
        shelves[at].1.push(product);
    }
    if !rest.is_empty() {
        shelves.push((None, rest));
    }
    shelves
}

/// What has every word of the query, of one shelf if one is wanted; a search looks on every shelf.
fn narrowed<'a>(
    shelves: Vec<OnShelf<'a>>,
    query: &str,
    shelf: Option<&str>,
) -> Vec<&'a Arc<Product>> {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let wanted = |name: Option<&str>| !words.is_empty() || shelf.is_none() || name == shelf;
    let products = shelves.into_iter().filter(|(name, _)| wanted(*name)).flat_map(|(_, p)| p);
    products.filter(|product| words.is_empty() || has_words(product, &words)).collect()
}

fn has_words(product: &Product, words: &[&str]) -> bool {
    let page = &product.presentation;
    let en = page.en.iter().flat_map(|en| [en.name.as_deref(), en.category.as_deref()]);
    let skus = product.skus.iter().filter(|sku| sku.terms.on_shelf);
    let skus = skus.flat_map(|sku| {
        let en = sku.terms.en.as_ref().and_then(|en| en.name.as_deref());
        [Some(sku.terms.name.as_str()), en]
    });
    let texts = [Some(product.name.as_str()), page.category.as_deref()].into_iter();
    let texts: Vec<&str> = texts.chain(en).chain(skus).flatten().collect();
    let text = texts.join(" ").to_lowercase();
    words.iter().all(|word| text.contains(word))
}

fn path(front: &Front, query: &str, shelf: Option<&str>, page: usize) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    if !query.is_empty() {
        pairs.append_pair("q", query);
    } else if let Some(shelf) = shelf {
        pairs.append_pair("shelf", shelf);
    }
    if page > 1 {
        pairs.append_pair("page", &page.to_string());
    }
    match pairs.finish() {
        pairs if pairs.is_empty() => front.home(),
        pairs => format!("{}?{pairs}", front.home()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(n: u8, name: &str, shelf: Option<&str>, sku: &str) -> Arc<Product> {
        let id = kernel::ProductId([n; 16]);
        let sku_id = kernel::SkuId([n; 16]);
        let shelf = shelf.map_or(String::new(), |shelf| format!(r#""category":"{shelf}","#));
        let text = format!(
            r#"{{"id":"{id}","version":1,"name":"{name}",{shelf}"on_shelf":true,"skus":[{{
            "id":"{sku_id}","kind":"code","name":"{sku}","price":{{"amount":1,"currency":"CNY"}},
            "goods_class":"virtual_goods","min_days_left":0,"on_shelf":true}}],
            "created_at":"2026-11-23T08:00:00Z"}}"#
        );
        Arc::new(serde_json::from_str(&text).expect("a product"))
    }

    #[test]
    fn shelves_stand_in_the_order_of_their_first_products() {
        let products = [
            product(1, "none", None, "a"),
            product(2, "Video", Some("Films"), "Month"),
            product(3, "Coffee", Some("Food"), "Cup"),
            product(4, "Cinema", Some("Films"), "Ticket"),
        ];
        let all: Vec<&Arc<Product>> = products.iter().collect();
        let names = |query: &str, shelf: Option<&str>| -> String {
            let found = narrowed(by_shelf(&all), query, shelf);
            found.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names("", None), "Video Cinema Coffee none");
        assert_eq!(names("", Some("Food")), "Coffee");
        assert_eq!(names("", Some("Gone")), "");
        assert_eq!(names("films  TICKET", None), "Cinema");
        assert_eq!(names("c", Some("Food")), "Cinema Coffee");
        assert_eq!(names("tea", None), "");
    }
}
