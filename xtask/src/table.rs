//! Plain text tables for the terminal.

use comfy_table::{CellAlignment, Table, presets};

/// Aligns rows of cells: the first column to the left, the others to the right.
pub fn align<Row: IntoIterator<Item = String>>(rows: impl IntoIterator<Item = Row>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).add_rows(rows);
    for (nth, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        column.set_cell_alignment(if nth == 0 { CellAlignment::Left } else { CellAlignment::Right });
    }
    table.trim_fmt() + "\n"
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_line_up() {
        let rows = [["part", "s"], ["core", "12.5"], ["ui", "2"]].map(|row| row.map(str::to_owned));
        assert_eq!(super::align(rows), "part     s\ncore  12.5\nui       2\n");
    }
}
