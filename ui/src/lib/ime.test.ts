import { describe, expect, it } from 'vitest';
import { isEnter, isImeKey } from './ime';

const key = (part: Partial<KeyboardEvent>) =>
  ({ key: 'Enter', isComposing: false, keyCode: 13, ...part }) as KeyboardEvent;

describe('Enter', () => {
  it('counts when the user means it', () => expect(isEnter(key({}))).toBe(true));
  it('does not count while a candidate is chosen', () => expect(isEnter(key({ isComposing: true }))).toBe(false));
  // WebKit ends the composition first and then sends the key.
  it('does not count when it just chose one', () => expect(isEnter(key({ keyCode: 229 }))).toBe(false));
  it('is not any other key', () => expect(isEnter(key({ key: 'a', keyCode: 65 }))).toBe(false));
  it('tells other keys of an input method too', () =>
    expect(isImeKey(key({ key: 'ArrowDown', keyCode: 229 }))).toBe(true));
});
