/** Why no window can be opened here, as the middle of a sentence; null if one can be tried. */
export function whyNoWindow(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  user: number | undefined = process.getuid?.(),
): string | null {
  if (platform === 'darwin' || platform === 'win32') return null;
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'there is no display here';
  if (user === 0) return 'you are root, and Chromium keeps its sandbox only for other users';
  return null;
}
