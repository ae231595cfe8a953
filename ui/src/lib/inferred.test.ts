import { expect, it } from 'vitest';
import { isInferred } from './inferred';

const row = (kind: 'case' | 'need' | 'solution', inferred: string[], more: object = {}) => ({
  kind,
  provider: null,
  city: null,
  inferred,
  ...more,
});

it('a place of a row is marked by the field that it shows', () => {
  expect(isInferred(row('case', ['stage']), 'stage')).toBe(true);
  expect(isInferred(row('case', ['stage']), 'technique')).toBe(false);
  expect(isInferred(row('need', ['buyer', 'deadline', 'budget']), 'who')).toBe(true);
  expect(isInferred(row('need', ['deadline']), 'until')).toBe(true);
  expect(isInferred(row('need', ['expires']), 'until')).toBe(true);
  expect(isInferred(row('need', ['noticed']), 'until')).toBe(false);
  expect(isInferred(row('solution', ['price']), 'amount')).toBe(true);
});

it('a city stands for the region that it hides', () => {
  expect(isInferred(row('case', ['region']), 'region')).toBe(true);
  expect(isInferred(row('case', ['region'], { city: '苏州' }), 'region')).toBe(false);
  expect(isInferred(row('case', ['city'], { city: '苏州' }), 'region')).toBe(true);
});

it('a case that names one organisation is marked for that one', () => {
  expect(isInferred(row('case', ['provider']), 'who')).toBe(true);
  expect(isInferred(row('case', ['provider'], { provider: '样例服务商' }), 'who')).toBe(false);
  expect(isInferred(row('case', ['provider'], { provider: '样例服务商' }), 'provider')).toBe(true);
});
