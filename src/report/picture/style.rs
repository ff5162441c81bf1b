//! The style sheet of the picture, light and dark, and the palette that it is made of.

/// A colour of a class in light and in dark.
#[cfg(test)]
struct Tint {
    class: &'static str,
    light: &'static str,
    dark: &'static str,
}

/// Makes the style sheet and the table of its colours from one list, so that what is tested is what is drawn.
macro_rules! sheet {
    ($shape:literal $($class:literal $property:ident: $light:literal, $dark:literal;)+) => {
        /// The rules of every class, `jm-...`, in light, and in dark where the reader's screen is dark.
        pub(in crate::report) const STYLE: &str = concat!(
            $shape,
            $(".jm-", $class, "{", stringify!($property), ":", $light, "}\n",)+
            "@media screen and (prefers-color-scheme:dark){\n",
            $(".jm-", $class, "{", stringify!($property), ":", $dark, "}\n",)+
            "}\n"
        );

        #[cfg(test)]
        const PALETTE: &[Tint] = &[
            $(Tint { class: $class, light: $light, dark: $dark }),+
        ];
    };
}

sheet! {
    ".jm{max-width:100%;height:auto}
.jm-text{font-family:'Noto Sans','Source Sans 3','Segoe UI','Helvetica Neue',Arial,'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Hiragino Sans GB','Microsoft YaHei',sans-serif;unicode-bidi:isolate}
.jm-title{font-size:19px;font-weight:700}
.jm-stage{font-size:14px;font-weight:700;text-anchor:middle}
.jm-name{font-size:13px;font-weight:700}
.jm-line{font-size:12px}
.jm-note{font-size:11px}
.jm-centre{text-anchor:middle}
.jm-right{text-anchor:end}
.jm-edge{fill:none;stroke-linejoin:round}
.jm-back{stroke-dasharray:7 4}
.jm-complaint{stroke-dasharray:2 3}
.jm-head{stroke-width:1.4;stroke-linejoin:round}
.jm-box{stroke-width:1.2}
.jm-thin-box{stroke-dasharray:4 3}
.jm-icon{fill:none;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.jm-curve{fill:none;stroke-width:2.5}
.jm-middle{stroke-width:1;stroke-dasharray:4 4}
.jm-card{cursor:pointer}
.jm-card:focus{outline:3px solid #2563eb;outline-offset:2px}
"
    "paper" fill: "#ffffff", "#10151f";
    "band-even" fill: "#f3f5fa", "#161d2a";
    "band-odd" fill: "#f9fafd", "#1a2231";
    "ink" fill: "#1b2433", "#eef2f8";
    "soft" fill: "#39455a", "#ccd5e2";
    "chevron" fill: "#1f3a5f", "#2d4f7c";
    "on-chevron" fill: "#ffffff", "#ffffff";
    "blank" fill: "#ffffff", "#1f2836";
    "thin" fill: "#e4e7ec", "#2b323d";
    "level-0" fill: "#fbf8ec", "#27303d";
    "level-1" fill: "#fdecc0", "#433a22";
    "level-2" fill: "#fbd58a", "#5f4717";
    "level-3" fill: "#f7ac63", "#7f3f14";
    "level-4" fill: "#b3261e", "#c5362b";
    "on-level-4" fill: "#ffffff", "#ffffff";
    "box" stroke: "#5a6778", "#8793a6";
    "hot-box" stroke: "#7a1610", "#ffb4a6";
    "chip" fill: "#ffffff", "#10151f";
    "on-chip" fill: "#1b2433", "#eef2f8";
    "hot-chip" fill: "#7a1610", "#ffd3c9";
    "on-hot-chip" fill: "#ffffff", "#3b0a06";
    "chip-icon" stroke: "#1b2433", "#eef2f8";
    "hot-chip-icon" stroke: "#ffffff", "#3b0a06";
    "main" stroke: "#64758f", "#8fa3c0";
    "back" stroke: "#6b46c1", "#b69cf2";
    "complaint" stroke: "#b3261e", "#ff8a7a";
    "main-head" fill: "#64758f", "#8fa3c0";
    "back-head" fill: "#ffffff", "#10151f";
    "complaint-head" fill: "#b3261e", "#ff8a7a";
    "good" fill: "#1f7a4d", "#3fae78";
    "neutral" fill: "#5a6778", "#9aa6b8";
    "bad" fill: "#a3261e", "#f0776a";
    "sign" stroke: "#ffffff", "#10151f";
    "curve" stroke: "#0f766e", "#2dd4bf";
    "middle" stroke: "#8a94a5", "#7c8798";
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts, and what they stand on.
    const PAIRS: [(&str, &[&str]); 6] = [
        ("ink", GROUNDS),
        ("soft", GROUNDS),
        ("on-chevron", &["chevron"]),
        ("on-level-4", &["level-4"]),
        ("on-chip", &["chip"]),
        ("on-hot-chip", &["hot-chip"]),
    ];
    const GROUNDS: &[&str] = &[
        "paper",
        "band-even",
        "band-odd",
        "blank",
        "thin",
        "level-0",
        "level-1",
        "level-2",
        "level-3",
    ];
    const LINES: [&str; 3] = ["main", "back", "complaint"];

    #[test]
    fn every_text_can_be_read_in_light_and_in_dark() {
        for (text, grounds) in PAIRS {
            for ground in grounds {
                for (text, ground) in tints(text).zip(tints(ground)) {
                    let contrast = contrast(text, ground);
                    assert!(contrast >= 4.5, "{text} on {ground}: {contrast:.2}");
                }
            }
        }
    }

    #[test]
    fn every_line_stands_out_from_what_is_behind_it() {
        for line in LINES {
            for ground in ["band-even", "band-odd"] {
                for (line, ground) in tints(line).zip(tints(ground)) {
                    let contrast = contrast(line, ground);
                    assert!(contrast >= 3.0, "{line} on {ground}: {contrast:.2}");
                }
            }
        }
    }

    /// In light and in dark.
    fn tints(class: &str) -> impl Iterator<Item = &'static str> {
        let tint = PALETTE.iter().find(|tint| tint.class == class).expect("a class of the sheet");
        [tint.light, tint.dark].into_iter()
    }

    /// WCAG 2.2, contrast ratio.
    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// WCAG 2.2, relative luminance.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let part = u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits");
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }
}
