/** The list of takes and the picture of the chosen one. */
export function TakesPanel() {
  return <section aria-label="Takes" />;
}
