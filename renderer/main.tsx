import './theme/styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { followAddress } from './stores/navigation.ts';
import { startStudio } from './stores/studio.ts';
import { styleNonce } from './theme/nonce.ts';

// Styles that keep the page from scrolling under a dialog are made by a library that reads its nonce here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
// The engine is asked before the page is drawn: its answers come meanwhile.
const stops = [followAddress(), startStudio()];
import.meta.hot?.dispose(() => {
  for (const stop of stops) stop();
});
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
