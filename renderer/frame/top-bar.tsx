import { ProjectMenu } from '../screens/projects/project-menu.tsx';
import classes from './top-bar.module.css';

/** The project, how the providers are, and what one should know. */
export function TopBar() {
  return (
    <header className={classes.bar}>
      <ProjectMenu />
    </header>
  );
}
