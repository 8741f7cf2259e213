import classes from './transport-bar.module.css';

/** Play, position, meter, output. */
export function TransportBar() {
  return <section className={classes.bar} aria-label="Transport" />;
}
