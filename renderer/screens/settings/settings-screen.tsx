/** Library, output, appearance, and what this studio is made of. */
export function SettingsScreen() {
  return <section aria-label="Settings" />;
}

export default SettingsScreen;
