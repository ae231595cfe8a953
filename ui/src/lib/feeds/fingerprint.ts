// A fingerprint in groups that people can compare.

/** Groups of four, as they are read aloud. */
export const groupsOf = (fingerprint: string): string[] => fingerprint.toUpperCase().match(/.{1,4}/g) ?? [];

/** Enough of it to tell feeds apart at a glance; never enough to trust one. */
export function shortOf(fingerprint: string): string {
  const groups = groupsOf(fingerprint);
  return groups.length <= 4 ? groups.join(' ') : `${groups.slice(0, 3).join(' ')} … ${groups.at(-1) ?? ''}`;
}
