import type { StudioEvent } from '../../shared/schemas/events.ts';
import { PaceRecord } from '../player/pace.ts';
import { usePlayer } from '../player/player-store.ts';
import { player } from '../player/studio-player.ts';
import { runCommand } from './commands.ts';
import { catchUpComparisons, comparisonsHeard, flushComparison } from './compare/comparisons.ts';
import { recheckSlots, slotsHeard } from './compare/render-slots.ts';
import { connectionsHeard, useConnections } from './connections.ts';
import { followEvents } from './events.ts';
import { fallbacksHeard } from './fallbacks.ts';
import { useLayout } from './layout.ts';
import { restoreListening } from './listening/restore.ts';
import { testsHeard } from './listening/tests.ts';
import { followSliders, liveHeard } from './live.ts';
import { restoreJudge } from './mapping/judge.ts';
import { catchUpMappings, mappingsHeard } from './mapping/mappings.ts';
import { pairHeard } from './mapping/pair.ts';
import { flushChoice } from './mapping/rows.ts';
import { restoreOutput } from './output.ts';
import { watchTouch } from './play.ts';
import { flushPreferences, readPreference, writePreference } from './preferences.ts';
import { presetsHeard, usePresets } from './presets.ts';
import { projectsHeard, useProjects } from './projects.ts';
import { recheckRender, renderHeard } from './render.ts';
import { sessionHeard, useSession } from './session.ts';
import { followKeys, useShortcuts } from './shortcuts.ts';
import { useTakes } from './takes.ts';
import { forgetTasks, tasksHeard } from './tasks.ts';
import { watchText } from './text-check.ts';
import { followStart, restoreTune } from './tune.ts';
import { useVoices } from './voices.ts';
import { warmUpVoices } from './warm-up.ts';

function heard(event: StudioEvent): void {
  if (event.type === 'command') runCommand(event.command);
  if (event.type === 'changed' && (event.what === 'voices' || event.what === 'library'))
    void useVoices.getState().load();
  sessionHeard(event);
  connectionsHeard(event);
  tasksHeard(event);
  fallbacksHeard(event);
  presetsHeard(event);
  projectsHeard(event);
  useTakes.getState().heard(event);
  comparisonsHeard(event);
  slotsHeard(event);
  testsHeard(event);
  mappingsHeard(event);
  pairHeard(event);
  liveHeard(event);
  renderHeard(event);
}

/** Reads everything anew that events may have told while nobody listened. */
function catchUp(): void {
  void useSession.getState().load();
  void useVoices.getState().load();
  if (useConnections.getState().view !== null) void useConnections.getState().load();
  void useProjects.getState().load();
  void useTakes.getState().refresh();
  void recheckRender();
  void recheckSlots();
  catchUpComparisons();
  catchUpMappings();
  const { projectId, load } = usePresets.getState();
  if (projectId !== null) void load(projectId);
}

/** Keeps how fast each provider was, so that the player's buffer fits from the first take on. @returns ends it */
function keepPace(): () => void {
  readPreference('pace', PaceRecord).then(
    (record) => record !== null && player.importPace(record),
    () => undefined,
  );
  return usePlayer.subscribe((now, before) => {
    if (now.complete && !before.complete) writePreference('pace', player.exportPace());
  });
}

/** Brings the page to life: reads what it needs, follows engine, keys and sliders. @returns ends all of it */
export function startStudio(): () => void {
  const controller = new AbortController();
  let before = false;
  const onConnected = (connected: boolean) => {
    useSession.setState({ connected });
    if (!connected) forgetTasks();
    else if (before) catchUp();
    before = true;
  };
  void followEvents({ onEvent: heard, onConnected }, controller.signal);
  void useSession.getState().load();
  void useVoices.getState().load();
  void useProjects.getState().load();
  // What cannot be read is not worth a message of its own: the session says why the engine does not answer.
  void useShortcuts
    .getState()
    .restore()
    .catch(() => undefined);
  void useLayout
    .getState()
    .restore()
    .catch(() => undefined);
  void restoreOutput().catch(() => undefined);
  void restoreListening().catch(() => undefined);
  void restoreJudge();
  const restored = restoreTune().catch(() => undefined);

  let stopText = () => {};
  void restored.then(() => {
    if (controller.signal.aborted) return;
    const stopChecks = watchText();
    const stopWarming = warmUpVoices();
    stopText = () => {
      stopChecks();
      stopWarming();
    };
  });
  const stops = [
    followKeys(),
    followSliders(),
    followStart(),
    keepPace(),
    watchTouch(),
    useProjects.subscribe(({ currentId }, old) => {
      if (currentId !== null && currentId !== old.currentId) void usePresets.getState().load(currentId);
    }),
  ];
  // Of a desktop window, what is sent once it is gone does not arrive; a browser may close without asking first.
  for (const type of ['beforeunload', 'pagehide']) {
    addEventListener(type, flushPreferences, { signal: controller.signal });
    addEventListener(type, () => void flushComparison(), { signal: controller.signal });
    addEventListener(type, () => void flushChoice(), { signal: controller.signal });
  }
  return () => {
    controller.abort();
    stopText();
    for (const stop of stops) stop();
  };
}
