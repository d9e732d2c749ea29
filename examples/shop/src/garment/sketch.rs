//! Cloth, light, seams and buttons: what every garment is drawn with.

use std::fmt::Write as _;

use devanture_demo::catalogue::Pattern;

use super::path::{mirrored, symmetric};

/// A drawing of 400 by 500 that grows piece by piece.
pub(super) struct Sketch {
    out: String,
    defs: String,
    clips: usize,
    /// 0 for black cloth, 1 for white.
    light: f64,
    pattern: Pattern,
}

/// A soft crease: where it runs, how wide, and how dark (or, below zero, how light).
pub(super) type Fold = (&'static str, f64, f64);

impl Sketch {
    pub(super) fn new(hex: &str, pattern: Pattern) -> Self {
        let channel = |at: usize| {
            f64::from(hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or(128))
        };
        let light = (0.299 * channel(1) + 0.587 * channel(3) + 0.114 * channel(5)) / 255.0;
        let mut defs = String::from(concat!(
            r##"<linearGradient id="sun" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".2"/>"##,
            r##"<stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#0b0920" stop-opacity=".2"/></linearGradient>"##,
            r#"<filter id="soft" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="3.2"/></filter>"#,
            r##"<filter id="lift" x="-20%" y="-20%" width="140%" height="150%"><feDropShadow dx="5" dy="11" stdDeviation="9" flood-color="#1d1a2b" flood-opacity=".27"/></filter>"##,
        ));
        motif(&mut defs, pattern, light);
        Self { out: String::new(), defs, clips: 0, light, pattern }
    }

    /// A piece of the cloth, with its folds. `tone` darkens it (above 0) or lightens it.
    pub(super) fn piece(&mut self, d: &str, tone: f64, folds: &[Fold]) {
        self.cloth(d, tone, folds, self.pattern != Pattern::Plain);
    }

    /// A piece without the cloth's pattern: linings, collars of another material, leather.
    pub(super) fn plain(&mut self, d: &str, tone: f64, folds: &[Fold]) {
        self.cloth(d, tone, folds, false);
    }

    /// [`Self::piece`] from a left half.
    pub(super) fn whole(&mut self, half: &str, tone: f64, folds: &[Fold]) {
        self.piece(&symmetric(half), tone, folds);
    }

    /// A left piece and its mirror image.
    pub(super) fn pair(&mut self, d: &str, tone: f64, folds: &[Fold]) {
        let first = self.out.len();
        self.piece(d, tone, folds);
        // The other side is the same drawing seen in a mirror, with the light from the same side.
        let drawn = self.out.split_off(first);
        let _ = write!(self.out, r#"{drawn}<g transform="matrix(-1 0 0 1 400 0)">{drawn}</g>"#);
    }

    /// The inside of a neck or hem: dark and flat.
    pub(super) fn inside(&mut self, d: &str) {
        self.plain(d, 0.34, &[]);
    }

    fn cloth(&mut self, d: &str, tone: f64, folds: &[Fold], patterned: bool) {
        self.clips += 1;
        let id = self.clips;
        let _ = write!(
            self.defs,
            r##"<path id="p{id}" d="{d}"/><clipPath id="c{id}"><use href="#p{id}"/></clipPath>"##
        );
        let _ = write!(self.out, r##"<use href="#p{id}" fill="currentColor"/>"##);
        if patterned {
            let _ = write!(self.out, r##"<use href="#p{id}" fill="url(#motif)"/>"##);
        }
        let _ = write!(self.out, r##"<use href="#p{id}" fill="url(#sun)"/>"##);
        if tone != 0.0 {
            let ink = if tone > 0.0 { "#0b0920" } else { "#fff" };
            let _ =
                write!(self.out, r##"<use href="#p{id}" fill="{ink}" fill-opacity="{:.2}"/>"##, tone.abs());
        }
        let _ = write!(self.out, r#"<g clip-path="url(#c{id})">"#);
        if !folds.is_empty() {
            self.out.push_str(r#"<g filter="url(#soft)" fill="none" stroke-linecap="round">"#);
            for &(d, width, dark) in folds {
                self.fold(d, width, dark);
            }
            self.out.push_str("</g>");
        }
        // Cloth turns away at its edge.
        let _ = write!(
            self.out,
            r##"<use href="#p{id}" fill="none" stroke="#0b0920" stroke-opacity="{:.2}" stroke-width="7" filter="url(#soft)"/></g>"##,
            0.1 + 0.16 * self.light
        );
    }

    fn fold(&mut self, d: &str, width: f64, dark: f64) {
        // Black cloth shows its folds by what shines, white cloth by what is in shadow.
        let (ink, strength) = if dark > 0.0 {
            ("#0b0920", dark * (0.6 + 0.3 * self.light))
        } else {
            ("#fff", -dark * (1.1 - 0.55 * self.light))
        };
        let _ = write!(
            self.out,
            r#"<path d="{d}" stroke="{ink}" stroke-opacity="{strength:.2}" stroke-width="{width}"/>"#
        );
    }

    fn ink(&self) -> (&'static str, f64) {
        if self.light < 0.3 { ("#fff", 0.3) } else { ("#0b0920", 0.36) }
    }

    /// Where two pieces are sewn together.
    pub(super) fn seam(&mut self, d: &str) {
        let (ink, opacity) = self.ink();
        let _ = write!(
            self.out,
            r#"<path d="{d}" fill="none" stroke="{ink}" stroke-opacity="{opacity}" stroke-width="1.5" stroke-linecap="round"/>"#
        );
    }

    /// [`Self::seam`] on both sides.
    pub(super) fn seams(&mut self, d: &str) {
        self.seam(d);
        self.seam(&mirrored(d));
    }

    /// A row of stitches, in a thread of `thread`'s colour or the cloth's own.
    pub(super) fn stitch(&mut self, d: &str, thread: Option<&str>) {
        let (ink, opacity) = thread.map_or_else(|| self.ink(), |thread| (thread, 0.9));
        let _ = write!(
            self.out,
            r#"<path d="{d}" fill="none" stroke="{ink}" stroke-opacity="{opacity}" stroke-width="1.3" stroke-dasharray="4 3"/>"#
        );
    }

    /// [`Self::stitch`] on both sides.
    pub(super) fn stitches(&mut self, d: &str, thread: Option<&str>) {
        self.stitch(d, thread);
        self.stitch(&mirrored(d), thread);
    }

    /// Ribbing between two heights: vertical lines inside a piece that was just drawn.
    pub(super) fn ribs(&mut self, d: &str, step: usize) {
        self.plain(d, 0.07, &[]);
        let id = self.clips;
        let (ink, opacity) = self.ink();
        let lines: String = (0..400).step_by(step).fold(String::new(), |mut lines, x| {
            let _ = write!(lines, "M{x} 0V500");
            lines
        });
        let _ = write!(
            self.out,
            r#"<path clip-path="url(#c{id})" d="{lines}" stroke="{ink}" stroke-opacity="{:.2}" stroke-width="1.6"/>"#,
            opacity * 0.6
        );
    }

    /// [`Self::ribs`] on both sides.
    pub(super) fn pair_of_ribs(&mut self, d: &str, step: usize) {
        self.ribs(d, step);
        self.ribs(&mirrored(d), step);
    }

    /// A sewn button with four holes.
    pub(super) fn button(&mut self, x: f64, y: f64, r: f64, fill: &str) {
        let _ = write!(
            self.out,
            r##"<g transform="translate({x} {y})"><circle cy="1.4" r="{r}" fill="#0b0920" fill-opacity=".35"/><circle r="{r}" fill="{fill}"/><circle r="{:.1}" fill="none" stroke="#fff" stroke-opacity=".4"/>"##,
            r * 0.68
        );
        let hole = r * 0.24;
        for (dx, dy) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
            let _ = write!(
                self.out,
                r##"<circle cx="{:.1}" cy="{:.1}" r="{:.1}" fill="#0b0920" fill-opacity=".6"/>"##,
                dx * hole,
                dy * hole,
                r * 0.11
            );
        }
        self.out.push_str("</g>");
    }

    /// Anything else, as SVG.
    pub(super) fn raw(&mut self, svg: &str) {
        self.out.push_str(svg);
    }

    /// Definitions, and the drawing, which takes its colour from `color`.
    pub(super) fn finish(self) -> (String, String) {
        (self.defs, self.out)
    }
}

/// The cloth's pattern, over the colour.
fn motif(defs: &mut String, pattern: Pattern, light: f64) {
    // On dark cloth the second colour is a light one, on light cloth a dark one.
    let ink = if light < 0.55 { "#fdf6e6" } else { "#22305a" };
    let soft = if light < 0.3 { ("#fff", 0.16) } else { ("#0b0920", 0.2) };
    let (ink_soft, alpha) = soft;
    let body = match pattern {
        Pattern::Plain => return,
        Pattern::Stripes => format!(
            r#"width="40" height="17" patternUnits="userSpaceOnUse"><path d="M0 4H40" stroke="{ink}" stroke-width="6.5"/>"#
        ),
        Pattern::Pinstripe => format!(
            r#"width="11" height="20" patternUnits="userSpaceOnUse"><path d="M5 0V20" stroke="{ink}" stroke-opacity=".34" stroke-width="1"/>"#
        ),
        Pattern::Checks => format!(
            r##"width="46" height="46" patternUnits="userSpaceOnUse"><path d="M0 11H46M11 0V46" stroke="#0b0920" stroke-opacity=".26" stroke-width="15"/><path d="M0 33H46M33 0V46" stroke="{ink}" stroke-opacity=".55" stroke-width="2.4"/><path d="M0 26H46M26 0V46" stroke="#e9b44c" stroke-opacity=".55" stroke-width="1.4"/>"##
        ),
        Pattern::Dots => format!(
            r#"width="22" height="22" patternUnits="userSpaceOnUse"><g fill="{ink}" fill-opacity=".88"><circle cx="5.5" cy="5.5" r="2.3"/><circle cx="16.5" cy="16.5" r="2.3"/></g>"#
        ),
        Pattern::Flowers => flowers(ink),
        Pattern::Rib => format!(
            r#"width="7" height="10" patternUnits="userSpaceOnUse"><path d="M3.5 0V10" stroke="{ink_soft}" stroke-opacity="{:.2}" stroke-width="2"/>"#,
            alpha * 0.8
        ),
        Pattern::Cable => format!(
            r##"width="50" height="30" patternUnits="userSpaceOnUse"><g fill="none" stroke="{ink_soft}" stroke-opacity="{alpha}" stroke-width="2.6"><path d="M14 0C14 12 36 18 36 30M36 0C36 6 30 10 27 13M23 17C20 20 14 24 14 30M25 0C25 8 30 10 33 14"/><path d="M4 0V30M46 0V30" stroke-width="1.6"/></g><g stroke="#fff" stroke-opacity=".2" stroke-width="2"><path d="M18 2C20 10 32 14 34 24" fill="none"/></g>"##
        ),
        Pattern::Herringbone => format!(
            r#"width="20" height="8" patternUnits="userSpaceOnUse"><path d="M0 8L10 0L20 8M0 4L5 0M15 0L20 4M5 8L10 4L15 8" fill="none" stroke="{ink_soft}" stroke-opacity="{alpha}" stroke-width="1.3"/>"#
        ),
    };
    let _ = write!(defs, r#"<pattern id="motif" {body}</pattern>"#);
}

fn flowers(ink: &str) -> String {
    let mut out = String::from(r#"width="64" height="64" patternUnits="userSpaceOnUse">"#);
    for (x, y, turn, colour, scale) in [
        (15, 16, 0, ink, 1.0),
        (47, 46, 36, "#f4c86a", 1.0),
        (46, 12, 18, "#f0a493", 0.72),
        (14, 47, 50, "#f0a493", 0.66),
    ] {
        let _ = write!(
            out,
            r#"<g transform="translate({x} {y}) rotate({turn}) scale({scale})" fill="{colour}">"#
        );
        for petal in 0..5 {
            let _ = write!(out, r#"<ellipse cy="-5" rx="3.2" ry="4.6" transform="rotate({})"/>"#, petal * 72);
        }
        out.push_str(r##"<circle r="2.6" fill="#8a4b1f"/></g>"##);
    }
    out.push_str(
        r##"<path d="M24 26q5 4 3 10M56 28q-6 3 -5 9" fill="none" stroke="#7c9a6b" stroke-width="1.8"/>"##,
    );
    out
}
