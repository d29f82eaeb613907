/** One run of the laboratory: a seed, a program, the faults stop, and what came of it. */
import fc from 'fast-check';
import type { Me } from '#lib/sync/workspace.ts';
import type { Backend } from '../support/backend.ts';
import { addStaff, aWorld, joinCircle } from '../support/world.ts';
import { Lab, type Tally } from './lab.ts';
import { program } from './model.ts';
import { account, recover, type Accounts, type Recovery } from './oracle.ts';

export interface RunSize {
	readonly phones: number;
	readonly operations: number;
	readonly seed: number;
	/** The server is killed, and set back to a backup, too. */
	readonly serverFaults: boolean;
}

export interface RunFigures extends Recovery, Accounts, Tally {
	readonly seed: number;
	readonly lineFaults: Readonly<Record<string, number>>;
}

/**
 * @param signal when it aborts (the time is up), the run ends with its step, so that it does not go on beside the next seed
 * @throws {Broken} what did not hold; the message names the seed
 */
export async function runLab(
	backend: Backend,
	size: RunSize,
	signal?: AbortSignal
): Promise<RunFigures> {
	const world = await aWorld(backend);
	const { worker, nurse, manager, family, supervisor, outsider } = world;
	// The nurse has a tablet besides. The outsider supervises the organisation to which cases move.
	const people: Me[] = [worker, nurse, manager, family, supervisor, nurse, outsider];
	for (let extra = people.length; extra < size.phones; extra++)
		people.push(await oneMore(backend, world, extra));
	const lab = await Lab.open(backend, world, people.slice(0, size.phones), fractions(size.seed));
	const [steps = []] = fc.sample(program(size.operations, size.serverFaults), {
		seed: size.seed,
		numRuns: 1
	});
	let done = 0;
	try {
		for (const step of steps) {
			signal?.throwIfAborted();
			await lab.play(step);
			done++;
		}
		const recovery = await recover(lab);
		const accounts = await account(lab);
		return { seed: size.seed, ...lab.tally, ...recovery, ...accounts, lineFaults: struckIn(lab) };
	} catch (failure) {
		const { seed, phones, operations } = size;
		throw new Error(
			`LAB_SEED=${seed} repeats this (${phones} phones, ${operations} operations; after step ${done}, ${JSON.stringify(steps[done] ?? 'recovery')}): ${String(failure)}`,
			{ cause: failure }
		);
	} finally {
		await lab.close();
	}
}

/** More workers and nurses, of both circles. */
async function oneMore(
	backend: Backend,
	{ orgId, caseIds }: Awaited<ReturnType<typeof aWorld>>,
	number: number
): Promise<Me> {
	const role = number % 2 ? 'worker' : 'nurse';
	const me = await addStaff(backend, orgId, `${role}${number}`, role);
	for (const caseId of caseIds) await joinCircle(backend, caseId, me, role);
	return me;
}

/** The seed's own stream of numbers in [0, 1): mulberry32. */
function fractions(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

function struckIn(lab: Lab): Record<string, number> {
	const total: Record<string, number> = {};
	for (const { proxy } of lab.phones)
		for (const [kind, times] of proxy.struck) total[kind] = (total[kind] ?? 0) + times;
	return total;
}
