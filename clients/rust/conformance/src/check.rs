//! What a check says about the JSON of an answer.

use serde_json::Value;

use crate::case::{Check, Failure};

/// The first of the checks that does not hold is the error.
pub fn hold_all(checks: &[Check], answer: &Value) -> Result<(), Failure> {
    checks.iter().try_for_each(|check| holds(check, answer))
}

fn holds(check: &Check, answer: &Value) -> Result<(), Failure> {
    let found = find(answer, &check.path)?;
    if test(check, found.as_ref())? {
        return Ok(());
    }
    let found = found.map_or("nothing".to_owned(), |value| value.to_string().chars().take(200).collect());
    Err(format!("{:?}: want {} {}, found {found}", check.path, check.test, check.want).into())
}

fn test(check: &Check, found: Option<&Value>) -> Result<bool, Failure> {
    let list = found.and_then(Value::as_array);
    let length = list.map(|list| list.len() as f64);
    Ok(match check.test.as_str() {
        "equals" => found.is_some_and(|found| same(found, &check.want)),
        "present" => check.want == found.is_some(),
        "count" => length.is_some() && length == check.want.as_f64(),
        "contains" => match found {
            Some(Value::String(text)) => check.want.as_str().is_some_and(|part| text.contains(part)),
            _ => list.is_some_and(|list| list.iter().any(|one| same(one, &check.want))),
        },
        "at_least" => {
            let number = length.or_else(|| found.and_then(Value::as_f64));
            number.zip(check.want.as_f64()).is_some_and(|(number, least)| number >= least)
        }
        "ids" => list.is_some_and(|list| {
            let ids = list.iter().map(|one| one["id"].clone()).collect();
            same(&Value::Array(ids), &check.want)
        }),
        other => return Err(format!("{:?}: there is no test {other:?}", check.path).into()),
    })
}

/// Equal, with numbers compared as numbers: 1 is 1.0.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

/// What a path leads to.
fn find(value: &Value, path: &str) -> Result<Option<Value>, Failure> {
    if path.is_empty() {
        return Ok(Some(value.clone()));
    }
    let next = if let Some(rest) = path.strip_prefix('[') {
        let (index, rest) = rest.split_once(']').ok_or_else(|| format!("{path:?} is not a path"))?;
        if index == "*" {
            return find_in_each(value, rest).map(Some);
        }
        (value.get(index.parse::<usize>()?), rest)
    } else {
        let path = path.strip_prefix('.').unwrap_or(path);
        let end = path.find(['.', '[']).unwrap_or(path.len());
        let (name, rest) = path.split_at(end);
        (value.get(name), rest)
    };
    match next {
        (Some(value), rest) => find(value, rest),
        // A [*] that is still to come finds a list in any case.
        (None, rest) => Ok(rest.contains("[*]").then(|| Value::Array(Vec::new()))),
    }
}

/// One flat list of what the rest of a path leads to from each element.
fn find_in_each(list: &Value, rest: &str) -> Result<Value, Failure> {
    let mut all = Vec::new();
    for element in list.as_array().into_iter().flatten() {
        match find(element, rest)? {
            Some(Value::Array(more)) => all.extend(more),
            Some(one) => all.push(one),
            None => {}
        }
    }
    Ok(Value::Array(all))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_leads_to_one_value_or_to_a_flat_list() {
        let answer = json!({"items": [{"n": [1, 2]}, {}, {"n": [3]}], "name": "x"});
        assert_eq!(find(&answer, "items[0].n[1]").unwrap(), Some(json!(2)));
        assert_eq!(find(&answer, "items[*].n").unwrap(), Some(json!([1, 2, 3])));
        assert_eq!(find(&answer, "items[*].n[*]").unwrap(), Some(json!([1, 2, 3])));
        assert_eq!(find(&answer, "items[9].n").unwrap(), None);
        assert_eq!(find(&answer, "nothing[*].n").unwrap(), Some(json!([])));
        assert_eq!(find(&answer, "").unwrap(), Some(answer));
    }

    #[test]
    fn a_check_that_does_not_hold_is_an_error() {
        let check = |text: Value| serde_json::from_value::<Check>(text).unwrap();
        let answer = json!({"items": [{"id": "a"}, {"id": "b"}], "year": 1998.0});
        for good in [
            json!({"path": "items", "ids": ["a", "b"]}),
            json!({"path": "items", "count": 2}),
            json!({"path": "items", "at_least": 2}),
            json!({"path": "year", "equals": 1998}),
            json!({"path": "items[*].id", "contains": "b"}),
            json!({"path": "nothing", "present": false}),
        ] {
            hold_all(&[check(good)], &answer).unwrap();
        }
        for bad in [
            json!({"path": "items", "ids": ["b", "a"]}),
            json!({"path": "items", "count": 3}),
            json!({"path": "year", "equals": "1998"}),
            json!({"path": "items[*].id", "contains": "c"}),
            json!({"path": "year", "present": false}),
        ] {
            assert!(hold_all(&[check(bad)], &answer).is_err());
        }
    }
}
