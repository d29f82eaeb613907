/** The state of entering an absence; kept as a draft on this phone. */
import { dropDraft, loadDraft, saveDraft } from '#lib/db/drafts.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { addDays, instantAt, isDay, startOfDay } from '#lib/domain/taiwan-dates.ts';

const DRAFT_KEY = 'absence';
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export type LeaveProblem = 'who' | 'from' | 'until' | 'fromTime' | 'untilTime' | 'over';

interface LeaveFields {
	/** `orgId userId`; several organisations of one's own go by `me`. */
	who: string;
	span: 'days' | 'hours';
	/** Taipei days; of some hours only the first counts. */
	fromDay: string;
	untilDay: string;
	fromTime: string;
	untilTime: string;
}

export class LeaveForm {
	fields = $state<LeaveFields>({
		who: '',
		span: 'days',
		fromDay: '',
		untilDay: '',
		fromTime: '13:00',
		untilTime: '17:00'
	});
	restored = $state(false);
	/** The phone could not keep the draft. */
	failed = $state(false);

	readonly problems: readonly LeaveProblem[] = $derived.by(() => {
		const { who, span, fromDay, untilDay, fromTime, untilTime } = this.fields;
		const found: LeaveProblem[] = [];
		if (who === '') found.push('who');
		if (!isDay(fromDay)) found.push('from');
		if (span === 'days') {
			if (!isDay(untilDay) || untilDay < fromDay) found.push('until');
		} else {
			if (!TIME.test(fromTime)) found.push('fromTime');
			if (!TIME.test(untilTime) || untilTime <= fromTime) found.push('untilTime');
		}
		if (found.length === 0 && this.#ends() <= this.#now()) found.push('over');
		return found;
	});

	/** Instants, the second not included; null while something is missing. */
	readonly span: { readonly startsAt: string; readonly endsAt: string } | null = $derived.by(() => {
		if (this.problems.some((problem) => problem !== 'who')) return null;
		const { span, fromDay, fromTime } = this.fields;
		return {
			startsAt: span === 'days' ? startOfDay(fromDay) : instantAt(fromDay, fromTime),
			endsAt: this.#ends()
		};
	});

	readonly #db: LocalDb;
	readonly #now: () => string;

	/**
	 * @param today Taipei day
	 * @param now answers the instant
	 * @param who who is away unless somebody else is chosen
	 */
	constructor(db: LocalDb, today: string, now: () => string, who: string) {
		this.#db = db;
		this.#now = now;
		this.fields.who = who;
		this.fields.fromDay = today;
		this.fields.untilDay = today;
	}

	async restore(): Promise<void> {
		const draft = await loadDraft(this.#db, DRAFT_KEY);
		if (typeof draft !== 'object' || draft === null) return;
		const before = $state.snapshot(this.fields);
		const known = Object.entries(draft).filter(
			([key, value]) => Object.hasOwn(before, key) && typeof value === 'string'
		);
		if (known.length === 0) return;
		this.fields = { ...before, ...Object.fromEntries(known) };
		this.restored = true;
	}

	async keep(): Promise<void> {
		// Somebody who moves the beginning means to move the end with it.
		if (this.fields.untilDay < this.fields.fromDay) this.fields.untilDay = this.fields.fromDay;
		try {
			await saveDraft(this.#db, DRAFT_KEY, $state.snapshot(this.fields));
			this.failed = false;
		} catch {
			this.failed = true;
		}
	}

	async discard(): Promise<void> {
		await dropDraft(this.#db, DRAFT_KEY);
	}

	#ends(): string {
		const { span, fromDay, untilDay, untilTime } = this.fields;
		return span === 'days' ? startOfDay(addDays(untilDay, 1)) : instantAt(fromDay, untilTime);
	}
}
