import { expect, it } from 'vitest';
import type { Record as AtlasRecord } from '../../api/bindings';
import { sheetColumns } from './facts';

// What a record has beside the fields that this version knows is anything at all.
const record = (beside: object, ref = 'own/case/0191e0b2-7c1d-7abc-8def-0123456789ab') => ({
  ref,
  record: { kind: 'case', id: 'c1', name: { zh: '质检' }, sources: [], ...beside } as unknown as AtlasRecord,
});

it('shows the columns of the sheet that fill no field, each under its header', () => {
  expect(sheetColumns(record({ columns: { 联系备注: '周三后回电', 立项依据: '2019\n批次' } }))).toEqual([
    ['联系备注', '周三后回电'],
    ['立项依据', '2019\n批次'],
  ]);
});

it('shows nothing where there are none, and nothing that is not text', () => {
  expect(sheetColumns(record({}))).toEqual([]);
  expect(sheetColumns(record({ columns: null }))).toEqual([]);
  expect(sheetColumns(record({ columns: '甲' }))).toEqual([]);
  // A feed cannot speak in the name of the user's sheet.
  expect(sheetColumns(record({ columns: { 甲: '乙' } }, 'demo/case/c1'))).toEqual([]);
  expect(sheetColumns(record({ columns: { 甲: { 乙: '丙' }, 丁: '戊' } }))).toEqual([['丁', '戊']]);
});
