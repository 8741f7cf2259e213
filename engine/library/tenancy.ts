import { fault } from '../../shared/errors.ts';
import {
  type Lock,
  lockAlone,
  lockProcess,
  lockShared,
  makeLockFolders,
  removeProcessLock,
  usersLock,
} from './locks.ts';
import { Ownership } from './ownership.ts';

/** What a process holds while it uses a library: its share of the library, the sign that it lives, maybe ownership. */
export class Tenancy {
  readonly ownership = new Ownership();
  #home: string;
  #users: Lock;
  #process: { id: string; lock: Lock };

  private constructor(home: string, users: Lock) {
    this.#home = home;
    this.#users = users;
    this.#process = lockProcess(home);
    this.ownership.claim(home);
  }

  /** @throws FaultError busy where the library is just being moved; not_writable, disk_full */
  static enter(home: string): Tenancy {
    makeLockFolders(home);
    const users = lockShared(usersLock(home));
    if (users === null) throw fault('busy', 'The library is being moved.', { todo: 'Start again when that is done.' });
    try {
      return new Tenancy(home, users);
    } catch (thrown) {
      users.release();
      throw thrown;
    }
  }

  /** Under which id this process shows that it lives. */
  get processId(): string {
    return this.#process.id;
  }

  /** Keeps every other process out. False where one is in. */
  becomeAlone(): boolean {
    this.#users.release();
    const alone = lockAlone(usersLock(this.#home));
    if (alone === null) this.share();
    else this.#users = alone;
    return alone !== null;
  }

  /** Lets other processes in again. */
  share(): void {
    this.#users.release();
    const shared = lockShared(usersLock(this.#home));
    if (shared !== null) this.#users = shared;
  }

  /** Goes over to another folder, where nobody is yet. */
  moveTo(home: string): void {
    makeLockFolders(home);
    const users = lockShared(usersLock(home));
    if (users === null) throw fault('busy', 'Another program uses that folder.');
    const next = lockProcess(home);
    this.#leave();
    this.ownership.moveTo(home);
    this.#home = home;
    this.#users = users;
    this.#process = next;
  }

  release(): void {
    this.ownership.release();
    this.#leave();
  }

  #leave(): void {
    this.#process.lock.release();
    removeProcessLock(this.#home, this.#process.id);
    this.#users.release();
  }
}
