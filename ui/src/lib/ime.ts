// Enter that confirms an input-method candidate is not Enter. WebKit sends it after the composition has ended,
// with key code 229, so that `isComposing` alone does not tell.

/** Whether the key belongs to an input method. */
export const isImeKey = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

/** Whether this is the Enter that a handler may act on. */
export const isEnter = (event: KeyboardEvent): boolean => event.key === 'Enter' && !isImeKey(event);
