// Characters that would reorder, hide or break a text are shown as a mark instead. Whoever publishes must not use
// them; whoever reads must see that somebody did.

/** Controls but tab and line feed, marks and overrides of direction, and letters without width or shape. */
const DECEITFUL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const MARK = '\ufffd';

/** The text with every such character marked. */
export const plain = (text: string): string => text.replace(DECEITFUL, MARK);

/** Marks such characters in all texts of an answer, in place: answers are made for one question and kept by nobody. */
export function makePlain(answer: unknown): void {
  if (typeof answer !== 'object' || answer === null) return;
  for (const [key, value] of Object.entries(answer)) {
    if (typeof value === 'string') {
      const shown = plain(value);
      if (shown !== value) Reflect.set(answer, key, shown);
    } else makePlain(value);
  }
}
