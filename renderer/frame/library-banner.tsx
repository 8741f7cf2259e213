import { FaultNotice } from '../elements/fault-notice.tsx';
import { useSession } from '../stores/session.ts';
import classes from './library-banner.module.css';

/** Says why the library cannot be used, as long as that is so. */
export function LibraryBanner() {
  const fault = useSession((state) => state.status?.libraryFault ?? null);
  if (fault === null) return null;
  return (
    <div className={classes.banner}>
      <FaultNotice fault={fault} />
    </div>
  );
}
