import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeHost } from '../../api/host.fake';
import { call, nothing } from '../../api/call';
import { useHost } from '../../api/seam';
import { withValue } from '../../lib/own/paths';
import { OwnEditor } from './state.svelte';

const REF = 'own/provider/00000000-0000-4000-8000-000000000001';

describe('an own record being written', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    useHost(fakeHost());
  });
  afterEach(() => vi.useRealTimers());

  async function typed(path: string, value: unknown, editor: OwnEditor): Promise<void> {
    editor.change(withValue(editor.document, path, value));
    await vi.runAllTimersAsync();
  }

  it('tells a mistake beside its field, keeps what is typed, and saves once nothing stops it', async () => {
    const editor = new OwnEditor(REF);
    await editor.load();
    expect(editor.faults, 'an empty form does not complain').toEqual([]);
    await typed('credit_code', '9135', editor);
    expect(editor.faults.map(({ code }) => code)).toEqual(['credit_code_length']);
    expect((await call('list_drafts', nothing)).map(({ ref }) => ref)).toEqual([REF]);
    expect(await editor.save()).toBe(false);
    expect(editor.faults.map(({ code }) => code)).toEqual(['required', 'credit_code_length']);

    const again = new OwnEditor(REF);
    await again.load();
    expect(again.restored).toBe(true);
    await typed('credit_code', '91350100M000100Y43', again);
    await typed('name.zh', '甲公司', again);
    expect(await again.save()).toBe(true);
    expect(again.dirty).toBe(false);
    expect(await call('list_drafts', nothing)).toEqual([]);
    const { rows } = await call('list_own', { kind: 'provider', sort: 'changed', offset: 0, limit: 10 });
    expect(rows.map(({ row }) => row.name.zh)).toEqual(['甲公司']);
  });

  it('goes back to what is saved', async () => {
    const editor = new OwnEditor(REF);
    await editor.load();
    await typed('name.zh', '写到一', editor);
    await editor.discard();
    expect(editor.document).not.toHaveProperty('name.zh');
    expect(await call('list_drafts', nothing)).toEqual([]);
  });
});
