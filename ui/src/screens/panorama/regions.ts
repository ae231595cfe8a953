// Where the 34 tiles stand. This is a scheme, not a map: equal tiles, no outlines.

/** GB/T 2260 codes by their first two digits: row, column. */
export const TILES: readonly [province: string, row: number, column: number][] = [
  ['23', 1, 9],
  ['15', 2, 7],
  ['22', 2, 9],
  ['65', 3, 2],
  ['62', 3, 4],
  ['64', 3, 5],
  ['14', 3, 6],
  ['13', 3, 7],
  ['11', 3, 8],
  ['21', 3, 9],
  ['54', 4, 2],
  ['63', 4, 3],
  ['61', 4, 5],
  ['41', 4, 6],
  ['37', 4, 7],
  ['12', 4, 8],
  ['51', 5, 4],
  ['50', 5, 5],
  ['42', 5, 6],
  ['34', 5, 7],
  ['32', 5, 8],
  ['31', 5, 9],
  ['53', 6, 4],
  ['52', 6, 5],
  ['43', 6, 6],
  ['36', 6, 7],
  ['33', 6, 8],
  ['45', 7, 5],
  ['44', 7, 6],
  ['35', 7, 7],
  ['71', 7, 9],
  ['46', 8, 5],
  ['82', 8, 6],
  ['81', 8, 7],
];

export interface Tile {
  /** Code that names the tile. */
  code: string;
  row: number;
  column: number;
  count: number;
  /** Codes that count here: the province and the cities counted on their own. */
  codes: string[];
}

/** The tiles with their counts, and what stands outside of them. */
export function tilesOf(
  regions: { [code in string]: number },
  known: readonly string[],
): { tiles: Tile[]; rest: [string, number][] } {
  const counted = Object.entries(regions);
  const tiles = TILES.map(([province, row, column]): Tile => {
    const within = counted.filter(([code]) => /^\d/.test(code) && code.startsWith(province));
    return {
      code: known.find((code) => code === `${province}0000` || code === province) ?? `${province}0000`,
      row,
      column,
      count: within.reduce((sum, [, count]) => sum + count, 0),
      codes: within.map(([code]) => code),
    };
  });
  const placed = new Set(tiles.flatMap((tile) => tile.codes));
  return { tiles, rest: counted.filter(([code]) => !placed.has(code)) };
}
