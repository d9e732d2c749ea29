//! Shoes, bags, scarves, hats.

use super::sketch::Sketch;

const BRASS: &str = "#c9a24f";

pub(super) fn sneaker(s: &mut Sketch) {
    s.raw(r#"<g transform="translate(6 20)">"#);
    s.inside("M262 176 C290 168 324 168 346 180 C350 196 346 214 340 226 L268 222 Z");
    s.plain(
        "M44 300 C42 272 60 256 92 246 C132 234 168 206 196 178 C204 168 216 164 228 168 C246 176 262 180 280 200 C300 196 326 190 346 178 C356 176 360 184 360 196 C362 230 364 266 360 300 C300 316 120 318 44 300 Z",
        0.0,
        &[
            ("M60 284 C110 262 150 250 190 214", 12.0, -0.34),
            ("M200 210 C214 230 230 244 250 252", 8.0, 0.24),
            ("M346 200 C340 240 344 270 348 296", 10.0, 0.22),
            ("M44 300 C120 314 300 312 360 298", 12.0, 0.28),
        ],
    );
    // Toe cap, quarter and heel.
    s.plain(
        "M44 300 C42 272 60 256 96 246 C116 258 122 282 118 306 C90 306 62 304 44 300 Z",
        -0.08,
        &[("M96 250 C114 262 120 284 116 306", 6.0, 0.22)],
    );
    s.stitch("M102 248 C122 262 127 284 123 306", None);
    s.plain("M326 186 C334 182 342 180 348 178 C356 176 360 184 360 196 C362 230 364 266 360 300 L326 305 C318 264 318 220 326 186 Z", 0.18, &[]);
    s.stitch("M320 190 C312 224 312 264 320 304", None);
    s.seam("M222 190 C244 220 262 250 270 308");
    s.stitch("M228 190 C250 220 268 250 276 308", None);
    // Tongue and laces.
    s.plain(
        "M196 178 C200 158 214 146 232 150 C248 154 258 164 264 178 L246 186 C230 176 212 174 196 178 Z",
        -0.06,
        &[("M204 172 C216 164 232 164 248 176", 6.0, 0.24)],
    );
    for (x, y) in [(186, 190), (166, 208), (146, 224), (126, 236)] {
        s.raw(&format!(
            r##"<path d="M{x} {y}q18 4 34 20" fill="none" stroke="#0b0920" stroke-opacity=".3" stroke-width="7" stroke-linecap="round" transform="translate(0 2)"/><path d="M{x} {y}q18 4 34 20" fill="none" stroke="#faf8f3" stroke-width="6" stroke-linecap="round"/>"##
        ));
    }
    // Sole.
    s.raw(r##"<path d="M38 296C120 314 290 314 362 294C368 304 368 320 362 330C356 338 340 340 320 340H78C52 340 38 332 36 318C35 310 36 302 38 296Z" fill="#f6f1e4"/><path d="M38 322C120 334 290 334 364 318C366 324 365 328 362 332C356 339 340 341 320 341H78C54 341 40 334 38 322Z" fill="#cf9a5b"/><path d="M42 304C120 320 290 320 360 302" fill="none" stroke="#0b0920" stroke-opacity=".3" stroke-dasharray="5 4" stroke-width="1.500"/></g>"##);
}

pub(super) fn boot(s: &mut Sketch) {
    s.raw(r#"<g transform="translate(2 4)">"#);
    s.inside("M176 96 C204 88 272 88 300 96 L298 124 L180 124 Z");
    s.plain(
        "M176 98 C204 110 272 110 300 98 C304 170 300 240 306 300 C310 330 316 352 314 382 L218 382 C190 384 120 386 74 384 C64 380 62 366 68 354 C80 334 112 328 142 316 C166 306 180 290 184 266 C188 220 182 160 176 98 Z",
        0.0,
        &[
            ("M196 120 C206 190 206 250 196 290", 16.0, -0.36),
            ("M290 110 C288 200 292 300 302 380", 12.0, 0.26),
            ("M182 280 C196 298 220 306 246 306", 8.0, 0.26),
            ("M86 360 C120 344 156 336 184 316", 12.0, -0.4),
            ("M74 382 C140 374 240 376 312 372", 10.0, 0.26),
        ],
    );
    // Elastic side.
    s.ribs("M226 112 C240 113 256 113 268 110 C272 180 268 246 252 286 C240 290 232 284 228 268 C218 220 222 170 226 112 Z", 5);
    s.stitch("M219 112 C215 170 211 222 222 272 C228 292 242 298 257 292", None);
    s.stitch("M275 110 C279 180 276 250 258 291", None);
    s.seam("M178 300 C210 322 270 326 308 318");
    s.plain("M228 84 C232 70 252 70 256 84 L254 116 L230 116 Z", -0.1, &[]);
    s.raw(r##"<path d="M66 382C120 390 240 386 316 380C318 388 316 394 314 398C240 404 120 404 76 400C66 398 62 390 66 382Z" fill="#241b18"/><path d="M226 394L316 388C318 410 314 424 312 436C284 440 254 440 240 436C242 420 236 406 226 394Z" fill="#33261f"/><path d="M240 410L312 406M241 420L312 417" stroke="#fff" stroke-opacity=".12" stroke-width="2"/></g>"##);
}

pub(super) fn handbag(s: &mut Sketch) {
    s.raw(r##"<g fill="none" stroke-linecap="round"><path d="M92 232C90 110 140 62 200 62S310 110 308 232" stroke="#0b0920" stroke-opacity=".3" stroke-width="15" transform="translate(0 3)"/><path d="M92 232C90 110 140 62 200 62S310 110 308 232" stroke="currentColor" stroke-width="14"/><path d="M92 232C90 110 140 62 200 62S310 110 308 232" stroke="#0b0920" stroke-opacity=".22" stroke-width="14"/><path d="M96 226C96 112 144 66 200 66S304 112 304 226" stroke="#fff" stroke-opacity=".3" stroke-width="1.500" stroke-dasharray="5 4"/></g>"##);
    s.plain(
        "M74 232 C74 214 86 206 104 206 L296 206 C314 206 326 214 326 232 L338 388 C340 410 330 422 308 422 L92 422 C70 422 60 410 62 388 Z",
        0.08,
        &[("M70 400 C150 416 250 416 330 400", 14.0, 0.26), ("M80 240 C84 300 76 360 72 400", 12.0, -0.3)],
    );
    s.stitch("M70 392 C70 408 78 414 94 414 L306 414 C322 414 330 408 330 392", None);
    s.plain(
        "M72 226 C72 210 84 202 102 202 L298 202 C316 202 328 210 328 226 C332 266 330 300 316 322 C304 340 262 350 200 350 C138 350 96 340 84 322 C70 300 68 266 72 226 Z",
        -0.02,
        &[("M84 322 C110 344 290 344 316 322", 9.0, 0.26), ("M110 214 C106 260 112 300 124 328", 22.0, -0.24), ("M80 214 C150 222 250 222 320 214", 10.0, -0.26)],
    );
    s.stitch("M80 226 C78 270 80 298 92 316 C106 332 150 341 200 341 C250 341 294 332 308 316 C320 298 322 270 320 226", None);
    s.raw(&format!(
        r##"<g><path d="M184 318h32v58a16 16 0 0 1-32 0Z" fill="currentColor"/><path d="M184 318h32v58a16 16 0 0 1-32 0Z" fill="#0b0920" fill-opacity=".18"/><rect x="177" y="332" width="46" height="34" rx="8" fill="none" stroke="#0b0920" stroke-opacity=".35" stroke-width="7" transform="translate(0 2)"/><rect x="177" y="332" width="46" height="34" rx="8" fill="none" stroke="{BRASS}" stroke-width="6"/><path d="M180 337Q200 331 218 335" fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="2"/><circle cx="200" cy="380" r="4" fill="{BRASS}"/><circle cx="92" cy="230" r="10" fill="none" stroke="{BRASS}" stroke-width="5"/><circle cx="308" cy="230" r="10" fill="none" stroke="{BRASS}" stroke-width="5"/></g>"##
    ));
}

pub(super) fn tote(s: &mut Sketch) {
    s.raw(r##"<g fill="none" stroke-linecap="round"><path d="M150 196C146 60 254 60 250 196" stroke="currentColor" stroke-width="17"/><path d="M150 196C146 60 254 60 250 196" stroke="#0b0920" stroke-opacity=".38" stroke-width="17"/></g>"##);
    s.inside("M86 170 C140 182 260 182 314 170 L310 206 L90 206 Z");
    s.piece(
        "M84 172 C140 190 260 190 316 172 C322 256 330 340 332 424 C332 432 328 436 320 436 L80 436 C72 436 68 432 68 424 C70 340 78 256 84 172 Z",
        0.0,
        &[
            ("M96 200 C104 280 90 350 84 430", 14.0, 0.22),
            ("M140 200 C150 280 140 360 136 434", 16.0, -0.34),
            ("M300 200 C292 280 310 350 314 430", 14.0, 0.28),
            ("M236 200 C230 280 246 350 240 432", 14.0, 0.16),
            ("M70 426 C150 414 250 414 330 426", 12.0, 0.24),
        ],
    );
    s.stitch("M84 186 C140 204 260 204 316 186", None);
    s.raw(r##"<g fill="none" stroke-linecap="round"><path d="M146 260C136 96 264 96 254 260" stroke="#0b0920" stroke-opacity=".28" stroke-width="18" transform="translate(2 4)"/><path d="M146 260C136 96 264 96 254 260" stroke="currentColor" stroke-width="18"/><path d="M146 260C136 96 264 96 254 260" stroke="#0b0920" stroke-opacity=".14" stroke-width="18"/><path d="M140 258C130 88 270 88 260 258M152 258C142 106 258 106 248 258" stroke="#fff" stroke-opacity=".4" stroke-width="1.300" stroke-dasharray="4 3"/></g>"##);
}

pub(super) fn scarf(s: &mut Sketch) {
    // Behind the knot, then the two ends.
    s.piece(
        "M130 120 C132 66 268 66 270 120 C272 158 244 176 200 176 C156 176 128 158 130 120 Z",
        0.2,
        &[("M150 90 C180 74 220 74 250 90", 10.0, 0.3)],
    );
    for (d, fold, fringe) in [
        (
            "M206 150 C244 210 268 290 276 396 L206 404 C204 320 196 240 176 176 Z",
            "M212 180 C236 260 244 330 246 398",
            (206.0, 276.0, 404.0, 396.0),
        ),
        (
            "M194 146 C172 220 158 300 152 430 L76 420 C86 310 112 220 150 140 Z",
            "M170 180 C136 260 122 340 116 424",
            (76.0, 152.0, 420.0, 430.0),
        ),
    ] {
        s.piece(
            d,
            0.0,
            &[
                (fold, 14.0, 0.22),
                ("M150 190 C116 280 104 350 98 420", 10.0, -0.3),
                ("M222 190 C256 270 262 340 266 396", 9.0, -0.26),
            ],
        );
        let (left, right, from, to) = fringe;
        for strand in 0..12u8 {
            let share = f64::from(strand) / 11.0;
            let x = left + (right - left) * share;
            let y = from + (to - from) * share - 2.0;
            s.raw(&format!(
                r##"<path d="M{x:.0} {y:.0}q{} 16 -1 34" fill="none" stroke="currentColor" stroke-width="3.600" stroke-linecap="round"/><path d="M{x:.0} {y:.0}q{} 16 -1 34" fill="none" stroke="#0b0920" stroke-opacity=".22" stroke-width="1.200"/>"##,
                if strand % 2 == 0 { 3 } else { -3 },
                if strand % 2 == 0 { 3 } else { -3 }
            ));
        }
    }
    s.piece(
        "M126 112 C150 134 250 134 274 112 C284 132 282 158 268 172 C236 192 166 192 134 172 C118 158 116 132 126 112 Z",
        -0.03,
        &[("M130 130 C170 158 230 158 270 130", 9.0, 0.28), ("M136 156 C176 178 226 178 264 156", 8.0, 0.22), ("M132 122 C170 144 230 144 268 122", 7.0, -0.3)],
    );
    s.piece("M166 128 C186 122 204 130 210 148 C212 172 204 192 186 198 C166 196 152 182 152 162 C152 146 156 134 166 128 Z", 0.04, &[("M172 136 C160 152 160 176 176 192", 7.0, 0.26), ("M190 132 C202 146 204 170 192 190", 6.0, -0.3)]);
}

pub(super) fn beret(s: &mut Sketch) {
    s.raw(r#"<g transform="rotate(-9 200 260)">"#);
    s.plain("M128 316 C176 330 222 328 260 318 C264 326 263 334 258 338 C220 350 170 350 132 336 C126 330 125 322 128 316 Z", 0.24, &[]);
    s.stitch("M130 323 C176 337 222 335 260 325", None);
    s.plain(
        "M58 266 C60 190 130 150 208 152 C290 154 348 200 346 262 C344 304 300 322 262 328 C214 336 150 336 112 322 C80 310 58 296 58 266 Z",
        0.0,
        &[
            ("M90 250 C110 196 170 176 230 180", 26.0, -0.4),
            ("M70 280 C120 318 280 318 336 272", 16.0, 0.3),
            ("M206 160 C250 190 290 230 320 286", 9.0, 0.2),
            ("M204 160 C180 210 160 260 150 320", 8.0, 0.18),
            ("M200 160 C150 190 110 230 84 284", 8.0, 0.14),
        ],
    );
    s.raw(r##"<path d="M206 154C204 140 210 130 218 124" fill="none" stroke="currentColor" stroke-width="7" stroke-linecap="round"/><path d="M206 154C204 140 210 130 218 124" fill="none" stroke="#0b0920" stroke-opacity=".25" stroke-width="7" stroke-linecap="round"/></g>"##);
}
