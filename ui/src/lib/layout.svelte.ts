// How much room there is, in rem, so that zooming counts like a smaller window.
class Layout {
  /** Width of the window in rem. */
  width = $state(80);
  /** Pixels of one rem. */
  rem = $state(16);
  /** Room for a record pane beside the list. */
  wide = $derived(this.width >= 75);

  measure(): void {
    this.rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    this.width = innerWidth / this.rem;
  }
}

export const layout = new Layout();
