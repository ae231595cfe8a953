// Figures as Chinese sources print them, read so that they can be said in another language.

/** A figure with what is said about it. */
export interface Figure {
  /** `over` leaves the number out, `least` includes it. */
  bound: 'over' | 'least' | undefined;
  /** One number, or the ends of a range. */
  numbers: readonly number[];
  unit: 'percent' | 'yuan' | undefined;
}

const digits: Record<string, number> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const tens: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };
const scales: Record<string, number> = { 万: 1e4, 亿: 1e8, 万亿: 1e12 };
const printed =
  /^(超过|超|突破|不少于|至少)?(?:(\d+(?:\.\d+)?)(?:[-–~～至](\d+(?:\.\d+)?))?|([一二两三四五六七八九]?)([十百千]?))(万亿|万|亿)?(?:(%)|(元)|[个项家])?(以上)?$/;

/** Reads a printed figure; nothing where it is words, or more than a number with its measure. */
export function figureOf(value: string): Figure | undefined {
  const parts = printed.exec(value.trim());
  if (!parts) return undefined;
  const [, before, from, to, digit, ten, scale, percent, yuan, after] = parts;
  const han = digit || ten || scale;
  if (from === undefined && !han) return undefined;
  const by = scales[scale ?? ''] ?? 1;
  const numbers =
    from === undefined
      ? [(digits[digit ?? ''] ?? 1) * (tens[ten ?? ''] ?? 1)]
      : [from, to].filter((one) => one !== undefined).map(Number);
  const over = before === '超过' || before === '超' || before === '突破';
  return {
    bound: over ? 'over' : before || after ? 'least' : undefined,
    numbers: numbers.map((number) => number * by),
    unit: percent ? 'percent' : yuan ? 'yuan' : undefined,
  };
}
