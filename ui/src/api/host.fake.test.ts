import { describe, expect, it } from 'vitest';
import { errors, toApiError } from './errors';
import { fakeHost } from './host.fake';
import { en } from '../i18n/en';
import { zhCN } from '../i18n/zh-CN';
import type { SearchRequest } from './bindings';

const request: SearchRequest = { text: '', filters: {}, sort: 'relevance', offset: 0, limit: 20, facets: [] };

describe('the fake host', () => {
  it('pages, and counts a facet without its own selection', async () => {
    const host = fakeHost();
    const filters = { kind: ['case'], stage: ['production'] };
    const page = await host.query('search_records', { ...request, filters, facets: ['stage'] });
    const next = await host.query('search_records', { ...request, filters, offset: 20 });
    expect(page.rows).toHaveLength(20);
    expect(page.rows.every((row) => row.stage.includes('production'))).toBe(true);
    expect(next.rows[0]?.ref).not.toBe(page.rows[0]?.ref);
    expect(page.facets[0]?.values.find(({ code }) => code === 'rd')?.count).toBeGreaterThan(0);
  });

  it('marks what matched, and the spans give the name back', async () => {
    const { rows } = await fakeHost().query('search_records', { ...request, text: '检测' });
    const title = rows[0]?.title ?? [];
    expect(title.filter((span) => span.m).map((span) => span.t)).toEqual(['检测']);
    expect(title.map((span) => span.t).join('')).toBe(rows[0]?.name.zh);
  });

  it('undoes and redoes a favourite', async () => {
    const host = fakeHost();
    const ref = 'fixture/case/012';
    const held = async () => (await host.query('list_favourites', {})).map((one) => one.row.ref);
    await host.mutate('transact', { edit: 'add_favourite', ref });
    expect(await held()).toEqual([ref]);
    expect(await host.mutate('undo', {})).toMatchObject({ favourites: true, undo: 0, redo: 1 });
    expect(await held()).toEqual([]);
    await host.mutate('redo', {});
    expect(await held()).toEqual([ref]);
  });

  it('removes favourites together, and one undo brings all of them back', async () => {
    const host = fakeHost();
    const refs = ['fixture/case/012', 'fixture/case/013'];
    const held = async () => (await host.query('list_favourites', {})).map((one) => one.row.ref).sort();
    for (const ref of refs) await host.mutate('transact', { edit: 'add_favourite', ref });
    expect(await host.mutate('transact', { edit: 'remove_favourites', refs })).toMatchObject({ favourites: true });
    expect(await held()).toEqual([]);
    await host.mutate('undo', {});
    expect(await held()).toEqual(refs);
  });

  it('says what is missing by a code of the table', async () => {
    const thrown = await fakeHost()
      .query('get_record', { ref: 'fixture/case/none' })
      .catch((error: unknown) => error);
    expect(toApiError(thrown).code).toBe('not_found');
  });
});

describe('the table of errors', () => {
  it('has a text for every code in both languages', () => {
    for (const [code, { text }] of Object.entries(errors)) {
      for (const m of [zhCN, en]) expect(text(m, { path: '/p' }), code).not.toBe('');
    }
    expect(errors.disk_full.text(zhCN, { path: '/p' })).toContain('/p');
  });

  it('takes whatever else is thrown as a fault of the product', () => {
    for (const thrown of [new Error('x'), 'text', null, { code: 'unheard_of', facts: {} }]) {
      expect(toApiError(thrown).code).toBe('internal');
    }
  });
});
