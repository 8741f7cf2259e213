import fc from 'fast-check';

/** Any number; stored, so that what fails once fails again. */
fc.configureGlobal({ seed: 20_261_128 });
