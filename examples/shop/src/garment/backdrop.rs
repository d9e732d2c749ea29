//! The coloured paper that garments lie on.

/// A sheet of paper: its colour and the shape cut out of another one that lies on it.
#[derive(Clone, Copy)]
struct Paper {
    sheet: &'static str,
    shape: &'static str,
}

const PAPERS: [Paper; 7] = [
    Paper { sheet: "#d5e2f0", shape: "#eaf1f7" },
    Paper { sheet: "#f4e3b0", shape: "#faf0d0" },
    Paper { sheet: "#f3d2ca", shape: "#f9e5df" },
    Paper { sheet: "#cfe2d3", shape: "#e3efe4" },
    Paper { sheet: "#dfd5ec", shape: "#ede7f5" },
    Paper { sheet: "#e5cbb4", shape: "#f1e0d0" },
    Paper { sheet: "#e6e4df", shape: "#f3f2ef" },
];

/// Papers that a colour stands out from, the best first.
fn suited(colour: &str) -> &'static [usize] {
    match colour {
        "ecru" | "blanc" => &[0, 3, 4, 5],
        "noir" | "gris" => &[1, 2, 0, 4],
        "marine" | "brut" | "ciel" => &[2, 1, 5],
        "encre" | "denim" => &[1, 5, 2],
        "sauge" | "olive" => &[2, 4, 1],
        "sapin" => &[2, 5, 4],
        "rouille" | "brique" => &[3, 0, 4],
        "poudre" | "framboise" => &[3, 0, 1],
        "lilas" => &[1, 3, 5],
        "moutarde" | "camel" | "chocolat" | "sable" => &[0, 4, 3],
        _ => &[6],
    }
}

fn paper(slug: &str, colour: &str) -> Paper {
    let choices = suited(colour);
    PAPERS[choices[sum(slug) % choices.len()]]
}

fn sum(slug: &str) -> usize {
    slug.bytes().fold(7usize, |sum, byte| (sum * 31 + usize::from(byte)) % 9973)
}

pub(super) fn backdrop(slug: &str, colour: &str) -> String {
    let Paper { sheet, shape, .. } = paper(slug, colour);
    let cut = match sum(slug) % 5 {
        0 => r#"<circle cx="200" cy="252" r="172"/>"#,
        1 => r#"<path d="M52 500V232a148 148 0 0 1 296 0V500Z"/>"#,
        2 => r#"<path d="M0 372C90 322 180 420 280 372S400 330 400 330V500H0Z"/>"#,
        3 => r#"<path d="M0 0H400V150L0 360Z"/>"#,
        _ => r#"<ellipse cx="200" cy="262" rx="150" ry="208"/>"#,
    };
    format!(r#"<path fill="{sheet}" d="M0 0H400V500H0Z"/><g fill="{shape}">{cut}</g>"#)
}
