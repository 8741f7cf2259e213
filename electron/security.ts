import { app, type OnBeforeRequestListenerDetails, type Session, type WebContents } from 'electron';
import { STUDIO_ORIGIN } from './protocol.ts';

/** What the page may ask for by itself. Everything else, the microphone among it, is refused. */
const ASKABLE = new Set(['speaker-selection', 'clipboard-sanitized-write', 'fullscreen']);

/** What the page may merely look at: 'media' shows the names of the output devices, it opens no microphone. */
const VISIBLE = new Set([...ASKABLE, 'media']);

const isOurs = (url: string) => url === STUDIO_ORIGIN || url.startsWith(`${STUDIO_ORIGIN}/`);

/** Makes every page of the app stay where it is. Call before the app is ready. */
export function lockPages(): void {
  // Chromium contradicts itself when both are asked for; only tests as root, in a container, say no-sandbox.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => lockPage(contents));
}

function lockPage(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (!isOurs(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Nothing from outside is loaded, and nothing granted beyond {@link ASKABLE}. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, callback) => {
    callback(isOurs(contents.getURL()) && ASKABLE.has(permission));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => isOurs(origin) && VISIBLE.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !isWanted(details) });
  });
}

/** The page's own requests to the studio, and what it made itself. */
function isWanted({ url, resourceType, frame }: OnBeforeRequestListenerDetails): boolean {
  if (/^(blob|data|devtools):/.test(url)) return true;
  if (!isOurs(url)) return false;
  if (resourceType === 'mainFrame') return true;
  // Workers and worklets have no frame; they can only be started by a page of the app.
  return resourceType !== 'subFrame' && (!frame || frame.origin === STUDIO_ORIGIN);
}
