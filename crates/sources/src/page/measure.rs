//! The size of the tree that a parser would build of a page, counted without building the tree.
//!
//! A page is fed in pieces to the parser that will read it, over a sink that keeps no page but counts: elements,
//! attributes, how deep they nest, and the steps of a walk from everything to the root, which is what looking for a
//! body costs. As soon as one count is over its limit the rest is not looked at. So what is made of a page depends on
//! the page alone, and not on how busy the machine is.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, ParseOpts, QualName, ns, parse_document};

use super::limits;
use crate::options::Options;

/// Bytes that are fed between two looks at the counts.
const PIECE: usize = 1 << 12;

/// The way in which a page may be read, after it was measured.
pub(super) enum Measured {
    /// The page may be parsed; its elements nest so deep.
    Fits(usize),
    /// The page may be read by its text alone, for this reason.
    TextAlone(String),
    /// The page shows more text than a report may have.
    TooLong,
}

/// Measures a page against the limits.
pub(super) fn measure(html: &str, options: &Options) -> Measured {
    let mut parser = parse_document(Counter::new(), ParseOpts::default());
    let mut rest = html;
    let mut quiet = 0;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(PIECE.min(rest.len())));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        let counter = &parser.tokenizer.sink.sink;
        quiet = if counter.heard.take() { 0 } else { quiet + piece.len() };
        // The parser compares each attribute with all others of its tag.
        if quiet > options.max_tag_bytes {
            return Measured::TextAlone(format!("a tag longer than {} KB", options.max_tag_bytes >> 10));
        }
        if counter.text.get() > options.max_text_bytes {
            return Measured::TooLong;
        }
        if let Some(told) = counter.over(options) {
            return Measured::TextAlone(told);
        }
    }
    Measured::Fits(parser.tokenizer.sink.sink.depth.get())
}

/// A place in `Counter::nodes`.
type Handle = usize;

struct Node {
    name: QualName,
    parent: Option<Handle>,
}

/// The sink: who is whose parent, and the counts.
struct Counter {
    nodes: RefCell<Vec<Node>>,
    attributes: Cell<usize>,
    /// Bytes of text that a reader sees.
    text: Cell<usize>,
    /// The deepest nesting so far.
    depth: Cell<usize>,
    /// The sum over all nodes and texts of depth times size.
    steps: Cell<u64>,
    /// True if the parser reported anything since this was last reset.
    heard: Cell<bool>,
}

impl Counter {
    fn new() -> Self {
        let document = Node { name: html_name(""), parent: None };
        Self {
            nodes: RefCell::new(vec![document]),
            attributes: Cell::new(0),
            text: Cell::new(0),
            depth: Cell::new(0),
            steps: Cell::new(0),
            heard: Cell::new(false),
        }
    }

    fn over(&self, options: &Options) -> Option<String> {
        if self.nodes.borrow().len() > options.max_elements {
            Some(format!("more than {} elements", options.max_elements))
        } else if self.attributes.get() > options.max_attributes {
            Some(format!("more than {} attributes", options.max_attributes))
        } else if self.depth.get() > options.max_nesting {
            Some(format!("elements nested more than {} deep", options.max_nesting))
        } else if self.steps.get() > options.max_page_steps {
            Some(format!("too much text in deep nesting (more than {} steps)", options.max_page_steps))
        } else {
            None
        }
    }

    fn add(&self, name: QualName) -> Handle {
        self.heard.set(true);
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { name, parent: None });
        nodes.len() - 1
    }

    /// Adds a node or a text below `parent`.
    fn put(&self, parent: Option<Handle>, child: NodeOrText<Handle>) {
        self.heard.set(true);
        let size = match child {
            NodeOrText::AppendNode(node) => {
                if let Some(node) = self.nodes.borrow_mut().get_mut(node) {
                    node.parent = parent;
                }
                // What keeping an element costs, in bytes of text.
                64
            }
            NodeOrText::AppendText(text) => {
                if !parent.is_some_and(|parent| self.is_raw(parent)) {
                    self.text.set(self.text.get() + text.len());
                }
                text.len() as u64
            }
        };
        let nodes = self.nodes.borrow();
        let mut depth = 0;
        let mut at = parent;
        // Parents make no circle; were the parser to make one, the walk would end all the same.
        while let Some(node) = at.and_then(|at| nodes.get(at)).filter(|_| depth <= nodes.len()) {
            depth += 1;
            at = node.parent;
        }
        self.depth.set(self.depth.get().max(depth));
        self.steps.set(self.steps.get().saturating_add(size * depth as u64));
    }

    /// Whether the text of an element is no text of the page.
    fn is_raw(&self, element: Handle) -> bool {
        self.nodes.borrow().get(element).is_some_and(|node| limits::is_raw(&node.name.local))
    }

    fn parent(&self, node: Handle) -> Option<Handle> {
        self.nodes.borrow().get(node).and_then(|node| node.parent)
    }
}

fn html_name(name: &str) -> QualName {
    QualName::new(None, ns!(html), LocalName::from(name))
}

impl TreeSink for Counter {
    type Handle = Handle;
    type Output = ();
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| &nodes[*target].name)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        self.attributes.set(self.attributes.get() + attributes.len());
        let template = *name.local == *"template";
        let element = self.add(name);
        if template {
            // Its contents stand in a fragment of their own: the node after it.
            let contents = self.add(html_name(""));
            self.put(Some(element), NodeOrText::AppendNode(contents));
        }
        element
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.add(html_name(""))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.add(html_name(""))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.put(Some(*parent), child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        prev_element: &Handle,
        child: NodeOrText<Handle>,
    ) {
        self.put(self.parent(*element).or(Some(*prev_element)), child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        *target + 1
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        self.put(self.parent(*sibling), new_node);
    }

    fn add_attrs_if_missing(&self, _: &Handle, attributes: Vec<Attribute>) {
        self.heard.set(true);
        self.attributes.set(self.attributes.get() + attributes.len());
    }

    fn remove_from_parent(&self, target: &Handle) {
        if let Some(node) = self.nodes.borrow_mut().get_mut(*target) {
            node.parent = None;
        }
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        // All nodes are looked through: counted, or many such would take long.
        let mut nodes = self.nodes.borrow_mut();
        self.steps.set(self.steps.get().saturating_add(nodes.len() as u64));
        for child in nodes.iter_mut().filter(|child| child.parent == Some(*node)) {
            child.parent = Some(*new_parent);
        }
    }
}
