//! `/api/v1/openapi.json`: the description every client can rely on.

use contract::paths;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::support::real;

/// The served document.
pub fn document() -> Value {
    real().get("/api/v1/openapi.json").json()
}

/// Checks values against the schema at `pointer` of the document, whose `$ref`s point into it.
pub fn schema(document: &Value, pointer: &str) -> Validator {
    let mut schema = document.pointer(pointer).unwrap_or_else(|| panic!("{pointer}")).clone();
    schema["components"] = document["components"].clone();
    jsonschema::validator_for(&schema).unwrap()
}

/// Where the document keeps the schema of `path`'s answer.
pub fn answer_schema(path: &str) -> String {
    let path = path.replace('~', "~0").replace('/', "~1");
    format!("/paths/{path}/get/responses/200/content/application~1json/schema")
}

#[track_caller]
pub fn check_shape(schema: &Validator, value: &Value, about: &str) {
    let faults: Vec<String> =
        schema.iter_errors(value).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(faults.is_empty(), "{about}: {faults:#?}");
}

#[test]
fn the_description_is_openapi_3_1_for_this_site() {
    let document = document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    assert!(!document["info"]["title"].as_str().unwrap().is_empty());
    assert!(!document["info"]["version"].as_str().unwrap().is_empty());
    assert_eq!(document["servers"][0]["url"], "https://immunotheque.example/api/v1");
    assert_eq!(document.get("jsonSchemaDialect"), None, "the default dialect is meant");
}

#[test]
fn every_path_of_the_contract_is_described_and_no_other() {
    let document = document();
    let mut described: Vec<&str> =
        document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    described.sort_unstable();
    let mut expected = [
        paths::SITE,
        paths::HOME,
        paths::ARTICLES,
        paths::ARTICLE,
        paths::RELATED,
        paths::TOPICS,
        paths::GLOSSARY,
        paths::REFERENCES,
        paths::CORRECTIONS,
        paths::COMPARISON,
        paths::PAGE,
        paths::SEARCH,
        paths::PRACTITIONERS,
        paths::PRACTITIONER,
        paths::VCARD,
        paths::CLUSTERS,
        paths::PRACTITIONERS_GEOJSON,
        paths::PRACTITIONERS_CSV,
        paths::PLACES,
        paths::COMMENTS,
        paths::FEEDBACK,
        paths::TESTIMONIALS,
        paths::CONTACT,
        paths::REPORTS,
        paths::RECEIPT,
        paths::RECEIPT_COPY,
        paths::SESSION,
        paths::MODERATION,
        paths::DECISION,
        paths::DECISIONS,
        paths::HISTORY,
        paths::JOURNAL,
        paths::ENTRIES,
        paths::ENTRY,
        paths::ENTRY_ARCHIVE,
        paths::ENTRY_RESTORE,
        paths::ENTRY_HISTORY,
        paths::IMPORT_REPORT,
        paths::IMPORT,
        paths::ACCOUNTS,
        paths::ACCOUNT,
        paths::PASSWORD,
        paths::OPINIONS,
    ];
    expected.sort_unstable();
    assert_eq!(described, expected);
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_what_it_answers() {
    let document = document();
    let mut names = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            names.push(operation["operationId"].as_str().unwrap().to_owned());
            let answers = operation["responses"].as_object().unwrap();
            let good = |it: &&String| it.starts_with('2');
            assert_eq!(answers.keys().filter(good).count(), 1, "{method} {path}");
            for (status, answer) in answers.iter().filter(|it| !good(&it.0)) {
                let problem = answer.pointer("/content/application~1problem+json/schema/$ref");
                assert_eq!(
                    problem,
                    Some(&json!("#/components/schemas/Problem")),
                    "{path} {status}"
                );
            }
            let text = operation["summary"].as_str().or(operation["description"].as_str());
            assert!(text.is_some_and(|it| !it.is_empty()), "{path} is not described");
        }
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "operation names repeat");
}

#[test]
fn every_place_in_a_path_is_a_described_parameter() {
    let document = document();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let method = methods.as_object().unwrap().values().next().unwrap();
        let parameters = method["parameters"].as_array().cloned().unwrap_or_default();
        let named: Vec<&str> = parameters
            .iter()
            .filter(|it| it["in"] == "path")
            .map(|it| it["name"].as_str().unwrap())
            .collect();
        let wanted: Vec<&str> =
            path.split('{').skip(1).map(|it| it.split('}').next().unwrap()).collect();
        assert_eq!(named, wanted, "{path}");
        for it in parameters.iter().filter(|it| it["in"] == "path") {
            assert_eq!(it["required"], true, "{path}");
        }
    }
}

/// Values of `$ref` anywhere below `value`.
fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str));
            members.values().for_each(|it| references(it, found));
        }
        Value::Array(items) => items.iter().for_each(|it| references(it, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_to_a_schema_and_every_schema_is_valid() {
    let document = document();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for it in found {
        let pointer = it.strip_prefix('#').expect("only references inside the document");
        assert!(document.pointer(pointer).is_some(), "{it} leads nowhere");
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        let pointer = format!("/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"));
        let mut schema = document.pointer(&pointer).unwrap().clone();
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
        schema["components"] = document["components"].clone();
        assert!(jsonschema::validator_for(&schema).is_ok(), "{name}");
    }
}

#[test]
fn an_example_fits_the_schema_it_stands_in() {
    let document = document();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        if let Some(example) = schema.get("example") {
            let validator = self::schema(&document, &format!("/components/schemas/{name}"));
            check_shape(&validator, example, name);
        }
    }
}

#[test]
fn an_answers_example_fits_its_schema() {
    let document = document();
    let mut count = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (kind, content) in
            methods["get"]["responses"]["200"]["content"].as_object().into_iter().flatten()
        {
            let Some(example) = content.get("example") else { continue };
            let place = format!(
                "/paths/{}/get/responses/200/content/{}/schema",
                path.replace('/', "~1"),
                kind.replace('/', "~1")
            );
            check_shape(&schema(&document, &place), example, path);
            count += 1;
        }
    }
    assert_eq!(count, 28, "every JSON answer has an example");
}

#[test]
fn a_schema_refuses_what_the_endpoint_would_never_send() {
    let document = document();
    let site = schema(&document, &answer_schema(paths::SITE));
    let mut value = real().get("/api/v1/site").json();
    check_shape(&site, &value, "the site itself");
    value["name"] = json!(1);
    assert!(!site.is_valid(&value), "a name must be text");
    value.as_object_mut().unwrap().remove("name");
    assert!(!site.is_valid(&value), "a name is required");
}
