import { beforeEach, describe, expect, it } from 'vitest';
import { fakeHost } from './api/host.fake';
import { useHost } from './api/seam';
import { isSpreadsheet, tables } from './tables.svelte';

describe('importing a spreadsheet', () => {
  beforeEach(async () => {
    useHost(fakeHost({ picks: '/fixture/示例.xlsx' }));
    tables.again();
    await tables.choose();
  });

  it('goes from the file to what was taken in', async () => {
    expect([tables.step, tables.kind, tables.header]).toEqual(['sheet', 'provider', 1]);
    await tables.next();
    expect([tables.step, tables.fault]).toEqual(['columns', { twice: undefined, missing: undefined }]);
    await tables.next();
    expect([tables.step, tables.values.length]).toEqual(['values', 2]);
    await tables.next();
    await tables.next();
    expect([tables.step, tables.check?.wrong, tables.stale]).toEqual(['check', 1, false]);
    await tables.import();
    expect([tables.step, tables.done?.added]).toEqual(['done', 1]);
    tables.again();
    expect([tables.step, tables.file, tables.mapping]).toEqual(['file', null, null]);
  });

  it('asks for what a mapping lacks, and checks again after every decision', async () => {
    await tables.next();
    tables.map(1, 'name');
    expect(tables.fault.twice).toBe('name');
    tables.map(0, '');
    tables.map(1, '');
    expect(tables.fault.missing).toBe('name');
    tables.map(0, 'name');
    await tables.next();
    expect(tables.stale).toBe(false);
    tables.rule('industry', '星际', { codes: ['equipment'] });
    expect([tables.stale, tables.ruleOf('industry', '星际')?.codes]).toEqual([true, ['equipment']]);
    tables.rule('industry', '星际', undefined);
    expect(tables.ruleOf('industry', '星际')).toBeUndefined();
    await tables.next();
    expect(tables.stale).toBe(false);
    tables.setHeader(2);
    expect(tables.columns).toBeNull();
  });

  it('takes another text for a value, or none, and says so', async () => {
    await tables.next();
    tables.rule('date', '2024年春', { text: '2024-03' });
    expect(tables.ruleOf('date', '2024年春')).toEqual({ field: 'date', value: '2024年春', codes: [], text: '2024-03' });
    tables.rule('date', '2024年春', { text: '' });
    expect(tables.plan()?.mapping.rules).toEqual([{ field: 'date', value: '2024年春', codes: [], text: '' }]);
  });

  it('knows a spreadsheet by its name', () => {
    expect(['a.XLSX', 'b.csv', 'c.ods'].every(isSpreadsheet)).toBe(true);
    expect(['a.atlas', 'b.atlaswork', 'xlsx'].some(isSpreadsheet)).toBe(false);
  });
});
