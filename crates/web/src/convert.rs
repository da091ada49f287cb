//! Rust values as JavaScript ones: arrays as typed arrays, the rest by serde.

use js_sys::Reflect;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// A plain JavaScript object under construction.
pub(crate) struct Object(JsValue);

impl Object {
    pub(crate) fn new() -> Self {
        Object(js_sys::Object::new().into())
    }

    /// Sets a property; on a plain object that cannot fail.
    pub(crate) fn set(&self, key: &str, value: &JsValue) {
        let _ = Reflect::set(&self.0, &JsValue::from_str(key), value);
    }
}

impl From<Object> for JsValue {
    fn from(object: Object) -> JsValue {
        object.0
    }
}

/// An error as a JavaScript `Error` with `code`, and `index`, `line`, `column` where known.
pub(crate) fn failure(e: lab::Error) -> JsValue {
    let object = Object(js_sys::Error::new(&e.message).into());
    object.set("code", &e.code.into());
    for (key, value) in [("index", e.index), ("line", e.line), ("column", e.column)] {
        if let Some(value) = value {
            object.set(key, &(value as f64).into());
        }
    }
    object.into()
}

/// Anything that serde knows, as the plain object that its JSON would be.
pub(crate) fn json(value: &impl Serialize) -> Result<Object, JsValue> {
    Ok(Object(value.serialize(&Serializer::json_compatible())?))
}
