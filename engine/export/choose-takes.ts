import { fault } from '../../shared/errors.ts';
import { type FileNameParts, fileName, uniqueNames } from '../../shared/export/file-name.ts';
import { heardVoice } from '../../shared/export/heard-voice.ts';
import { settingsWords } from '../../shared/export/settings-words.ts';
import type { ExportRequest } from '../../shared/schemas/export.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { Library } from '../library/library.ts';
import { type Heard, heardOf, settingsOf } from './heard.ts';

/** A take that is exported, and under what name. */
export interface ExportItem {
  take: Take;
  heard: Heard;
  /** File name without its ending. */
  stem: string;
}

/** What an export will hold. */
export interface ExportChoice {
  items: [ExportItem, ...ExportItem[]];
  /** Takes without sound, each with a line that says so. */
  left: string[];
  /** Name of the zip, without its ending. */
  archive: string;
}

/**
 * Looks up the takes of an export and names their files.
 *
 * @throws FaultError not_found; conflict where a take is still being made
 */
export function chooseTakes(library: Pick<Library, 'take' | 'projects'>, request: ExportRequest): ExportChoice {
  const takes = [...new Set(request.takeIds)].map((id) => {
    const take = library.take(id);
    if (!take) throw fault('not_found', 'A take to be exported is not there any more.', { param: 'takeIds' });
    return take;
  });
  if (takes.some(({ state }) => state === 'rendering')) {
    throw fault('conflict', 'A take to be exported is still being made.', { todo: 'Wait for it, or cancel it.' });
  }
  const projects = new Map(library.projects().map(({ id, name }) => [id, name]));
  const unique = uniqueNames();
  const sounding = takes.filter(({ samples }) => samples > 0);
  const items = sounding.map((take, index): ExportItem => {
    const heard = heardOf(take, request);
    const suffix = `${heard.heard === 'preview' ? '-preview' : ''}${take.state === 'done' ? '' : '-incomplete'}`;
    const parts: FileNameParts = {
      project: projects.get(take.projectId) ?? '',
      voice: heardVoice(take),
      line: index + 1,
      take: take.id.slice(0, 8),
      settings: settingsWords(settingsOf(take, heard, request)),
      name: take.name || take.text.slice(0, 60),
      date: take.createdAt,
    };
    return { take, heard, stem: unique(fileName(request.pattern, parts, suffix)) };
  });
  const [first, ...others] = items;
  if (!first) throw fault('not_found', 'There is no sound to be exported.', { param: 'takeIds' });
  const left = takes.filter(({ samples }) => samples === 0);
  return {
    items: [first, ...others],
    left: left.map(({ id, text }) => `${id}: it has no sound. “${text.slice(0, 60)}”`),
    archive: others.length === 0 ? first.stem : `${first.stem}-and-${others.length}-more`,
  };
}
