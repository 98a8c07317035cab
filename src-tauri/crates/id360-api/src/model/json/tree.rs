//! A document that borrows from its text what it can: texts without escapes are not copied, members that nobody
//! asks for are not kept.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Any JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Object<'a>),
}

/// Members as they stand in the text; of several of one name the last one counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Object<'a>(Vec<(Cow<'a, str>, Node<'a>)>);

impl<'a> Object<'a> {
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        let mut from_the_end = self.0.iter().rev();
        let (_, member) = from_the_end.find(|(own, _)| is_same(own, name))?;
        Some(member)
    }

    /// What counts, in the order of the names.
    pub fn sorted(&self) -> Vec<(&str, &Node<'a>)> {
        let mut members: Vec<_> = self
            .0
            .iter()
            .map(|(name, member)| (&**name, member))
            .collect();
        if !members.is_sorted_by(|one, next| one.0 < next.0) {
            // Stable: behind one another, several of one name stay in the order of the text.
            members.reverse();
            members.sort_by(|one, other| one.0.cmp(other.0));
            members.dedup_by(|next, kept| next.0 == kept.0);
        }
        members
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn to_map(&self) -> Map<String, Value> {
        let members = self.0.iter();
        members
            .map(|(name, member)| (name.clone().into_owned(), member.to_value()))
            .collect()
    }
}

/// Names of one length and beginning are rare: most are told apart without a call.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.as_bytes().first() == other.as_bytes().first() && one == other
}

impl<'a> Node<'a> {
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        self.as_object()?.get(name)
    }

    pub fn at(&self, index: usize) -> Option<&Node<'a>> {
        self.as_list()?.get(index)
    }

    pub fn as_object(&self) -> Option<&Object<'a>> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&[Node<'a>]> {
        match self {
            Self::List(entries) => Some(entries),
            _ => None,
        }
    }

    pub fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::String(text.clone().into_owned()),
            Self::List(entries) => entries.iter().map(Self::to_value).collect(),
            Self::Object(object) => Value::Object(object.to_map()),
        }
    }
}

/// What of a document is kept. What is left out must be JSON all the same: whatever serde_json refuses as a
/// [`Value`] is refused.
#[derive(Debug)]
pub enum Shape {
    Whole,
    /// Of an object, these members; of a list, the same of each entry.
    Only(&'static [(&'static str, Shape)]),
    /// Of an object, this of each member; of a list, the same of each entry.
    Each(&'static Shape),
}

impl Shape {
    fn of(&self, member: &str) -> Option<&Self> {
        match self {
            Self::Whole => Some(&Self::Whole),
            Self::Each(shape) => Some(shape),
            Self::Only(members) => {
                let mut members = members.iter();
                Some(&members.find(|(name, _)| is_same(name, member))?.1)
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for &Shape {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &Shape {
    type Value = Node<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Number::from_f64(value).map_or(Node::Null, Node::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element_seed(self)? {
            entries.push(entry);
        }
        Ok(Node::List(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let expected = match self {
            Shape::Only(members) => members.len(),
            Shape::Whole | Shape::Each(_) => 0,
        };
        let mut members: Vec<(Cow<'de, str>, Node<'de>)> = Vec::with_capacity(expected);
        while let Some(Name(name)) = object.next_key()? {
            match self.of(&name) {
                Some(shape) => members.push((name, object.next_value_seed(shape)?)),
                None => {
                    object.next_value::<LeftOut>()?;
                }
            }
        }
        Ok(Node::Object(Object(members)))
    }
}

/// Any JSON that is not wanted. Unlike [`serde::de::IgnoredAny`] it is read like what is wanted: its numbers must be
/// in range, its texts Unicode, its depth within the limit.
pub struct LeftOut;

impl<'de> Deserialize<'de> for LeftOut {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = LeftOut;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("any JSON")
            }

            fn visit_unit<E>(self) -> Result<LeftOut, E> {
                Ok(LeftOut)
            }

            fn visit_bool<E>(self, _: bool) -> Result<LeftOut, E> {
                Ok(LeftOut)
            }

            fn visit_i64<E>(self, _: i64) -> Result<LeftOut, E> {
                Ok(LeftOut)
            }

            fn visit_u64<E>(self, _: u64) -> Result<LeftOut, E> {
                Ok(LeftOut)
            }

            fn visit_f64<E>(self, _: f64) -> Result<LeftOut, E> {
                Ok(LeftOut)
            }

            fn visit_str<E>(self, _: &str) -> Result<LeftOut, E> {
                Ok(LeftOut)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<LeftOut, A::Error> {
                while list.next_element::<LeftOut>()?.is_some() {}
                Ok(LeftOut)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<LeftOut, A::Error> {
                while object.next_key::<Name<'de>>()?.is_some() {
                    object.next_value::<LeftOut>()?;
                }
                Ok(LeftOut)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// A member's name, borrowed where it can be.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Name<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Names)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read<'a>(text: &'a str, shape: &Shape) -> serde_json::Result<Node<'a>> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let node = shape.deserialize(&mut deserializer)?;
        deserializer.end().map(|()| node)
    }

    fn agree(text: &str) {
        let tree = read(text, &Shape::Whole);
        let value: Result<Value, _> = serde_json::from_str(text);
        match (tree, value) {
            (Ok(tree), Ok(value)) => assert_eq!(tree.to_value(), value, "{text}"),
            (tree, value) => assert_eq!(tree.is_err(), value.is_err(), "{text}"),
        }
        // Nothing passes for JSON because nobody wants it.
        for shape in [Shape::Only(&[]), Shape::Each(&Shape::Only(&[]))] {
            let value: Result<Value, _> = serde_json::from_str(text);
            assert_eq!(read(text, &shape).is_err(), value.is_err(), "{text}");
        }
    }

    #[test]
    fn the_last_of_several_members_of_one_name_counts() {
        agree(r#"{"b":1,"a":2,"b":3,"a":4,"b":5,"c":{}}"#);
        let tree = read(r#"{"b":1,"a":2,"b":3}"#, &Shape::Whole).unwrap();
        assert_eq!(tree.get("b"), Some(&Node::Number(3.into())));
    }

    #[test]
    fn what_serde_json_refuses_is_refused() {
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        for text in [deep.as_str(), "1e999", "{\"a\":}", "[1,", "\"\\ud800\"", ""] {
            agree(text);
            agree(&format!("{{\"a\":{text}}}"));
        }
    }

    #[test]
    fn members_outside_the_shape_are_left_out_through_lists_and_names() {
        let shape = Shape::Only(&[
            ("a", Shape::Each(&Shape::Only(&[("kept", Shape::Whole)]))),
            ("b", Shape::Whole),
        ]);
        let text = r#"{"a":{"x":[{"kept":{"y":1},"left":2}],"z":[[3]]},"b":{"left":4},"left":5}"#;
        let expected = r#"{"a":{"x":[{"kept":{"y":1}}],"z":[[3]]},"b":{"left":4}}"#;
        assert_eq!(
            read(text, &shape).unwrap(),
            read(expected, &Shape::Whole).unwrap()
        );
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((".{0,4}", inner), 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_tree_holds_what_a_value_holds(value in any_json()) {
            agree(&value.to_string());
        }
    }
}
