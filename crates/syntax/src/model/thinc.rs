//! Reading the weights of a thinc model: a tree of layers in breadth-first order.

use super::msgpack::{self, Value};

/// A thinc model file.
pub(super) struct Layers<'f> {
    names: Vec<&'f str>,
    attributes: Vec<Value<'f>>,
    parameters: Vec<Value<'f>>,
}

/// An array of 32-bit numbers.
pub(super) struct Array {
    pub(super) shape: Vec<usize>,
    pub(super) data: Vec<f32>,
}

impl<'f> Layers<'f> {
    pub(super) fn read(file: &'f [u8]) -> Option<Self> {
        let Value::Map(parts) = msgpack::read(file)? else { return None };
        let mut part = [const { Vec::new() }; 3];
        for (key, value) in parts {
            let place = ["nodes", "attrs", "params"].iter().position(|name| key.text() == Some(name));
            if let (Some(place), Value::List(list)) = (place, value) {
                part[place] = list;
            }
        }
        let [nodes, attributes, parameters] = part;
        let names: Vec<_> = nodes.iter().map(|node| node.get("name")?.text()).collect::<Option<_>>()?;
        (names.len() == attributes.len() && names.len() == parameters.len()).then_some(Self {
            names,
            attributes,
            parameters,
        })
    }

    /// The numbers of the nodes called `name`, in order.
    pub(super) fn named(&self, name: &str) -> Vec<usize> {
        (0..self.names.len()).filter(|&node| self.names[node] == name).collect()
    }

    /// Parameter `name` of `node`, if it has `dimensions` dimensions and they fit the data.
    pub(super) fn array(&self, node: usize, name: &str, dimensions: usize) -> Option<Array> {
        let array = self.parameters.get(node)?.get(name)?;
        if array.get("type")?.text()? != "<f4" {
            return None;
        }
        let shape: Vec<usize> = array
            .get("shape")?
            .list()?
            .iter()
            .map(|length| usize::try_from(length.number()?).ok())
            .collect::<Option<_>>()?;
        let data = floats(array.get("data")?.bytes()?);
        let size = shape.iter().try_fold(1usize, |size, &length| size.checked_mul(length))?;
        (shape.len() == dimensions && data.len() == size).then_some(Array { shape, data })
    }

    /// Attribute `name` of `node`: MessagePack within MessagePack.
    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<Value<'f>> {
        msgpack::read(self.attributes.get(node)?.get(name)?.bytes()?)
    }
}

/// Little-endian 32-bit numbers.
pub(super) fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|number| f32::from_le_bytes(*number)).collect()
}
