//! Statements about many rows. `sqlx::QueryBuilder` writes `?` for `Any`, which PostgreSQL does not read.

use std::fmt::Write as _;

use sqlx::AssertSqlSafe;

/// Rows that one statement writes or asks for. SQLite looks each `$1` up in a list of all of them: with ten times as many
/// rows, nine tenths of the time went there.
pub(crate) const ROWS_AT_ONCE: usize = 50;

/// `{insert} VALUES ($1, $2), ($3, $4) {then}` for so many rows of so many columns.
pub(crate) fn insert_rows(
    insert: &str,
    (rows, columns): (usize, usize),
    then: &str,
) -> AssertSqlSafe<String> {
    with_rows(&format!("{insert} VALUES"), (0, rows, columns), then)
}

/// `{start} ($4, $5), ($6, $7) {then}` for so many rows of so many columns after the first `before` values.
pub(crate) fn with_rows(
    start: &str,
    (before, rows, columns): (usize, usize, usize),
    then: &str,
) -> AssertSqlSafe<String> {
    let mut sql = String::with_capacity(start.len() + rows * columns * 6 + then.len() + 16);
    sql.push_str(start);
    for row in 0..rows {
        sql.push_str(if row == 0 { " (" } else { ", (" });
        push_numbers(&mut sql, before + row * columns, columns);
        sql.push(')');
    }
    sql.push(' ');
    sql.push_str(then);
    AssertSqlSafe(sql)
}

/// `{select} ($3, $4, $5) {then}` for so many values after the first `before`.
pub(crate) fn select_in(select: &str, (before, values): (usize, usize), then: &str) -> AssertSqlSafe<String> {
    let mut sql = String::from(select);
    sql.push_str(" (");
    push_numbers(&mut sql, before, values);
    sql.push_str(") ");
    sql.push_str(then);
    AssertSqlSafe(sql)
}

fn push_numbers(sql: &mut String, before: usize, count: usize) {
    for number in before + 1..=before + count {
        // Writing to a string does not fail.
        let _ = write!(sql, "{}${number}", if number == before + 1 { "" } else { ", " });
    }
}
