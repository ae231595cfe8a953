import { describe, expect, it } from 'vitest';
import { panorama } from '../../api/fixtures/search';
import { TILES, tilesOf } from './regions';
import { heatOf, listable, shade, shown } from './sums';

describe('the heat map', () => {
  const counted = panorama({ kind: null, action: null });

  it.each([false, true])('sums to the total by rows and by columns (printed only: %s)', (printed) => {
    const heat = heatOf(counted, printed);
    const sum = (cells: number[]) => cells.reduce((a, b) => a + b, 0);
    expect(sum(heat.rows.map((row) => shown(row.sum, printed)))).toBe(shown(heat.total, printed));
    expect(sum(heat.sums.map((cell) => shown(cell, printed)))).toBe(shown(heat.total, printed));
    if (!printed) expect(shown(heat.total, false)).toBe(counted.total);
  });

  it('keeps the row and column of what is not stated', () => {
    const heat = heatOf(counted, false);
    expect(heat.rows.at(-1)?.code).toBe('none');
    expect(heat.columns.at(-1)).toBe('none');
  });

  it('links a number only to a list that shows just what it counts', () => {
    expect(listable({ printed: 6, inferred: 20 }, false)).toBe(true);
    expect(listable({ printed: 6, inferred: 20 }, true)).toBe(false);
    expect(listable({ printed: 6, inferred: 0 }, true)).toBe(true);
  });

  it('never hides a number behind the empty shade', () => {
    expect(shade(0, 900)).toBe(0);
    expect(shade(1, 900)).toBe(1);
    expect(shade(900, 900)).toBe(5);
  });
});

describe('the region tiles', () => {
  it('are the 34 provinces, each at a place of its own', () => {
    expect(TILES).toHaveLength(34);
    expect(new Set(TILES.map(([province]) => province)).size).toBe(34);
    expect(new Set(TILES.map(([, letters]) => letters)).size).toBe(34);
    expect(new Set(TILES.map(([, , row, column]) => `${row}/${column}`)).size).toBe(34);
    for (const province of ['71', '81', '82']) expect(TILES.some(([code]) => code === province)).toBe(true);
  });

  it('count every record once, cities with their province', () => {
    const regions = { '44': 3, '4403': 2, '11': 4, '66': 7, none: 5, 'x-unknown': 1 };
    const terms = [{ code: '44' }, { code: '4403', parent: '44' }, { code: '65' }, { code: '66', parent: '65' }];
    const { tiles, rest } = tilesOf(regions, terms);
    expect(tiles.find((tile) => tile.code === '44')).toMatchObject({ count: 5, codes: ['44', '4403'] });
    expect(tiles.find((tile) => tile.code === '65')).toMatchObject({ count: 7, codes: ['66'] });
    expect(tiles.find((tile) => tile.code === '11')?.count).toBe(4);
    expect(rest).toEqual([
      ['none', 5],
      ['x-unknown', 1],
    ]);
  });
});
