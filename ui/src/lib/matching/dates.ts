// Days as this machine's clock counts them.

/** Today as `YYYY-MM-DD`. */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Whether a day, or the last day of a month, lies in the past. */
export function overdue(date: string | null | undefined, day = today()): boolean {
  return !!date && date < day.slice(0, date.length);
}
