//! The label sets of spaCy's English pipelines: Penn Treebank tags, universal parts of speech, ClearNLP dependency
//! labels, OntoNotes entity types.

/// Makes an enum of labels and the way from and to their names.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[allow(missing_docs, clippy::upper_case_acronyms)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// Every label, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The label's name in the model.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The label of that name; `None` for names that English models do not have.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

labels! {
    /// Penn Treebank part-of-speech tags, with OntoNotes' additions.
    Tag {
        Dollar = "$", CloseQuote = "''", Comma = ",", LeftBracket = "-LRB-", RightBracket = "-RRB-", Stop = ".",
        Colon = ":", Add = "ADD", Afx = "AFX", Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW",
        Hyph = "HYPH", In = "IN", Jj = "JJ", Jjr = "JJR", Jjs = "JJS", Ls = "LS", Md = "MD", Nfp = "NFP",
        Nn = "NN", Nnp = "NNP", Nnps = "NNPS", Nns = "NNS", Pdt = "PDT", PossessiveEnding = "POS", Prp = "PRP",
        PrpPossessive = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO", Uh = "UH",
        Vb = "VB", Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT", Wp = "WP",
        WpPossessive = "WP$", Wrb = "WRB", Xx = "XX", Space = "_SP", OpenQuote = "``", None = "",
    }
}

labels! {
    /// Universal parts of speech, and spaCy's SPACE.
    Pos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Conj = "CONJ", Det = "DET",
        Intj = "INTJ", Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X", Space = "SPACE", None = "",
    }
}

labels! {
    /// ClearNLP dependency labels.
    Dep {
        Root = "ROOT", Acl = "acl", Acomp = "acomp", Advcl = "advcl", Advmod = "advmod", Agent = "agent",
        Amod = "amod", Appos = "appos", Attr = "attr", Aux = "aux", Auxpass = "auxpass", Case = "case", Cc = "cc",
        Ccomp = "ccomp", Compound = "compound", Conj = "conj", Csubj = "csubj", Csubjpass = "csubjpass",
        Dative = "dative", Dep = "dep", Det = "det", Dobj = "dobj", Expl = "expl", Intj = "intj", Mark = "mark",
        Meta = "meta", Neg = "neg", Nmod = "nmod", Npadvmod = "npadvmod", Nsubj = "nsubj", Nsubjpass = "nsubjpass",
        Nummod = "nummod", Oprd = "oprd", Parataxis = "parataxis", Pcomp = "pcomp", Pobj = "pobj", Poss = "poss",
        Preconj = "preconj", Predet = "predet", Prep = "prep", Prt = "prt", Punct = "punct", Quantmod = "quantmod",
        Relcl = "relcl", Xcomp = "xcomp", None = "",
    }
}

labels! {
    /// OntoNotes entity types.
    EntityLabel {
        Cardinal = "CARDINAL", Date = "DATE", Event = "EVENT", Facility = "FAC", Gpe = "GPE",
        Language = "LANGUAGE", Law = "LAW", Location = "LOC", Money = "MONEY", Norp = "NORP", Ordinal = "ORDINAL",
        Org = "ORG", Percent = "PERCENT", Person = "PERSON", Product = "PRODUCT", Quantity = "QUANTITY",
        Time = "TIME", WorkOfArt = "WORK_OF_ART",
    }
}

impl Dep {
    /// Whether the label marks a subject.
    pub const fn is_subject(self) -> bool {
        matches!(self, Self::Nsubj | Self::Nsubjpass | Self::Csubj | Self::Csubjpass)
    }
}

impl Tag {
    /// Whether the tag is of a finite verb or modal.
    pub const fn is_finite(self) -> bool {
        matches!(self, Self::Vbd | Self::Vbp | Self::Vbz | Self::Md)
    }

    /// Whether the tag is of a proper noun.
    pub const fn is_proper(self) -> bool {
        matches!(self, Self::Nnp | Self::Nnps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_labels() {
        assert!(Dep::ALL.iter().all(|dep| Dep::from_name(dep.as_str()) == Some(*dep)));
        assert!(Tag::ALL.iter().all(|tag| Tag::from_name(tag.as_str()) == Some(*tag)));
        assert_eq!(EntityLabel::from_name("FAC"), Some(EntityLabel::Facility));
        assert_eq!(Pos::from_name("VERBS"), None);
    }
}
