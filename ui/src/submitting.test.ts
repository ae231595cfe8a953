import { beforeEach, describe, expect, it } from 'vitest';
import { fakeHost, type FakeHost } from './api/host.fake';
import { useHost } from './api/seam';
import { call, nothing } from './api/call';
import { isReceipt, refusal, submitting } from './submitting.svelte';

describe('handing records in', () => {
  let host: FakeHost;
  beforeEach(() => {
    host = fakeHost({ picks: '/media/usb/handed.atlassub' });
    useHost(host);
    submitting.close();
  });
  const draft = async () => {
    const { rows } = await call('list_submissions', nothing);
    return rows.find(({ state }) => state === 'draft')?.ref ?? '';
  };
  const stateOf = async (ref: string) =>
    (await call('list_submissions', nothing)).rows.find((row) => row.ref === ref)?.state;

  it('shows what leaves, masked first, and anew when that changes', async () => {
    await submitting.begin([await draft()]);
    expect(submitting.leaving?.[0]?.fields).not.toHaveProperty('buyer');
    expect(submitting.leaving?.[0]?.left_out).toContain('buyer');
    submitting.masked = false;
    await submitting.preview();
    expect(submitting.leaving?.[0]?.fields).toHaveProperty('buyer');
  });

  it('closes when the file is written, and the list says so', async () => {
    const ref = await draft();
    const before = submitting.revision;
    await submitting.begin([ref]);
    await submitting.write();
    expect(submitting.refs).toBeNull();
    expect(submitting.revision).toBe(before + 1);
    expect(await stateOf(ref)).toBe('exported');
    await submitting.receive('/media/usb/answer.atlasreceipt');
    expect(await stateOf(ref)).toBe('accepted');
  });

  it('stays open when the user thinks better of the file', async () => {
    host = fakeHost({});
    useHost(host);
    await submitting.begin([await draft()]);
    await submitting.write();
    expect(submitting.refs).not.toBeNull();
  });
});

describe('a refusal', () => {
  it('is told in words where there are some, with the facts', () => {
    const error = (reason: string) => ({ code: 'bad_request' as const, facts: { reason, feed: 'fixture' }, trace: '' });
    expect(refusal(error('receipt_unknown_feed'))).toContain('fixture');
    expect(refusal(error('toString'))).toBeUndefined();
    expect(refusal(error('something else'))).toBeUndefined();
    expect(refusal({ ...error('consent'), code: 'internal' })).toBeUndefined();
  });

  it('of a file by its name is a receipt or none', () => {
    expect([isReceipt('/a/回执.atlasreceipt'), isReceipt('C:\\x.ATLASRECEIPT')]).toEqual([true, true]);
    expect([isReceipt('/a/x.atlas'), isReceipt('/a.atlasreceipt/x')]).toEqual([false, false]);
  });
});
