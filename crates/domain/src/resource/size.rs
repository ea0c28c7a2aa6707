//! How large a body may be, and each key of it.

use super::Key;
use super::any::AnyBody;
use crate::Refusal;
use kernel::limits;

/// Refuses a body that is too large, or a key of it.
pub(super) fn check_size(body: &dyn AnyBody) -> Result<(), Refusal> {
    let bytes = serde_json::to_string(&body.fields()).map_or(usize::MAX, |text| text.len());
    if bytes > limits::RESOURCE_BYTES_MAX {
        let detail =
            format!("all fields together are at most {} bytes", limits::RESOURCE_BYTES_MAX);
        return Err(Refusal::invalid("body", detail));
    }
    let long = |key: &Key| {
        key.bytes.as_ref().is_some_and(|bytes| bytes.len() > limits::RESOURCE_KEY_BYTES_MAX)
    };
    match body.keys().into_iter().find(long) {
        Some(key) => {
            let detail = format!("send at most {} bytes", limits::RESOURCE_KEY_BYTES_MAX);
            Err(Refusal::invalid(key.name, detail))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::{Picture, PictureFormat};
    use crate::shop::ShopStyle;

    #[test]
    fn a_body_has_an_end() {
        let of = |length: usize| {
            let (format, hash) = (PictureFormat::Png, "x".repeat(length));
            let logo = Some(Picture { format, hash, bytes: 1 });
            check_size(&ShopStyle { logo, ..ShopStyle::default() })
        };
        assert_eq!(of(limits::RESOURCE_BYTES_MAX - 100), Ok(()));
        let refused = of(limits::RESOURCE_BYTES_MAX);
        assert!(matches!(refused, Err(Refusal::Invalid { field, .. }) if field == "body"));
    }
}
