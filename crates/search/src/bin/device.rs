//! Browser entry point of the search in a static export, where no server answers. A bundle of its
//! own, fetched with the first search: other readers never load it. Trunk builds this file.

#[cfg(target_arch = "wasm32")]
mod device {
    use search::{Document, Found, Index};
    use wasm_bindgen::{JsError, JsValue, prelude::wasm_bindgen};

    /// The hits of `query` among `documents`, best first: `contract::search::Hit` as plain objects.
    ///
    /// # Errors
    ///
    /// When `documents` is not the export's file of them.
    #[wasm_bindgen]
    pub fn search(documents: JsValue, query: &str) -> Result<JsValue, JsError> {
        let documents: Vec<Document> = serde_wasm_bindgen::from_value(documents)?;
        let index = Index::new(documents);
        let hits: Vec<_> = index.search(query, None).iter().map(Found::hit).collect();
        Ok(serde_wasm_bindgen::to_value(&hits)?)
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a browser's entry point; run `cargo xtask serve` instead");
}
