/** A sync with nothing new, and one with one changed visit, at the demo's size and at ten times that. */
import { BenchPhone, signInAs, type Exchange } from './bench-phone.ts';
import { startDemo, type Scale } from './demo-server.ts';
import { median, type Report } from './figures.ts';

const RUNS = 11;
const SCALES: readonly Scale[] = [1, 10];

export async function syncDelta(report: Report): Promise<void> {
	const base = new Map<string, number>();
	for (const scale of SCALES) {
		const server = await startDemo(scale);
		try {
			const person = await signInAs(server, 'worker');
			const phone = new BenchPhone(person);
			await phone.sync();
			const [visit] = await server.sql<{ id: string }>(
				`select id from public.visits where worker_id = $1 and status = 'planned' order by starts_at limit 1`,
				[person.userId]
			);
			if (visit === undefined) throw new Error('The demo has no planned visit for the worker.');

			const idle: Exchange[] = [];
			const delta: Exchange[] = [];
			for (let run = 0; run <= RUNS; run += 1) {
				const nothing = await phone.sync();
				await server.sql('update public.visits set note = $2 where id = $1', [
					visit.id,
					`第 ${run} 次`
				]);
				const one = await phone.sync();
				const stored = await phone.db.visits.get(visit.id);
				if (stored?.note !== `第 ${run} 次`) throw new Error('The changed visit did not arrive.');
				// The first run compiles.
				if (run > 0) idle.push(nothing);
				if (run > 0) delta.push(one);
			}
			for (const [name, exchanges] of [
				['idle', idle],
				['one-visit', delta]
			] as const) {
				const say = (what: string, values: readonly number[], unit: 'ms' | 'bytes') => {
					const value = median(values);
					const smaller = base.get(`${name}-${what}`);
					if (smaller === undefined) base.set(`${name}-${what}`, value);
					report({
						bench: 'sync-delta',
						figure: `${name}-${what}-${scale}x`,
						value,
						unit,
						...(smaller === undefined ? {} : { peer: '1x', ratio: value / smaller })
					});
				};
				say(
					'time',
					exchanges.map(({ ms }) => ms),
					'ms'
				);
				say(
					'down',
					exchanges.map(({ bytesDown }) => bytesDown),
					'bytes'
				);
				say(
					'up',
					exchanges.map(({ bytesUp }) => bytesUp),
					'bytes'
				);
			}
			phone.db.close();
		} finally {
			await server.stop();
		}
	}
}
