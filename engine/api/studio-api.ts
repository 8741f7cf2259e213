import { Hono } from 'hono';
import type { Status } from '../../shared/schemas/status.ts';
import type { StudioParts } from '../studio-parts.ts';
import { answerThrown, faultResponse } from './answer.ts';
import { limitJson } from './body-limit.ts';
import { compareApi } from './compare.ts';
import { comparisonsApi } from './comparisons.ts';
import { connectionsApi } from './connections.ts';
import { desktopApi } from './desktop.ts';
import { eventsApi } from './events.ts';
import { exportsApi } from './exports.ts';
import { endHead } from './head.ts';
import { libraryApi, preferencesApi } from './library.ts';
import { listeningApi } from './listening.ts';
import { mappingDeedsApi } from './mapping-deeds.ts';
import { mappingReportApi } from './mapping-report.ts';
import { mappingsApi } from './mappings.ts';
import { presetsApi } from './presets.ts';
import { projectsApi } from './projects.ts';
import { takesApi } from './takes.ts';
import { textApi } from './text.ts';
import { voicesApi } from './voices.ts';

/** The engine's HTTP face: a function from Request to Response, the same in both shells. */
export function createStudioApi(parts: StudioParts) {
  const api = new Hono()
    .basePath('/api')
    .use(endHead)
    .use(limitJson)
    .get('/status', (c) => {
      const status: Status = {
        name: 'Timbre',
        version: parts.version,
        shell: parts.shell,
        providers: parts.registry.providers.map((provider) => provider.health()),
        libraryFault: parts.libraryFault,
        notices: [...parts.notices, ...parts.connections.problems()],
        environment: parts.environment,
        problems: [...parts.library().problems],
      };
      return c.json(status);
    })
    .route('/connections', connectionsApi(parts))
    .route('/events', eventsApi(parts))
    .route('/voices', voicesApi(parts))
    .route('/text', textApi(parts))
    .route('/takes', takesApi(parts))
    .route('/projects', projectsApi(parts))
    .route('/presets', presetsApi(parts))
    .route('/comparisons', comparisonsApi(parts))
    .route('/compare', compareApi(parts))
    .route('/listening', listeningApi(parts))
    .route('/mappings', mappingsApi(parts))
    .route('/mappings', mappingDeedsApi(parts))
    .route('/mappings', mappingReportApi(parts))
    .route('/exports', exportsApi(parts))
    .route('/preferences', preferencesApi(parts))
    .route('/library', libraryApi(parts))
    .route('/desktop', desktopApi(parts));
  api.notFound(() => faultResponse({ code: 'not_found', message: 'There is no such call.' }));
  api.onError((thrown, c) => answerThrown(thrown, c, (error) => parts.log.error({ err: error }, 'a call failed')));
  return api;
}

/** Only the type of this crosses to the page. */
export type StudioApi = ReturnType<typeof createStudioApi>;
