//! The file that a merchant fills in.

use super::columns::COLUMNS;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use edge::auth::Caller;
use edge::extract::Query;
use edge::problem::Problem;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// In which language.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TemplateQuery {
    /// The language of the heads; Chinese when absent.
    #[param(inline)]
    lang: Option<TemplateLanguage>,
}

/// A language of heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub enum TemplateLanguage {
    /// Chinese.
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// Take the file that is filled in to make products: CSV in UTF-8 with the mark that spreadsheets look for.
#[utoipa::path(
    get, path = "/v1/product-files/template", tag = "catalog", params(TemplateQuery),
    responses((status = 200, body = String, content_type = "text/csv"))
)]
pub async fn product_file_template(
    _caller: Caller,
    Query(query): Query<TemplateQuery>,
) -> Result<Response, Problem> {
    let text = text(query.lang == Some(TemplateLanguage::English));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"products.csv\""),
    ];
    Ok((headers, text).into_response())
}

/// The heads of all columns, and a product of two SKUs to show how.
fn text(english: bool) -> String {
    let heads = COLUMNS.iter().map(|column| if english { column.name } else { column.zh[0] });
    let lines: [&str; 2] = match english {
        true => [
            "Galaxy Video,Codes are delivered at once,Video,Month,19.90,CNY,12.50,yes,3,,10",
            ",,,Year,199.00,CNY,120.00,yes,,,",
        ],
        false => [
            "星河视频会员,付款后立即发货,视频,月卡,19.90,CNY,12.50,是,3,,10",
            ",,,年卡,199.00,CNY,120.00,是,,,",
        ],
    };
    format!("\u{feff}{}\r\n{}\r\n", heads.collect::<Vec<_>>().join(","), lines.join("\r\n"))
}

#[cfg(test)]
mod tests {
    use super::super::rows::understand;
    use super::text;

    #[test]
    fn the_template_is_understood_whole_in_both_languages() {
        for english in [false, true] {
            let rows = codefile::table(text(english).as_bytes()).expect("a table");
            let of = understand(rows).expect("understood");
            assert!(of.columns.iter().all(|column| column.field.is_some()), "{:?}", of.columns);
            assert!(of.errors.is_empty() && of.products.len() == 1, "{:?}", of.errors);
        }
    }
}
