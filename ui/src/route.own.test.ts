import { describe, expect, it } from 'vitest';
import { format, parse } from './route';

describe('addresses of own records', () => {
  it.each([
    '/mine',
    '/mine?tab=case',
    '/mine?tab=solution&from=100',
    '/mine?tab=trash',
    '/form/own/provider/0191e0b2-7c1d-7abc-8def-0123456789ab',
    '/correct/bundled/case/q0001',
  ])('reads and writes %s', (address) => {
    expect(format(parse(address))).toBe(address);
  });

  it('takes what it cannot understand for the first tab', () => {
    expect(parse('/mine?tab=nonsense&from=-1')).toEqual({ screen: 'mine', tab: 'provider', from: 0 });
  });
});
