/** A dialog covers the screen: the screen's own keys are asleep. */
export function dialogOpen(): boolean {
  return document.querySelector("[role=dialog], [role=alertdialog]") !== null;
}

/** A letter pressed for itself: no field has the focus, no dialog is open, no other key is held. */
export function isPlainLetter(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.key.length !== 1) return false;
  const target = event.target instanceof HTMLElement ? event.target : null;
  return !dialogOpen() && !target?.closest("input, textarea, select, [contenteditable], [role=textbox], [role=spinbutton], [role=menu], [role=listbox]");
}
