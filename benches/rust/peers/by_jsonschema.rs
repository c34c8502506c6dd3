//! jsonschema: what a schema can say of one record. No rule over two fields; days only as patterns over their text.

use jsonschema::Validator;
use serde_json::{Value, json};

use super::said;
use crate::activity::{CATEGORIES, THEME};

/// The compiled schema.
pub struct Schema(Validator);

impl Default for Schema {
    fn default() -> Schema {
        Schema::new()
    }
}

impl Schema {
    /// The rules as a schema of 2020-12.
    pub fn new() -> Schema {
        let filled = json!({"type": "string", "minLength": 1});
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": ["title", "organizer", "category", "start", "images"],
            "properties": {
                "title": filled,
                "organizer": filled,
                "category": {"enum": CATEGORIES},
                "theme": {"enum": ["", THEME]},
                // The window, as the texts of its days; a day outside the month is another rule, which this cannot tell apart.
                "start": {"type": "string", "format": "date", "pattern": "^2023-09-(1[7-9]|2[0-3])$"},
                "end": {"type": "string", "format": "date", "pattern": "^(2023-09-(1[7-9]|2[0-3]))?$"},
                "audience": {"type": "string", "pattern": "^[0-9]*$"},
                "phone": {"type": "string", "pattern": said::PHONE},
                "email": {"type": "string", "format": "email"},
                "published_on": {"type": "string", "format": "date", "pattern": "^(2023-08-(2[1-9]|3[01])|2023-(09|1[0-2])-[0-3][0-9])?$"},
                "images": filled,
                "news_links": {"type": "string", "pattern": "^(?i)(?!javascript:|vbscript:|data:|blob:|file:)"}
            }
        });
        Schema(jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema"))
    }

    /// How many faults the schema finds.
    pub fn faults(&self, record: &Value) -> usize {
        self.0.iter_errors(record).count()
    }

    /// Whether it finds any.
    pub fn is_valid(&self, record: &Value) -> bool {
        self.0.is_valid(record)
    }
}
