/** What goes wrong, drawn from a seed: the same program for every client. */
import type { LineFault } from '../../sync/lab/line-faults.ts';
import type { Edit, Visit } from './contract.ts';
import type { Work } from './work.ts';
import { chance } from './work.ts';

export type Step =
	| { readonly kind: 'save'; readonly phone: 0 | 1; readonly edits: readonly Edit[] }
	| { readonly kind: 'sync'; readonly phone: 0 | 1; readonly faults: readonly LineFault[] }
	/** The page is closed while a request is on its way: before the server has seen it, or after. */
	| { readonly kind: 'kill'; readonly phone: 0 | 1; readonly before: boolean }
	/**
	 * Somebody at the office begins to write first and is done last; another write overtakes it. Both phones sync in between.
	 * The two are of different cases.
	 */
	| { readonly kind: 'overtaken'; readonly slow: Edit; readonly quick: Edit };

const FAULTS: readonly LineFault[] = [
	{ kind: 'lose_request' },
	{ kind: 'lose_answer' },
	{ kind: 'duplicate', together: false },
	{ kind: 'late' },
	{ kind: 'cut', share: 0.5, endsWell: false },
	{ kind: 'cut', share: 0.5, endsWell: true }
];
/** Visits that both nurses change, each another field; every other visit is changed by one of them only. */
const SHARED_VISITS = 5;
const MINUTE_MS = 60_000;

export function faultProgram(work: Work, seed: number, rounds: number): Step[] {
	return new Programmer(work, seed).rounds(rounds);
}

class Programmer {
	readonly #work: Work;
	readonly #random: () => number;
	readonly #tag: string;
	#saved = 0;

	constructor(work: Work, seed: number) {
		this.#work = work;
		this.#random = chance(seed);
		this.#tag = `f${seed}`;
	}

	rounds(count: number): Step[] {
		const steps: Step[] = [];
		for (let round = 0; round < count; round += 1) {
			const contested = this.#random() < 0.4 ? this.#shared() : null;
			for (const phone of [0, 1] as const) {
				const edits = Array.from({ length: 1 + this.#draw(4) }, () => this.#edit(phone));
				if (contested) edits.push(this.#change(contested, phone === 0 ? 'note' : 'ends_at'));
				steps.push({ kind: 'save', phone, edits });
			}
			for (const phone of [0, 1] as const) {
				const faults = Array.from(
					{ length: this.#draw(4) },
					() => FAULTS[this.#draw(FAULTS.length)]!
				);
				steps.push({ kind: 'sync', phone, faults });
			}
			if (this.#random() < 0.4)
				steps.push({ kind: 'kill', phone: this.#either(), before: this.#random() < 0.5 });
			if (this.#random() < 0.4) {
				const [slow, quick] = [this.#message(0), this.#message(1)];
				steps.push({ kind: 'overtaken', slow, quick });
			}
		}
		return steps;
	}

	#edit(phone: 0 | 1): Edit {
		const kind = this.#draw(3);
		const caseId = this.#work.caseIds[this.#draw(this.#work.caseIds.length)]!;
		if (kind === 0)
			return { kind: 'add_measurement', row: this.#work.measurement(caseId, this.#text()) };
		if (kind === 1) return { kind: 'add_message', row: this.#work.message(caseId, this.#text()) };
		const own = Math.floor((this.#work.rows.visits.length - SHARED_VISITS) / 2);
		return this.#change(
			this.#work.rows.visits[SHARED_VISITS + 2 * this.#draw(own) + phone]!,
			'note'
		);
	}

	#change({ id, case_id: caseId, starts_at }: Visit, field: 'note' | 'ends_at'): Edit {
		const text = this.#text();
		const end = new Date(Date.parse(starts_at) + (60 + this.#saved) * MINUTE_MS).toISOString();
		const value = field === 'note' ? text : end;
		return { kind: 'change_visit', caseId, id, field, value };
	}

	/** Of a case of its own kind: the office's two writes must not be of the same case. */
	#message(parity: 0 | 1): Edit {
		const cases = this.#work.caseIds.filter((_, index) => index % 2 === parity);
		const caseId = cases[this.#draw(cases.length)]!;
		return { kind: 'add_message', row: this.#work.message(caseId, this.#text()) };
	}

	#shared(): Visit {
		return this.#work.rows.visits[this.#draw(SHARED_VISITS)]!;
	}

	#text(): string {
		this.#saved += 1;
		return `第 ${this.#saved} 筆 ${this.#tag}-${this.#saved}`;
	}

	#either(): 0 | 1 {
		return this.#random() < 0.5 ? 0 : 1;
	}

	#draw(below: number): number {
		return Math.floor(this.#random() * below);
	}
}
