use super::svg::{Svg, number};
use crate::MonthCount;
use crate::when::{Spelling, date};

const WIDTH: f64 = 960.0;
/// The height of the highest bar.
const TALL: f64 = 72.0;
/// Room above the bars for the greatest number, and below them for the years.
const TOP: f64 = 18.0;
const BOTTOM: f64 = 22.0;
/// The widest bar, for files of few months.
const WIDEST: f64 = 40.0;
/// The least room between the names of two years.
const YEARS: f64 = 42.0;

/// Draws the reports of each month as bars. `link` gives the address of a month's reports; a month of which `is_chosen`
/// is true stands out. Returns an empty text for fewer than two months.
pub fn months_figure(
    months: &[MonthCount],
    link: &dyn Fn(&MonthCount) -> String,
    is_chosen: &dyn Fn(&MonthCount) -> bool,
) -> String {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return String::new() };
    if months.len() < 2 {
        return String::new();
    }
    let most = months.iter().map(|it| it.reports).max().unwrap_or(1).max(1);
    let step = (WIDTH / months.len() as f64).min(WIDEST);
    let spelt = |month: &str| date(month, Spelling::Words);
    let description = format!(
        "From {} to {}; at most {most} a month. Each bar leads to its month.",
        spelt(&first.month),
        spelt(&last.month)
    );
    let mut svg = Svg::new("months", WIDTH, TOP + TALL + BOTTOM, "Reports by month", &description);
    let base = TOP + TALL;
    svg.line((0.0, base), (step * months.len() as f64, base), "base");
    let mut named = -YEARS;
    for (at, it) in months.iter().enumerate() {
        let x = at as f64 * step;
        if it.month.ends_with("-01") || at == 0 {
            let year = it.month.split('-').next().unwrap_or_default();
            if x - named >= YEARS && x < WIDTH - YEARS {
                svg.line((x, base), (x, base + 5.0), "base");
                svg.text(x, base + 18.0, "tick", "start", year);
                named = x;
            }
        }
        if it.reports == 0 {
            continue;
        }
        let tall = (it.reports as f64 / most as f64 * TALL).max(2.0);
        let many = crate::words::count(it.reports, "report");
        svg.open_link(&link(it), &format!("{}: {many}", spelt(&it.month)));
        // All of the column leads there, so that a low bar is no small target.
        let class = if is_chosen(it) { "month chosen" } else { "month" };
        for (class, y, height) in [("reach", TOP, TALL), (class, base - tall, tall)] {
            svg.element(
                "rect",
                &[
                    ("x", &number(x)),
                    ("y", &number(y)),
                    ("width", &number((step - if step > 3.0 { 1.0 } else { 0.0 }).max(1.0))),
                    ("height", &number(height)),
                    ("class", &class),
                ],
            );
        }
        svg.close("a");
        if it.reports == most && !months[..at].iter().any(|other| other.reports == most) {
            let middle = (x + step / 2.0).clamp(10.0, WIDTH - 10.0);
            svg.text(middle, TOP - 5.0, "tick", "middle", &most.to_string());
        }
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_with_reports_leads_to_them() {
        let month = |month: &str, next: &str, reports| MonthCount {
            month: month.to_owned(),
            next: next.to_owned(),
            reports,
        };
        let months =
            [month("2012-12", "2013-01", 4), month("2013-01", "2013-02", 0), month("2013-02", "2013-03", 1)];
        let drawn = months_figure(&months, &|it| format!("/?since={}&until={}", it.month, it.next), &|it| {
            it.month == "2013-02"
        });
        assert_eq!((drawn.matches("<a ").count(), drawn.matches("month chosen").count()), (2, 1), "{drawn}");
        assert!(drawn.contains("aria-label=\"February 2013: 1 report\""), "{drawn}");
        assert!(drawn.contains("href=\"/?since=2012-12&amp;until=2013-01\""), "{drawn}");
        assert_eq!(months_figure(&months[..1], &|_| String::new(), &|_| false), "");
    }
}
