/**
 * What one transaction writes without waiting for each: IndexedDB does it in its order, before whatever is asked after it, and every wait costs a
 * turn of the page's event loop, behind all that the screens do, while each tap waits for the transaction to end.
 */
export class Writes {
	readonly #all: PromiseLike<unknown>[] = [];

	/** Call it as the write is asked for, in the same turn. */
	add(write: PromiseLike<unknown>): void {
		// What goes wrong is told by done(), once.
		write.then(undefined, () => undefined);
		this.#all.push(write);
	}

	/**
	 * Everything added so far. The transaction must not end well without it.
	 * @throws the first failure
	 */
	async done(): Promise<void> {
		for (const write of this.#all) await write;
	}
}
