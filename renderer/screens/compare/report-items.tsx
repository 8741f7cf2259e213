import { Menu } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import type { ReportRequest } from '../../../shared/report/report-request.ts';
import type { Comparison } from '../../../shared/schemas/comparison.ts';
import { openComparisonReport } from '../../stores/compare/report.ts';
import { saveComing } from '../export/save-coming.ts';

const REPORTS: readonly { request: ReportRequest; label: string; title: string }[] = [
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
  { request: { format: 'json', sound: 'none' }, label: 'JSON', title: 'Everything but the sound, for programs' },
  { request: { format: 'csv', sound: 'none' }, label: 'CSV', title: 'One line for each take, for spreadsheets' },
];

/** The reports of a comparison, as items of a menu. */
export function ReportItems({ comparison }: { comparison: Comparison }) {
  const { id, name } = comparison;
  return (
    <>
      <Menu.Label>Report</Menu.Label>
      {REPORTS.map(({ request, label, title }) => (
        <Menu.Item
          key={label}
          title={title}
          leftSection={<IconFileText size={15} stroke={1.6} />}
          onClick={() =>
            void saveComing(`Saving the report of ${name}`, (signal) => openComparisonReport(id, request, signal))
          }
        >
          {label}
        </Menu.Item>
      ))}
    </>
  );
}
