// Where the 34 tiles stand. This is a scheme, not a map: equal tiles, no outlines.
import type { Term } from '../../api/bindings';

/** GB/T 2260 codes by their first two digits, the two letters of the same standard, row, column. */
export const TILES: readonly [province: string, letters: string, row: number, column: number][] = [
  ['23', 'HL', 1, 9],
  ['15', 'NM', 2, 7],
  ['22', 'JL', 2, 9],
  ['65', 'XJ', 3, 2],
  ['62', 'GS', 3, 4],
  ['64', 'NX', 3, 5],
  ['14', 'SX', 3, 6],
  ['13', 'HE', 3, 7],
  ['11', 'BJ', 3, 8],
  ['21', 'LN', 3, 9],
  ['54', 'XZ', 4, 2],
  ['63', 'QH', 4, 3],
  ['61', 'SN', 4, 5],
  ['41', 'HA', 4, 6],
  ['37', 'SD', 4, 7],
  ['12', 'TJ', 4, 8],
  ['51', 'SC', 5, 4],
  ['50', 'CQ', 5, 5],
  ['42', 'HB', 5, 6],
  ['34', 'AH', 5, 7],
  ['32', 'JS', 5, 8],
  ['31', 'SH', 5, 9],
  ['53', 'YN', 6, 4],
  ['52', 'GZ', 6, 5],
  ['43', 'HN', 6, 6],
  ['36', 'JX', 6, 7],
  ['33', 'ZJ', 6, 8],
  ['45', 'GX', 7, 5],
  ['44', 'GD', 7, 6],
  ['35', 'FJ', 7, 7],
  ['71', 'TW', 7, 9],
  ['46', 'HI', 8, 5],
  ['82', 'MO', 8, 6],
  ['81', 'HK', 8, 7],
];

export interface Tile {
  /** Code that names the tile. */
  code: string;
  /** Two letters, for where a name is too long. */
  letters: string;
  row: number;
  column: number;
  count: number;
  /** Codes that count here: the province and the cities counted on their own. */
  codes: string[];
}

/** The tiles with their counts, and what stands outside of them. Cities and corps count with their province. */
export function tilesOf(
  regions: { [code in string]: number },
  terms: readonly Pick<Term, 'code' | 'parent'>[],
): { tiles: Tile[]; rest: [string, number][] } {
  const parents = new Map(terms.map((term) => [term.code, term.parent]));
  const provinceOf = (code: string) => (/^\d/.test(code) ? (parents.get(code) ?? code).slice(0, 2) : code);
  const counted = Object.entries(regions);
  const tiles = TILES.map(([province, letters, row, column]): Tile => {
    const within = counted.filter(([code]) => provinceOf(code) === province);
    return {
      code: [`${province}0000`, province].find((code) => parents.has(code)) ?? province,
      letters,
      row,
      column,
      count: within.reduce((sum, [, count]) => sum + count, 0),
      codes: within.map(([code]) => code),
    };
  });
  const placed = new Set(tiles.flatMap((tile) => tile.codes));
  return { tiles, rest: counted.filter(([code]) => !placed.has(code)) };
}
