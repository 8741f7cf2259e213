import { type CustomScheme, protocol } from 'electron';
import { faultResponse } from '../engine/api/answer.ts';
import { toFault } from '../shared/errors.ts';

const SCHEME = 'studio';
const HOST = 'app';

/** The only origin there is in the desktop app. */
export const STUDIO_ORIGIN = `${SCHEME}://${HOST}`;

/** A scheme like https: its own origin, storage, fetch with streamed answers; and no request across origins. */
const scheme: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: false },
};

/** Makes `studio://` known to Chromium; only before the app is ready. */
export function registerStudioScheme(): void {
  protocol.registerSchemesAsPrivileged([scheme]);
}

/** Gives every `studio://app` request to the studio; requests of other pages, if there ever are any, are refused. */
export function serveStudio(studio: Promise<{ fetch(request: Request): Promise<Response> }>): void {
  protocol.handle(SCHEME, async (request) => {
    if (isForeign(request)) {
      return faultResponse({ code: 'forbidden', message: 'Requests of other pages are refused.' });
    }
    try {
      return await (await studio).fetch(request);
    } catch (thrown) {
      return faultResponse(toFault(thrown));
    }
  });
}

/** Whether a request asks for another host than the app, or comes from another origin. */
export function isForeign(request: Request): boolean {
  const url = new URL(request.url);
  if (url.protocol !== `${SCHEME}:` || url.host !== HOST) return true;
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== STUDIO_ORIGIN) return true;
  const referrer = request.headers.get('referer') ?? request.referrer;
  return isAddress(referrer) && referrer !== STUDIO_ORIGIN && !referrer.startsWith(`${STUDIO_ORIGIN}/`);
}

/** `Request.referrer` may be empty or `about:client`, which say nothing. */
const isAddress = (referrer: string | null): referrer is string => !!referrer && referrer !== 'about:client';
