//! Read a file of products, and make what it says.

use super::rows::{FileProduct, ProductFileColumn, RowProblem, Understood, understand};
use crate::catalog::settings;
use axum::extract::Request;
use codefile::{FileError, WORKBOOK_MEDIA_TYPE};
use domain::catalog::put_product::PutProduct;
use domain::resource::Fields;
use domain::resource::apply::{Apply, Compare, Part};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Query, body};
use edge::problem::{ErrorCode, Problem};
use edge::wire::{self, Wire};
use kernel::limits::{PAGE_ITEMS_MAX, PRODUCT_FILE_BYTES_MAX, PRODUCT_FILE_ROWS_MAX};
use kernel::{ProductId, SkuId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashSet;
use store::read::Page;
use utoipa::{IntoParams, ToSchema};

/// Products that a rule refuses before no more are tried.
const REFUSED_MAX: usize = 100;

/// The code of a product whose name is there already.
const NAME_TAKEN: &str = "name_taken";

/// What shall become of a file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductFileQuery {
    /// Whether its products are made; else it is only told what would be.
    #[serde(default)]
    apply: bool,
    /// Whether products with wrong rows are left out; else nothing is made while anything is wrong.
    #[serde(default)]
    skip_errors: bool,
}

/// What a file of products says, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductFile {
    /// Whether its products were made.
    applied: bool,
    /// Its rows below the heads.
    rows: usize,
    /// Its columns.
    columns: Vec<ProductFileColumn>,
    /// Its products, those with wrong rows left out.
    products: Vec<ProductOfFile>,
    /// What is wrong, in the order of the rows.
    errors: Vec<RowProblem>,
}

/// A product of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductOfFile {
    /// Its lines in the file.
    rows: Vec<u64>,
    /// Its id, once it is made.
    id: Option<wire::ProductId>,
    /// Its name.
    name: String,
    /// How many SKUs it has.
    skus: usize,
}

/// Read a file of products: CSV, or a workbook (.xlsx), with heads like 商品名称 and 售价, `name` and `price`; a line a SKU. Without
/// `apply` it is told what would be made and what is wrong, by row. With it all products are made together, or none.
///
/// A product whose name is there already is not made again, so that a file that is sent twice makes nothing twice; of two that
/// are sent at once the second is refused with 409 `taken`.
#[utoipa::path(
    post, path = "/v1/product-files", tag = "catalog", params(ProductFileQuery),
    request_body(content(
        (String = "text/csv"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
    responses((status = 200, body = ProductFile))
)]
pub async fn read_product_file(
    caller: Caller,
    Query(query): Query<ProductFileQuery>,
    request: Request,
) -> Answered<ProductFile> {
    let (parts, file) = request.into_parts();
    body::refuse_encoded(&parts.headers)?;
    let kind = body::media_type(&parts.headers).unwrap_or_default();
    if !["text/csv", "text/plain", WORKBOOK_MEDIA_TYPE].contains(&kind.as_str()) {
        let detail = "send CSV as text/csv, or a workbook as its own type";
        return Err(Problem::new(ErrorCode::UnsupportedMediaType, detail));
    }
    let length = body::declared_length(&parts.headers);
    let file = body::read(file, length, PRODUCT_FILE_BYTES_MAX).await?;
    let of =
        tokio::task::spawn_blocking(move || read(&file)).await.map_err(Problem::internal)??;
    let mut of = without_known(&caller, of).await?;
    let (parts, refused) = judged(&caller, &of.products).await?;
    of.errors.extend(refused);
    of.errors.sort_by_key(|error| error.row);
    let apply = query.apply && !parts.is_empty() && (of.errors.is_empty() || query.skip_errors);
    let mut products: Vec<_> =
        parts.iter().map(|(at, part)| shown(&of.products[*at], part)).collect();
    if apply {
        let parts = parts.into_iter().map(|(at, part)| (format!("products[{at}]"), part));
        caller.run(Apply { parts: parts.collect() }).await?;
    } else {
        products.iter_mut().for_each(|product| product.id = None);
    }
    let Understood { columns, errors, rows, .. } = of;
    Ok(Answer::ok(ProductFile { applied: apply, rows, columns, products, errors }))
}

/// What a file says.
fn read(file: &[u8]) -> Result<Understood, Problem> {
    let rows = codefile::table(file).map_err(unreadable)?;
    if rows.len() > PRODUCT_FILE_ROWS_MAX {
        let detail = format!("send at most {PRODUCT_FILE_ROWS_MAX} rows; split the file");
        return Err(Problem::invalid("body", detail));
    }
    understand(rows).map_err(|head| {
        let detail = format!("no column is headed {head}; see GET /v1/product-files/template");
        Problem::invalid("body", detail)
    })
}

fn unreadable(error: FileError) -> Problem {
    Problem::invalid("body", error.to_string())
}

/// Leaves out products whose names are there already, and tells of them.
async fn without_known(caller: &Caller, mut of: Understood) -> Result<Understood, Problem> {
    let mut known = HashSet::new();
    let mut after = None;
    loop {
        let page = Page { limit: PAGE_ITEMS_MAX, after };
        let products = caller.reader().products(caller.tenant(), page).await?;
        after = products.last().map(|product| product.id);
        known.extend(products.into_iter().map(|product| product.name));
        if after.is_none() {
            break;
        }
    }
    let errors = &mut of.errors;
    of.products.retain(|product| {
        let is_known = product.fields["name"].as_str().is_some_and(|name| known.contains(name));
        if is_known {
            let detail = "a product of this name is there already; edit that one, or name this one otherwise";
            errors.push(problem(product, NAME_TAKEN, detail.to_owned()));
        }
        !is_known
    });
    Ok(of)
}

/// The products that can be made, each by its place, and what the rules say of the others.
async fn judged(
    caller: &Caller,
    products: &[FileProduct],
) -> Result<(Vec<(usize, Part)>, Vec<RowProblem>), Problem> {
    let (mut parts, mut errors) = (Vec::new(), Vec::new());
    for (at, product) in products.iter().enumerate() {
        match part(caller, product) {
            Ok(part) => parts.push((at, part)),
            Err(wrong) => errors.push(told(product, &wrong)),
        }
    }
    // The rule names the first that it refuses; the others are asked about again.
    while !parts.is_empty() {
        let asked = parts.iter().map(|(at, part)| (at.to_string(), part.clone())).collect();
        let Err(wrong) = caller.run(Compare(Apply { parts: asked })).await else { break };
        let first = wrong.errors.first().and_then(|error| error.field.split(['.', '[']).next());
        let named = first.and_then(|at| at.parse::<usize>().ok());
        let Some(place) = named.and_then(|at| parts.iter().position(|(known, _)| *known == at))
        else {
            return Err(wrong);
        };
        let (at, _) = parts.remove(place);
        errors.push(told(&products[at], &wrong));
        if errors.len() > REFUSED_MAX {
            return Err(Problem::new(
                ErrorCode::LimitExceeded,
                "too many products of the file are refused",
            ));
        }
    }
    Ok((parts, errors))
}

/// A product as it is put, under fresh ids.
fn part(caller: &Caller, product: &FileProduct) -> Result<Part, Problem> {
    let mut fields = product.fields.clone();
    if let Some(Value::Array(skus)) = fields.get_mut("skus") {
        for sku in skus {
            sku["id"] = Value::String(SkuId(caller.engine().draw()).to_string());
        }
    }
    let settings = settings::read(Fields(fields))?;
    let put = PutProduct { product: ProductId(caller.engine().draw()), settings };
    Ok(Part::Product { put, expected: Some(0), alone: true })
}

/// What a rule says of a product, told of the row of the SKU that it names.
fn told(product: &FileProduct, wrong: &Problem) -> RowProblem {
    let Some(error) = wrong.errors.first() else {
        return problem(product, "rule", wrong.detail.to_string());
    };
    let of_sku = error.field.split("skus[").nth(1).and_then(|rest| rest.split(']').next());
    let line = of_sku.and_then(|at| at.parse::<usize>().ok()).and_then(|at| product.lines.get(at));
    let field = error.field.rsplit(['.', ']']).next().unwrap_or_default();
    let detail = match field {
        "" => error.detail.clone(),
        field => format!("{field}: {}", error.detail),
    };
    let row = line.or(product.lines.first()).copied().unwrap_or_default();
    let code = if wrong.code == ErrorCode::Taken { NAME_TAKEN } else { "rule" };
    RowProblem { row, column: None, code, detail }
}

fn problem(product: &FileProduct, code: &'static str, detail: String) -> RowProblem {
    let row = product.lines.first().copied().unwrap_or_default();
    RowProblem { row, column: None, code, detail }
}

fn shown(product: &FileProduct, part: &Part) -> ProductOfFile {
    let id = match part {
        Part::Product { put, .. } => Some(Wire(put.product)),
        Part::Resource(_) => None,
    };
    let skus = product.fields["skus"].as_array().map_or(0, Vec::len);
    let name = product.fields["name"].as_str().unwrap_or_default().to_owned();
    ProductOfFile { rows: product.lines.clone(), id, name, skus }
}
