import { describe, expect, it } from 'vitest';
import { valueText } from './record/values';
import { maskPhone } from './phone';

describe('a phone', () => {
  it.each([
    ['13800138000', '138****8000'],
    ['138-0013-8000', '138-****-8000'],
    ['+86 138 0013 8000', '+86 138 **** 8000'],
    ['1３８００１３８０００', '1３８****８０００'],
    ['010-62781234', '010-****1234'],
    ['62781234', '****1234'],
    ['12345', '12345'],
  ])('%s is shown as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown));

  it('is masked among what changed', () =>
    expect(valueText('contact', { phone: '13800138000' })).toContain('138****8000'));
});
