import { Menu } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import type { ReportRequest } from '../../../shared/report/report-request.ts';

interface ReportItem {
  request: ReportRequest;
  label: string;
  title: string;
}

const PAGES: readonly ReportItem[] = [
  {
    request: { format: 'html', sound: 'flac' },
    label: 'HTML with sound',
    title: 'One file with sound without loss, pictures and figures: opens in any browser',
  },
  {
    request: { format: 'html', sound: 'mp3' },
    label: 'HTML with sound as MP3',
    title: 'The same with about half the size',
  },
  { request: { format: 'html', sound: 'none' }, label: 'HTML without sound', title: 'Pictures and figures only' },
];

const dataFiles = (lines: string): readonly ReportItem[] => [
  { request: { format: 'json', sound: 'none' }, label: 'JSON', title: 'Everything but the sound, for programs' },
  { request: { format: 'csv', sound: 'none' }, label: 'CSV', title: `One line for each ${lines}, for spreadsheets` },
];

interface ReportItemsProps {
  /** What each line of a table is about, in a word; without it there are pages alone. */
  lines?: string;
  onPick: (request: ReportRequest) => void;
}

/** The reports of a comparison, listening test or mapping, as items of a menu. */
export function ReportItems({ lines, onPick }: ReportItemsProps) {
  return (
    <>
      <Menu.Label>Report</Menu.Label>
      {[...PAGES, ...(lines === undefined ? [] : dataFiles(lines))].map(({ request, label, title }) => (
        <Menu.Item
          key={label}
          title={title}
          leftSection={<IconFileText size={15} stroke={1.6} />}
          onClick={() => onPick(request)}
        >
          {label}
        </Menu.Item>
      ))}
    </>
  );
}
