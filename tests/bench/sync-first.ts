/** The first sync of a phone: a worker's and a supervisor's, at the demo's size and at ten times that. */
import { BenchPhone, signInAs, type Exchange } from './bench-phone.ts';
import { startDemo, type Scale } from './demo-server.ts';
import { median, type Report } from './figures.ts';

const SIZES = [
	{ scale: 1, runs: 3 },
	{ scale: 10, runs: 1 }
] as const satisfies readonly { scale: Scale; runs: number }[];

export async function syncFirst(report: Report): Promise<void> {
	const base = new Map<string, number>();
	for (const { scale, runs } of SIZES) {
		const server = await startDemo(scale);
		try {
			for (const account of ['worker', 'supervisor'] as const) {
				const person = await signInAs(server, account);
				const exchanges: Exchange[] = [];
				let rows = 0;
				for (let run = 0; run < runs; run += 1) {
					const phone = new BenchPhone(person);
					exchanges.push(await phone.sync());
					rows = await phone.rowCount();
					phone.db.close();
				}
				const say = (name: string, value: number, unit: 'ms' | 'bytes' | 'requests' | 'rows') => {
					const figure = `${account}-${name}-${scale}x`;
					const smaller = base.get(`${account}-${name}`);
					if (smaller === undefined) {
						base.set(`${account}-${name}`, value);
						report({ bench: 'sync-first', figure, value, unit });
					} else {
						const ratio = value / smaller;
						report({ bench: 'sync-first', figure, value, unit, peer: '1x', ratio });
					}
				};
				say('time', median(exchanges.map(({ ms }) => ms)), 'ms');
				say('requests', median(exchanges.map(({ requests }) => requests)), 'requests');
				say('down', median(exchanges.map(({ bytesDown }) => bytesDown)), 'bytes');
				say('up', median(exchanges.map(({ bytesUp }) => bytesUp)), 'bytes');
				say('rows', rows, 'rows');
			}
		} finally {
			await server.stop();
		}
	}
}
