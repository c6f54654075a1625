//! Text for a terminal: styled words, wrapped at its width.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};

use anstyle::{AnsiColor, Style};
use readout::views::safe::terminal;
use unicode_width::UnicodeWidthStr as _;

use crate::pager;

pub(crate) const PLAIN: Style = Style::new();
pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const HEADING: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));

/// A style with the colour `color`.
pub(crate) const fn colored(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi(color)))
}

/// Columns to fill: the terminal's, within what reads well; 100 where there is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).clamp(60, 120)
}

/// Returns the columns that a list may fill; `None` where no terminal shows it, and a row is one line.
pub(crate) fn room() -> Option<usize> {
    io::stdout()
        .is_terminal()
        .then(|| terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).max(40))
}

/// A page being written.
pub(crate) struct Page {
    text: String,
    width: usize,
}

impl Page {
    pub(crate) fn new(width: usize) -> Self {
        Self { text: String::new(), width }
    }

    /// The page, with styles as ANSI codes.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    pub(crate) fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.blank();
        }
        let _ = writeln!(self.text, "{HEADING}{text}{HEADING:#}");
    }

    /// Writes `line` as it is, styles included.
    pub(crate) fn raw(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Writes `parts` one after the other, wrapped at the page's width. `margin` stands before the first line; the
    /// others are indented as deep as it is wide.
    pub(crate) fn paragraph(&mut self, margin: &str, parts: &[(Style, &str)]) {
        let indent = margin.width();
        let mut line = margin.to_owned();
        let mut column = indent;
        let mut empty = true;
        // A space is due before the next word.
        let mut space = false;
        for (style, text) in parts {
            let text = terminal(text);
            for (number, word) in text.split([' ', '\n']).enumerate() {
                space |= number > 0;
                if word.is_empty() {
                    continue;
                }
                let wide = word.width();
                if !empty && column + usize::from(space) + wide > self.width && space {
                    self.raw(&line);
                    line = " ".repeat(indent);
                    column = indent;
                } else if space && !empty {
                    line.push(' ');
                    column += 1;
                }
                let _ = write!(line, "{style}{}{style:#}", word.replace('\u{a0}', " "));
                column += wide;
                (empty, space) = (false, false);
            }
        }
        if !empty || !margin.trim().is_empty() {
            self.raw(&line);
        }
    }
}

/// Writes data to standard output; styles only where they are wanted and understood.
pub(crate) fn print(text: &str) -> io::Result<()> {
    pager::write(text)
}

/// Writes a message to standard error. Where that is closed, nobody wants to know.
pub(crate) fn tell(message: &str) {
    let clean: String = message.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    let _ = writeln!(anstream::stderr(), "{clean}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width() {
        let mut page = Page::new(20);
        page.paragraph("  1 ", &[(PLAIN, "They met"), (PLAIN, " in Vienna, and "), (PLAIN, "talked.")]);
        assert_eq!(page.into_text(), "  1 They met in\n    Vienna, and\n    talked.\n");
    }
}
