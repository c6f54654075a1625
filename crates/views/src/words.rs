//! What people read for numbers and values of the record, wherever they read it.

use readout_record::{AgreementStatus, MeetingFormat};

/// `1 report`, `2 reports`.
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// At most about `most` letters of `text`, cut between words, white space as single spaces.
pub fn shorten(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most).collect();
    let kept = cut.rfind(' ').filter(|at| *at > 0).map_or(cut.as_str(), |at| &cut[..at]);
    format!("{} …", kept.trim_end_matches([',', ';', ':', ' ', '…']))
}

/// The form of a meeting.
pub const fn format_name(format: MeetingFormat) -> &'static str {
    match format {
        MeetingFormat::Bilateral => "bilateral meeting",
        MeetingFormat::PullAside => "pull-aside",
        MeetingFormat::Call => "call",
        MeetingFormat::Summit => "summit",
        MeetingFormat::Talks => "talks",
        MeetingFormat::PressConference => "press conference",
    }
}

/// The state of an agreement.
pub const fn status_name(status: AgreementStatus) -> &'static str {
    match status {
        AgreementStatus::Proposed => "proposed",
        AgreementStatus::UnderNegotiation => "under negotiation",
        AgreementStatus::Agreed => "agreed",
        AgreementStatus::Reaffirmed => "reaffirmed",
        AgreementStatus::PartlyImplemented => "partly implemented",
        AgreementStatus::Violated => "violated",
        AgreementStatus::BrokenDown => "broken down",
        AgreementStatus::Rejected => "rejected",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_between_words() {
        assert_eq!(shorten("We  will talk, and then we will see.", 16), "We will talk …");
        assert_eq!(shorten("Ünïcödewörd", 4), "Ünïc …");
    }
}
