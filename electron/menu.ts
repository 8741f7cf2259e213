import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { StudioCommand } from '../shared/schemas/commands.ts';

/** The studio's menu. Its own items are commands to the page, which does the work. */
export function installMenu(command: (name: StudioCommand) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(command, process.platform === 'darwin', !app.isPackaged)));
}

function template(
  command: (name: StudioCommand) => void,
  mac: boolean,
  development: boolean,
): MenuItemConstructorOptions[] {
  const item = (label: string, name: StudioCommand, key?: string): MenuItemConstructorOptions => ({
    id: name,
    label,
    click: () => command(name),
    // The page listens for the keys itself, where they can be changed; the menu shows the usual ones. On a Mac a menu
    // takes its keys before the page does, so those that are also typed are not put there.
    ...(key && !(mac && !key.includes('+')) ? { accelerator: key, registerAccelerator: false } : {}),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings = item('Settings…', 'settings', 'CmdOrCtrl+,');
  return [
    ...(mac ? [appMenu(settings)] : []),
    {
      label: 'File',
      submenu: [
        item('New Project…', 'new-project'),
        item('Merge Project File…', 'merge-project'),
        item('Save Project File…', 'save-project', 'CmdOrCtrl+S'),
        separator,
        item('Bring in Audio…', 'import-audio'),
        item('Export…', 'export', 'CmdOrCtrl+E'),
        ...(mac ? [] : [separator, settings, separator, { role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Take',
      submenu: [
        item('Render and Play', 'render', 'CmdOrCtrl+Enter'),
        item('Another Take', 'another-take', 'R'),
        item('Cancel', 'cancel', 'CmdOrCtrl+.'),
        separator,
        item('Play or Pause', 'play', 'Space'),
        separator,
        item('Find a Take…', 'find', 'CmdOrCtrl+F'),
      ],
    },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(development ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item('Keyboard Shortcuts', 'shortcuts', '?')] },
  ];
}

function appMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    label: app.name,
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
}
