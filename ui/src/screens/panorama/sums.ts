// The heat map with its totals. The product counts; this only adds up, so that what is shown sums to the total.
import type { Cell, Panorama } from '../../api/bindings';

export interface Heat {
  columns: string[];
  rows: { code: string; cells: Cell[]; sum: Cell }[];
  sums: Cell[];
  total: Cell;
  /** The fullest cell that states both industry and stage, to scale the shades. */
  fullest: number;
}

const add = (a: Cell, b: Cell): Cell => ({ printed: a.printed + b.printed, inferred: a.inferred + b.inferred });
const zero: Cell = { printed: 0, inferred: 0 };

/** What a cell shows: all of its records, or those that the source prints. */
export const shown = (cell: Cell, printed: boolean): number => cell.printed + (printed ? 0 : cell.inferred);

/** Whether a list can show just the records that count: no filter leaves out those of a cell that were concluded. */
export const listable = (cell: Cell, printed: boolean): boolean => !printed || cell.inferred === 0;

export function heatOf(panorama: Panorama, printed: boolean): Heat {
  const rows = panorama.rows.map((code, row) => {
    const cells = panorama.columns.map((_, column) => panorama.cells[row]?.[column] ?? zero);
    return { code, cells, sum: cells.reduce(add, zero) };
  });
  const sums = panorama.columns.map((_, column) =>
    rows.reduce((sum, row) => add(sum, row.cells[column] ?? zero), zero),
  );
  const stated = rows
    .filter((row) => row.code !== 'none')
    .flatMap((row) => row.cells.filter((_, column) => panorama.columns[column] !== 'none'));
  return {
    columns: panorama.columns,
    rows,
    sums,
    total: sums.reduce(add, zero),
    fullest: Math.max(1, ...stated.map((cell) => shown(cell, printed))),
  };
}

/** The shade of a number, 0 to 5. The root spreads small numbers, which most cells hold. */
export const shade = (n: number, fullest: number): number =>
  n <= 0 ? 0 : Math.min(5, Math.max(1, Math.ceil(5 * Math.sqrt(n / fullest))));
