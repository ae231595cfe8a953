import { expect, it } from 'vitest';
import type { Record as AtlasRecord, RecordView } from '../../api/bindings';
import { en } from '../../i18n/en';
import { zhCN } from '../../i18n/zh-CN';
import { factsOf, sheetColumns } from './facts';

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

// All that a need can state: the type lets no field be forgotten, neither now nor when there are more of them.
type Need = Extract<AtlasRecord, { kind: 'need' }>;
type Shared = keyof Extract<AtlasRecord, { kind: 'dataset' }> & keyof Extract<AtlasRecord, { kind: 'list' }>;
const NEED: Required<Omit<Need, Shared>> = {
  buyer: '样例单位',
  need_kind: 'tender',
  problem: { zh: '漏检' },
  wanted: { zh: '在线检测' },
  budget: { text: '50万元' },
  noticed: '2026-08-12',
  deadline: '2026-09-30',
  expires: '2026-10-31',
  start: '2026-11',
  finish: '2027-06',
  data: ['image'],
  data_text: '两年的照片',
  sensitivity: 'internal',
  deployment: ['private'],
  delivery: ['appliance'],
  maturity: 'g2',
  goal: 'smart_advanced',
  partner: ['vendor'],
  hard: ['deployment'],
  consent: true,
  project_no: 'SL-1',
};

it('shows every field of a need, under a name in both languages', () => {
  const record = { kind: 'need', id: 'n1', name: { zh: '质检' }, sources: [], ...NEED } as AtlasRecord;
  const shown = factsOf({ record, industry_group: [] as string[] } as RecordView).map(({ field }) => field);
  expect([...shown].sort()).toEqual(Object.keys(NEED).sort());
  for (const field of shown) for (const m of [zhCN, en]) expect(Object.keys(m.fields), field).toContain(field);
});
