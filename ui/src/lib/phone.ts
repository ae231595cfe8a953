// Phones of contact persons, as screens show them. Which fields they are and how they are masked is the core's list
// (model/private.rs); exports ask the core.

const FIELDS = new Set(['phone', 'mobile', 'tel', 'wechat']);
/** Fewest digits of a phone; hotlines are shorter. */
const PHONE_MIN = 7;
/** Digits at its end that stay. */
const LAST = 4;

/** Whether a field of a contact is a phone. */
export const isPhone = (field: string): boolean => FIELDS.has(field);

/** A phone with its middle hidden: `138****1234`. */
export function maskPhone(text: string): string {
  return text.replace(/[0-9０-９](?:[ \-－–\u{a0}]?[0-9０-９])*/gu, (number) => {
    const digits = [...number].filter((c) => /[0-9０-９]/u.test(c)).length;
    if (digits < PHONE_MIN) return number;
    const first = digits >= 15 ? 7 : digits >= 13 ? 5 : digits >= 10 ? 3 : 0;
    let seen = 0;
    return number.replace(/[0-9０-９]/gu, (digit) => {
      seen += 1;
      return seen > first && seen + LAST <= digits ? '*' : digit;
    });
  });
}
