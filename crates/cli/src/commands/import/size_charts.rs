//! `devanture import size-charts FILE`

use std::{io::Read as _, path::PathBuf, process::ExitCode};

use clap::Args;
use devanture_domain::size::{Chart, Dimension, Range, Row, parse_range};
use devanture_server::{Clock as _, SystemClock};
use devanture_storage::SizeChart;

use super::{SOME_BAD, ensure_tenant};
use crate::commands::{CommandError, open};

/// More is no file of size charts.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

#[derive(Debug, Args)]
pub(crate) struct SizeCharts {
    /// The CSV file (comma, semicolon or tab): columns brand, category, size, and a column for each of height, chest, underbust, waist,
    /// hip, `inside_leg`, neck and foot that there is, in centimetres (84-88). Sizes of a chart stand together, from the smallest.
    file: PathBuf,
    /// Whose charts these are; created when new.
    #[arg(long)]
    tenant: String,
}

pub(super) async fn run(location: &str, arguments: SizeCharts) -> Result<ExitCode, CommandError> {
    let name = arguments.file.display().to_string();
    let said = |error: &dyn std::fmt::Display| CommandError::said(format!("{name}: {error}"));
    let mut text = String::new();
    let file = std::fs::File::open(&arguments.file).map_err(|error| said(&error))?;
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|error| said(&error))?;
    if text.len() as u64 > MAX_BYTES {
        return Err(said(&"is longer than 4 MB: is it a file of size charts?"));
    }
    let read = read(&text).map_err(|error| said(&error))?;
    for bad in &read.bad {
        eprintln!("{name}:{bad}");
    }
    let database = open(location).await?;
    ensure_tenant(&database, &arguments.tenant).await?;
    let mut repository = database.write().await?;
    for chart in &read.charts {
        repository.put_size_chart(&arguments.tenant, chart, SystemClock.now()).await?;
    }
    repository.save().await?;
    database.close().await;
    println!("{} charts taken in, {} refused", read.charts.len(), read.refused);
    Ok(if read.bad.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(SOME_BAD) })
}

/// What a file says.
#[derive(Debug, Default)]
struct Read {
    charts: Vec<SizeChart>,
    /// Each with the line that it is about.
    bad: Vec<String>,
    refused: usize,
}

/// The rows of one brand and category.
struct Open {
    brand: Option<String>,
    category: Option<String>,
    line: u64,
    rows: Vec<Row>,
    is_bad: bool,
}

fn read(text: &str) -> Result<Read, String> {
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or_default();
    let delimiter =
        [b';', b'\t', b','].into_iter().max_by_key(|sign| header.bytes().filter(|byte| byte == sign).count());
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let at = |name: &str| header.iter().position(|column| column.trim().eq_ignore_ascii_case(name));
    let size = at("size").ok_or("there is no column size: name it in the first line")?;
    let measured: Vec<(usize, Dimension)> =
        Dimension::ALL.iter().filter_map(|(dimension, name)| Some((at(name)?, *dimension))).collect();
    if measured.is_empty() {
        let names: Vec<&str> = Dimension::ALL.iter().map(|(_, name)| *name).collect();
        return Err(format!("no column is a measurement: name one {}", names.join(", ")));
    }
    let (brand, category) = (at("brand"), at("category"));
    let mut out = Read::default();
    let mut open: Option<Open> = None;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                out.bad.push(format!("{}: {error}", error.position().map_or(0, csv::Position::line)));
                if let Some(open) = &mut open {
                    open.is_bad = true;
                }
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: usize| record.get(at).map(str::trim).filter(|text| !text.is_empty());
        let named = |at: Option<usize>| at.and_then(cell).map(ToOwned::to_owned);
        let of = (named(brand), named(category));
        if open.as_ref().is_none_or(|open| (&open.brand, &open.category) != (&of.0, &of.1)) {
            close(open.take(), &mut out);
            open = Some(Open { brand: of.0, category: of.1, line, rows: Vec::new(), is_bad: false });
        }
        let Some(open) = &mut open else { continue };
        let mut ranges = Vec::new();
        for (column, dimension) in &measured {
            let Some(text) = cell(*column) else { continue };
            if let Some((from, to)) = parse_range(text) {
                ranges.push(Range { dimension: *dimension, from, to });
            } else {
                open.is_bad = true;
                let text: String = text.chars().take(40).collect();
                out.bad.push(format!(
                    "{line}: {} “{text}” is not in centimetres: write 84-88, or 84.5",
                    dimension.name()
                ));
            }
        }
        open.rows.push(Row { label: cell(size).unwrap_or_default().to_owned(), ranges });
    }
    close(open, &mut out);
    Ok(out)
}

/// A chart with one bad row is refused whole: without that size it would have a gap.
fn close(open: Option<Open>, out: &mut Read) {
    let Some(Open { brand, category, line, rows, is_bad }) = open else { return };
    if is_bad {
        out.refused += 1;
        return;
    }
    let same = |one: &SizeChart| one.brand == brand && one.category == category;
    if out.charts.iter().any(same) {
        out.refused += 1;
        out.bad
            .push(format!("{line}: this brand and category stood before: put the sizes of a chart together"));
        return;
    }
    match Chart::checked(rows) {
        Ok(chart) => out.charts.push(SizeChart { brand, category, chart }),
        Err(wrong) => {
            out.refused += 1;
            out.bad.extend(wrong.iter().map(|error| format!("{line}: {error}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_by_brand_and_category() {
        let file = "\u{feff}Brand;Category;Size;Chest;Waist\nLormelle;women;38;84-88;66-70\nLormelle;women;40;88-92;70-74\n;;M;90–98;\n";
        let read = read(file).unwrap();
        assert_eq!((read.charts.len(), read.refused), (2, 0), "{:?}", read.bad);
        assert_eq!(read.charts[0].brand.as_deref(), Some("Lormelle"));
        assert_eq!(read.charts[0].chart.rows()[1].range(Dimension::Waist).unwrap().from, 700);
        assert_eq!((read.charts[1].brand.as_deref(), read.charts[1].category.as_deref()), (None, None));
    }

    #[test]
    fn a_bad_chart_is_told_by_its_line_and_the_rest_goes_in() {
        let file = "brand,size,chest\nA,38,84-86\nA,40,90-92\nB,38,eighty\nB,40,88-92\nC,38,84-88\nD,38,84-88\nC,40,88-92\n";
        let read = read(file).unwrap();
        assert_eq!((read.charts.len(), read.refused), (2, 3));
        let bad = read.bad.join("\n");
        assert!(bad.contains("4: chest “eighty” is not in centimetres"), "{bad}");
        assert!(bad.contains("8: this brand and category stood before"), "{bad}");
        assert!(bad.contains("2: there is a gap between 38 and 40 in chest"), "{bad}");
    }

    #[test]
    fn no_file_of_size_charts() {
        assert!(read("").unwrap_err().contains("no column size"));
        assert!(read("size,colour\n38,red\n").unwrap_err().contains("name one height, chest"));
        assert!(read("size,chest\n38,84-88,3\n").unwrap().bad[0].starts_with("2: "));
    }
}
