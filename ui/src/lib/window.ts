// Which items of a long list lie in view. Items have one height, so that nothing needs measuring.
export interface View {
  /** First item to draw. */
  from: number;
  /** One past the last item to draw. */
  to: number;
  /** Height above the drawn items, in pixels. */
  above: number;
  /** Height below them. */
  below: number;
}

export interface Extent {
  total: number;
  /** Height of a line of items. */
  height: number;
  /** Items in a line. */
  columns: number;
  scrollTop: number;
  viewport: number;
}

/** Lines drawn beyond each edge, so that scrolling and the focus find something there. */
const MARGIN = 6;

export function viewOf({ total, height, columns, scrollTop, viewport }: Extent): View {
  const lines = Math.ceil(total / columns);
  const first = Math.max(0, Math.min(lines, Math.floor(scrollTop / height)) - MARGIN);
  const last = Math.min(lines, Math.ceil((scrollTop + viewport) / height) + MARGIN);
  return {
    from: first * columns,
    to: Math.min(total, Math.max(first, last) * columns),
    above: first * height,
    below: Math.max(0, lines - last) * height,
  };
}

/** Where to scroll so that an item is in full view; undefined when it is already. `head` covers the top. */
export function scrollFor(
  index: number,
  { height, columns, scrollTop, viewport }: Extent,
  head: number,
): number | undefined {
  const top = Math.floor(index / columns) * height;
  if (top < scrollTop) return top;
  const bottom = top + height + head;
  return bottom > scrollTop + viewport ? bottom - viewport : undefined;
}
