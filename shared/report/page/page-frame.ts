import { Html, type HtmlValue, html } from './html.ts';
import { pagePlayer } from './page-player.ts';
import { PAGE_STYLE } from './page-style.ts';

/** The script of a page with sound. */
export const PAGE_SCRIPT = `(${pagePlayer.toString()})();`;

/** What makes a page one that fetches nothing and runs nothing but its own script. */
export interface PagePolicy {
  /** SHA-256 of {@link PAGE_STYLE} and of {@link PAGE_SCRIPT}, in base64. */
  style: string;
  script: string;
}

/** What stands before the content of a report. @param audible whether there is sound in it */
export function pageStart(title: string, { style, script }: PagePolicy, audible: boolean): Html {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${style}'`,
    ...(audible ? [`script-src 'sha256-${script}'`, 'media-src data:'] : []),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(PAGE_STYLE)}</style>
</head>
<body>
<main>
`;
}

/** What stands behind it. */
export function pageEnd(footer: HtmlValue, audible: boolean): Html {
  return html`</main>
<footer>${footer}</footer>
${audible && html`<script>${new Html(PAGE_SCRIPT)}</script>`}
</body>
</html>
`;
}
