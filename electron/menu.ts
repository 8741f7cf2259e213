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
  const item = (label: string, name: StudioCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => command(name),
    ...(accelerator ? { accelerator } : {}),
  });
  /** The page listens for these keys itself; the menu only shows them. */
  const shown = (label: string, name: StudioCommand, accelerator: string): MenuItemConstructorOptions => ({
    ...item(label, name, accelerator),
    registerAccelerator: false,
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings = item('Settings…', 'settings', 'CmdOrCtrl+,');
  return [
    ...(mac ? [appMenu(settings)] : []),
    {
      label: 'File',
      submenu: [
        item('New Project…', 'new-project', 'CmdOrCtrl+N'),
        item('Merge Project File…', 'merge-project', 'CmdOrCtrl+O'),
        item('Save Project File…', 'save-project', 'CmdOrCtrl+S'),
        separator,
        item('Bring in Audio…', 'import-audio', 'CmdOrCtrl+I'),
        item('Export…', 'export', 'CmdOrCtrl+E'),
        ...(mac ? [] : [separator, settings, separator, { role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Take',
      submenu: [
        shown('Render and Play', 'render', 'CmdOrCtrl+Enter'),
        shown('Another Take', 'another-take', 'CmdOrCtrl+Shift+Enter'),
        shown('Play or Pause', 'play', 'Space'),
        shown('Cancel', 'cancel', 'Escape'),
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
    { role: 'help', submenu: [shown('Keyboard Shortcuts', 'shortcuts', '?')] },
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
