//! `robots.txt`: which paths of a host may be asked (RFC 9309).

use std::time::Duration;

/// The name by which rules for Readout are found.
pub(crate) const NAME: &str = "readout";
/// The most bytes of a file that are read, as the standard has it.
pub(crate) const MOST: usize = 500 << 10;

/// The rules of a host for Readout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Robots {
    /// Whether a path that a pattern fits may be asked, in the order of the file.
    rules: Vec<(bool, String)>,
    /// The pause that the host asks for.
    pub(crate) pause: Option<Duration>,
}

impl Robots {
    /// Returns the rules of a host that forbids everything.
    pub(crate) fn closed() -> Self {
        Self { rules: vec![(false, "/".to_owned())], pause: None }
    }

    /// Reads the rules: those for Readout where there are any, else those for everybody.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes.get(..MOST).unwrap_or(bytes));
        let (mut own, mut all) = (None, None);
        // The groups that the line at hand belongs to.
        let (mut in_own, mut in_all, mut naming) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !naming {
                    (in_own, in_all, naming) = (false, false, true);
                }
                let name = value.split(['/', ' ']).next().unwrap_or_default();
                in_own |= name.eq_ignore_ascii_case(NAME);
                in_all |= name == "*";
            } else if matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                naming = false;
            }
            for group in [in_own.then_some(&mut own), in_all.then_some(&mut all)].into_iter().flatten() {
                let group: &mut Self = group.get_or_insert_default();
                match key.as_str() {
                    "allow" | "disallow" if !value.is_empty() => {
                        group.rules.push((key == "allow", normal(value)));
                    }
                    "crawl-delay" => {
                        let seconds = value.parse().ok().and_then(|it| Duration::try_from_secs_f64(it).ok());
                        group.pause = seconds.or(group.pause);
                    }
                    _ => {}
                }
            }
        }
        own.or(all).unwrap_or_default()
    }

    /// Whether a path, with what follows its `?`, may be asked: the longest pattern that fits it decides, and of two
    /// as long the one that allows.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, &path));
        fitting.max_by_key(|(allow, pattern)| (pattern.len(), *allow)).is_none_or(|(allow, _)| *allow)
    }
}

/// Returns a path or pattern with its `%` codes in capitals, as far as they are codes, and other letters coded.
fn normal(path: &str) -> String {
    let mut normal = String::with_capacity(path.len());
    let mut left_of_code = 0;
    for byte in path.bytes() {
        match byte {
            b'%' => left_of_code = 3,
            0x80.. => {
                normal.push_str(&format!("%{byte:02X}"));
                continue;
            }
            _ => {}
        }
        let within = left_of_code > 0;
        left_of_code = if within { left_of_code - 1 } else { 0 };
        normal.push(char::from(if within { byte.to_ascii_uppercase() } else { byte }));
    }
    normal
}

/// Whether a pattern fits the start of a path. `*` stands for anything, `$` at the end for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else { return !to_end || rest.is_empty() };
    for part in between {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    if to_end { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_pattern_decides() {
        let robots = Robots::read(
            b"\xEF\xBB\xBFUser-agent: *\nDisallow: /private\nAllow: /private/press\nDisallow: /*.pdf$\nDisallow: /a*b/c # note\n\
              Disallow: /caf%c3%a9\nCrawl-delay: 1.5\n\nUser-agent: other\nDisallow: /\n",
        );
        for (path, allowed) in [
            ("/", true),
            ("/private/1", false),
            ("/private/press/1", true),
            ("/paper.pdf", false),
            ("/paper.pdf?x", true),
            ("/axx/b/c/d", false),
            ("/axx/b", true),
            ("/café/1", false),
            ("/caf%C3%A9", false),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
        assert_eq!(robots.pause, Some(Duration::from_millis(1500)));
    }

    #[test]
    fn a_group_of_ones_own_stands_in_the_place_of_that_for_all() {
        let robots = Robots::read(
            b"User-agent: *\nDisallow: /\n\nUser-Agent: a\nuser-agent: ReadOut/1.0\nDisallow: /x\n",
        );
        assert!(robots.allows("/y") && !robots.allows("/x/1"));
        assert!(Robots::read(b"User-agent: readout\nDisallow:\n\nUser-agent: *\nDisallow: /").allows("/x"));
        assert!(!Robots::read(b"User-agent: *\nSitemap: /s.xml\nDisallow: /").allows("/x"));
        assert!(Robots::read(b"").allows("/x") && !Robots::closed().allows("/x"));
        assert!(Robots::read(b"Disallow: /\nCrawl-delay: -1").allows("/x"));
    }
}
