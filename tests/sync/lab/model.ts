/** What may happen in the laboratory, as fast-check commands: people's taps, time, and every fault. */
import fc from 'fast-check';
import type { StorageFault } from '../support/storage-faults.ts';
import { lineFault, type LineFault } from './line-faults.ts';

/** `phone` and the other numbers pick among what there is. */
export type Step =
	| { readonly kind: 'tap'; readonly phone: number; readonly what: number; readonly which: number }
	| { readonly kind: 'refused_tap'; readonly phone: number; readonly what: number }
	| { readonly kind: 'time'; readonly ms: number }
	| { readonly kind: 'line'; readonly phone: number; readonly faults: readonly LineFault[] }
	| { readonly kind: 'let_go'; readonly phone: number }
	| { readonly kind: 'signal'; readonly phone: number; readonly online: boolean }
	| { readonly kind: 'kill_page'; readonly phone: number; readonly page: number }
	| { readonly kind: 'second_tab'; readonly phone: number }
	| { readonly kind: 'freeze_tab'; readonly phone: number }
	| {
			readonly kind: 'storage';
			readonly phone: number;
			readonly fault: StorageFault;
			readonly writes: number;
			readonly lasting: boolean;
	  }
	| { readonly kind: 'clock'; readonly phone: number; readonly hours: number }
	| { readonly kind: 'token'; readonly phone: number; readonly revoked: boolean }
	| { readonly kind: 'circle'; readonly phone: number; readonly which: number }
	/** To another organisation; the next time back, where everybody comes into the circle again. */
	| { readonly kind: 'move_case'; readonly which: number }
	| { readonly kind: 'kill_server' }
	/** The first time a backup is taken, the next time the server is set back to it. */
	| { readonly kind: 'backup'; readonly told: boolean };

const phone = fc.nat(99);
const draw = fc.nat(999);
const of = <Kind extends string>(kind: Kind) => fc.constant(kind);

const tap = fc.record({ kind: of('tap'), phone, what: draw, which: draw });
const refusedTap = fc.record({ kind: of('refused_tap'), phone, what: draw });
const time = fc.record({
	kind: of('time'),
	ms: fc.constantFrom(60, 1000, 1000, 5000, 30_000, 120_000)
});
const line = fc.record({
	kind: of('line'),
	phone,
	faults: fc.array(lineFault, { minLength: 1, maxLength: 4 })
});
const letGo = fc.record({ kind: of('let_go'), phone });
const signal = fc.record({ kind: of('signal'), phone, online: fc.boolean() });
const killPage = fc.record({ kind: of('kill_page'), phone, page: draw });
const secondTab = fc.record({ kind: of('second_tab'), phone });
const freezeTab = fc.record({ kind: of('freeze_tab'), phone });
const storage = fc.record({
	kind: of('storage'),
	phone,
	fault: fc.constantFrom('disk_full', 'connection_lost'),
	writes: fc.nat(12),
	lasting: fc.boolean()
});
const clock = fc.record({
	kind: of('clock'),
	phone,
	hours: fc.constantFrom(-24, -1, 1, 24)
});
const token = fc.record({
	kind: of('token'),
	phone,
	revoked: fc.boolean()
});
const circle = fc.record({ kind: of('circle'), phone, which: draw });
const moveCase = fc.record({ kind: of('move_case'), which: draw });

/** Faults of the server itself: it comes back on its data, or on older data. */
const server = fc.oneof(
	fc.constant({ kind: 'kill_server' as const }),
	fc.record({ kind: of('backup'), told: fc.boolean() })
);

/** A program of `operations` steps. */
export function program(operations: number, serverFaults: boolean): fc.Arbitrary<readonly Step[]> {
	const step: fc.Arbitrary<Step> = fc.oneof(
		{ weight: 44, arbitrary: tap },
		{ weight: 3, arbitrary: refusedTap },
		{ weight: 22, arbitrary: time },
		{ weight: 14, arbitrary: line },
		{ weight: 8, arbitrary: letGo },
		{ weight: 4, arbitrary: signal },
		{ weight: 3, arbitrary: killPage },
		{ weight: 2, arbitrary: secondTab },
		{ weight: 1, arbitrary: freezeTab },
		{ weight: 4, arbitrary: storage },
		{ weight: 2, arbitrary: clock },
		{ weight: 2, arbitrary: token },
		{ weight: 2, arbitrary: circle },
		{ weight: 1, arbitrary: moveCase },
		{ weight: serverFaults ? 2 : 0, arbitrary: server }
	);
	return fc.array(step, { minLength: operations, maxLength: operations, size: 'max' });
}
