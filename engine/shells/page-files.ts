import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { faultResponse } from '../api/answer.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

/** Stands in index.html where the nonce of each answer is put. */
const NONCE_PLACE = '__CSP_NONCE__';

/** What the page may load: its own files, WebAssembly, styles with the nonce of this answer; nothing from elsewhere. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    // React and wavesurfer set style attributes through the CSSOM, which no directive stops.
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Serves the built page from a folder; both shells use this one. */
export function createPageFiles(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return faultResponse({ code: 'invalid', message: 'Pages can only be read.' });
    }
    let pathname: string;
    try {
      pathname = decodeURIComponent(new URL(request.url).pathname);
    } catch {
      return faultResponse({ code: 'invalid', message: 'This address is not right.' });
    }
    const relative = normalize(pathname === '/' ? 'index.html' : pathname).replace(/^[/\\]+/, '');
    const file = join(folder, relative);
    const inside = file.startsWith(normalize(folder + sep)) && !pathname.includes('\0');
    const content = inside ? await readFile(file).catch(() => null) : null;
    if (!content) return faultResponse({ code: 'not_found', message: 'There is no such page.' });
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const nonce = randomBytes(16).toString('base64url');
    // Of a script, too: a worker has the policy of its own answer, not that of its page.
    const policy = { 'content-security-policy': contentSecurityPolicy(nonce) };
    if (extname(file) !== '.html') {
      const immutable = relative.startsWith(`assets${sep}`);
      return new Response(content, {
        headers: {
          ...COMMON_HEADERS,
          ...policy,
          'content-type': type,
          'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
        },
      });
    }
    return new Response(content.toString('utf8').replaceAll(NONCE_PLACE, nonce), {
      headers: {
        ...COMMON_HEADERS,
        ...policy,
        'content-type': type,
        'cache-control': 'no-store',
      },
    });
  };
}
