//! Jackets and coats.

use super::{
    path::symmetric,
    sketch::{Fold, Sketch},
};

const HORN: &str = "#4a3428";

const SLEEVE: &str = "M122 92 C94 100 84 118 78 146 C66 204 56 276 50 350 C49 360 53 363 60 364 L92 368 C99 369 102 366 103 358 C110 300 118 250 128 206 Z";
const SLEEVE_FOLDS: &[Fold] = &[
    ("M112 130 C100 200 92 280 86 360", 10.0, 0.24),
    ("M84 160 C74 220 66 290 62 350", 9.0, -0.34),
    ("M70 236 C82 248 96 250 108 244", 7.0, 0.32),
    ("M66 262 C78 270 90 272 102 268", 6.0, 0.2),
];

/// Lapels from the neck down to `bottom` on the axis; the right one lies over the left.
fn lapels(s: &mut Sketch, width: f64, bottom: f64) {
    let x = 200.0 - width;
    let (notch, tip) = (bottom * 0.42 + 62.0, bottom * 0.42 + 78.0);
    for right in [false, true] {
        let at = |value: f64| if right { 400.0 - value } else { value };
        let outline = format!(
            "M{} 72 L{} {notch} L{} {tip} C{} {} {} {} {} {bottom} C{} {} {} 110 {} 72 Z",
            at(158.0),
            at(x + 24.0),
            at(x),
            at(x + 12.0),
            bottom - 52.0,
            at(182.0),
            bottom - 22.0,
            at(200.0),
            at(192.0),
            bottom - 60.0,
            at(176.0),
            at(168.0)
        );
        s.piece(&outline, -0.07, &[]);
        s.seam(&format!(
            "M{} {tip} C{} {} {} {} {} {bottom}",
            at(x),
            at(x + 12.0),
            bottom - 52.0,
            at(182.0),
            bottom - 22.0,
            at(200.0)
        ));
        let collar = format!(
            "M{} 62 C{} 74 {} 86 {} 100 L{} {} L{} {notch} C{} {} {} 92 {} 66 Z",
            at(168.0),
            at(174.0),
            at(178.0),
            at(182.0),
            at(180.0),
            notch - 8.0,
            at(x + 24.0),
            at(x + 18.0),
            notch - 18.0,
            at(150.0),
            at(158.0)
        );
        s.piece(&collar, -0.02, &[]);
        s.seam(&format!("M{} {} L{} {notch}", at(180.0), notch - 8.0, at(x + 24.0)));
    }
}

pub(super) fn blazer(s: &mut Sketch) {
    s.pair(SLEEVE, 0.05, SLEEVE_FOLDS);
    // A shirt underneath, so that the lapels have something to frame.
    s.raw(r##"<path d="M164 70C184 82 216 82 236 70L204 262H196Z" fill="#f4f2ec"/><path d="M200 92V260" stroke="#0b0920" stroke-opacity=".16"/><path d="M166 68L200 100L184 126L158 84ZM234 68L200 100L216 126L242 84Z" fill="#fffdf8" stroke="#0b0920" stroke-opacity=".14"/>"##);
    let front = "M158 74 L120 92 C116 130 124 170 130 210 C132 260 128 330 122 420 C122 428 126 431 134 432 C160 434 184 428 196 408 C202 396 204 380 204 360 L204 262 C190 200 172 130 166 72 Z";
    s.piece(
        &super::path::mirrored(front),
        0.03,
        &[
            ("M270 210 C262 260 268 340 272 424", 11.0, 0.3),
            ("M240 260 C236 320 244 380 240 426", 11.0, -0.2),
        ],
    );
    s.piece(
        front,
        0.0,
        &[
            ("M130 210 C140 260 134 340 130 424", 11.0, 0.28),
            ("M160 250 C166 320 158 380 162 426", 11.0, -0.26),
            ("M204 266 L204 380", 8.0, 0.3),
        ],
    );
    s.seams("M121 94 C118 130 124 170 130 210");
    s.seams("M152 214 C156 260 152 300 150 338");
    lapels(s, 70.0, 264.0);
    for d in ["M136 330 L184 336 L183 352 L135 346 Z", "M264 330 L216 336 L217 352 L265 346 Z"] {
        s.piece(d, -0.04, &[]);
        s.seam(d);
    }
    s.seam("M226 188 L258 180");
    s.seam("M227 194 L259 186");
    s.button(200.0, 280.0, 7.0, HORN);
    for (x, y) in [(92.0, 352.0), (92.0, 341.0), (308.0, 352.0), (308.0, 341.0)] {
        s.button(x, y, 3.4, HORN);
    }
}

/// What shows between the lapels: the lining behind, and a roll neck.
fn neck(s: &mut Sketch, bottom: f64) {
    s.inside(&format!("M160 66 C180 76 220 76 240 66 L206 {bottom} L194 {bottom} Z"));
    s.raw(&format!(
        r##"<path d="M172 60C182 54 218 54 228 60L230 92L202 {0}H198L170 92Z" fill="#efe8da"/><path d="M172 60C182 54 218 54 228 60L229 84C214 94 186 94 171 84Z" fill="#f7f2e7"/><path d="M180 58V87M188 57V89M196 56V90M204 56V90M212 57V89M220 58V87M171 84C186 94 214 94 229 84" fill="none" stroke="#0b0920" stroke-opacity=".16" stroke-width="1.4"/><path d="M176 96L199 {0}M224 96L201 {0}" stroke="#0b0920" stroke-opacity=".3" stroke-width="9" filter="url(#soft)"/>"##,
        bottom - 4.0
    ));
}

const COAT: &str = "200 74 L 158 74 L 120 92 C 114 130 122 170 128 206 C 126 280 116 370 106 452 C 105 459 109 462 116 463 L 200 466";
const COAT_FOLDS: &[Fold] = &[
    ("M130 210 C138 290 128 380 122 460", 12.0, 0.3),
    ("M270 210 C262 290 272 380 278 460", 12.0, 0.34),
    ("M162 270 C160 340 154 400 150 462", 12.0, -0.28),
    ("M236 290 C240 350 246 410 250 462", 13.0, 0.18),
    ("M222 260 C222 340 226 400 226 462", 9.0, -0.16),
];

pub(super) fn coat(s: &mut Sketch) {
    s.pair(SLEEVE, 0.05, SLEEVE_FOLDS);
    s.whole(COAT, 0.0, COAT_FOLDS);
    s.seams("M121 94 C116 130 122 170 128 206");
    s.seam("M222 236 C222 320 224 400 224 465");
    neck(s, 236.0);
    lapels(s, 76.0, 236.0);
    for y in [258.0, 304.0, 350.0] {
        s.button(180.0, y, 8.0, HORN);
        s.button(214.0, y, 8.0, HORN);
    }
    for d in ["M130 318 L164 312 L165 326 L131 332 Z", "M270 318 L236 312 L235 326 L269 332 Z"] {
        s.piece(d, -0.05, &[]);
        s.seam(d);
    }
}

pub(super) fn trench(s: &mut Sketch) {
    s.pair(SLEEVE, 0.05, SLEEVE_FOLDS);
    s.whole(
        "200 74 L 158 74 L 120 92 C 114 130 122 170 130 206 C 132 230 134 250 134 268 C 122 330 108 400 98 450 C 97 457 101 460 108 461 L 200 466",
        0.0,
        &[
            ("M136 276 C132 340 124 400 116 460", 12.0, 0.3),
            ("M264 276 C268 340 276 400 284 460", 12.0, 0.34),
            ("M164 280 C160 340 150 400 148 460", 12.0, -0.3),
            ("M240 280 C246 340 254 400 256 462", 12.0, -0.2),
            ("M184 282 C182 340 178 400 178 464", 9.0, 0.2),
            ("M140 262 C160 250 170 240 172 228", 7.0, 0.22),
            ("M260 262 C240 250 230 240 228 228", 7.0, 0.22),
        ],
    );
    s.seams("M121 94 C116 130 124 170 130 206");
    // Storm flap, on one side as they are.
    s.piece(
        "M242 78 L279 94 C282 122 278 150 272 178 C256 188 238 190 222 184 Z",
        -0.03,
        &[("M272 176 C256 186 238 188 222 182", 6.0, 0.28)],
    );
    s.seam("M272 178 C256 188 238 190 222 184");
    neck(s, 226.0);
    lapels(s, 78.0, 226.0);
    s.pair("M116 95 L150 80 L156 90 L122 106 Z", -0.06, &[]);
    s.button(149.0, 87.0, 3.6, HORN);
    s.button(251.0, 87.0, 3.6, HORN);
    for y in [240.0, 312.0, 358.0] {
        s.button(180.0, y, 7.0, HORN);
        s.button(222.0, y, 7.0, HORN);
    }
    // Belt.
    s.piece(
        "M132 262 C170 272 230 272 268 262 L269 282 C230 292 170 292 131 282 Z",
        -0.04,
        &[("M132 284 C170 294 230 294 268 284", 6.0, 0.3)],
    );
    s.stitch("M133 266 C170 276 230 276 267 266", None);
    s.stitch("M133 278 C170 288 230 288 267 278", None);
    s.piece("M212 270 C230 300 236 330 234 366 L252 362 C254 326 244 296 228 266 Z", -0.06, &[]);
    s.raw(&format!(r#"<rect x="188" y="263" width="28" height="27" rx="4" fill="none" stroke="{HORN}" stroke-width="5"/>"#));
    s.pair("M56 322 L108 330 L106 344 L54 336 Z", -0.05, &[]);
    s.seams("M138 330 L160 372");
    s.seams("M146 327 L168 369");
}

pub(super) fn puffer(s: &mut Sketch) {
    s.piece(
        &symmetric("200 28 C 160 28 138 56 140 96 C 142 120 164 132 200 132"),
        0.1,
        &[("M200 28 C176 50 168 80 172 120", 9.0, 0.26), ("M160 50 C150 74 150 96 156 116", 9.0, -0.34)],
    );
    s.inside(&symmetric("200 54 C 176 54 164 72 166 100 C 168 114 182 122 200 122"));
    let sleeve_rows: [&str; 6] = [
        "M124 104 C96 106 78 122 76 148 C90 160 116 160 130 150 Z",
        "M76 148 C64 162 62 180 64 194 C80 206 110 204 124 194 C130 180 132 164 130 150 C116 160 90 160 76 148 Z",
        "M64 194 C54 208 54 226 57 238 C72 250 102 248 116 238 C122 224 126 208 124 194 C110 204 80 206 64 194 Z",
        "M57 238 C48 252 48 270 51 282 C66 293 94 292 108 282 C114 268 118 252 116 238 C102 248 72 250 57 238 Z",
        "M51 282 C44 296 44 312 47 324 C60 334 88 333 101 324 C107 312 110 296 108 282 C94 292 66 293 51 282 Z",
        "M47 324 C44 336 46 346 52 352 C64 358 84 358 95 352 C100 344 102 334 101 324 C88 333 60 334 47 324 Z",
    ];
    for row in sleeve_rows {
        s.pair(row, 0.03, &[]);
    }
    s.pair_of_ribs("M54 350 C66 358 82 358 94 350 L92 370 C80 376 66 376 56 370 Z", 5);
    // Each row of quilting bulges over the one below.
    let (mut top, rows) = (96.0, [48.0, 50.0, 50.0, 50.0, 50.0, 48.0]);
    for (index, height) in rows.into_iter().enumerate() {
        let (left, next): (f64, f64) = if index == 0 { (136.0, 118.0) } else { (118.0, 118.0) };
        let bottom: f64 = top + height;
        let d = symmetric(&format!(
            "200 {} C 176 {} 150 {} {left} {top} C {} {} {} {} {next} {bottom} C 146 {} 176 {} 200 {}",
            top + 8.0,
            top + 8.0,
            top + 6.0,
            left - 14.0,
            top + height * 0.3,
            next - 8.0,
            top + height * 0.75,
            bottom + 6.0,
            bottom + 8.0,
            bottom + 8.0
        ));
        s.piece(&d, 0.0, &[]);
        for (from, to, dark) in [(130, 180, -0.4), (214, 256, -0.26)] {
            let y = top + 19.0;
            s.raw(&format!(
                r##"<path d="M{from} {y}Q{} {} {to} {y}" fill="none" stroke="#fff" stroke-opacity="{:.2}" stroke-width="7" stroke-linecap="round" filter="url(#soft)"/>"##,
                i32::midpoint(from, to), y + 7.0, -dark
            ));
        }
        for x in [128, 148, 172, 226, 250, 270] {
            s.raw(&format!(r##"<path d="M{x} {}l4 -9" stroke="#0b0920" stroke-opacity=".2" stroke-width="2.4" stroke-linecap="round"/>"##, bottom + 4.0));
        }
        top = bottom;
    }
    s.ribs(&symmetric("200 396 C 170 396 140 395 119 390 C 118 404 120 414 124 420 L 200 425"), 6);
    s.raw(r##"<path d="M200 128V424" stroke="#0b0920" stroke-opacity=".4" stroke-width="7"/><path d="M200 128V424" stroke="#e8e4da" stroke-width="2.6" stroke-dasharray="2.6 2.4"/><rect x="195.500" y="140" width="9" height="17" rx="3" fill="#e8e4da"/>"##);
}
