//! What news agencies send: NITF, NewsML 1 and NewsML-G2, and the wires' forms from before XML.

pub(crate) mod newsml;
pub(crate) mod nitf;
pub(crate) mod wire;
